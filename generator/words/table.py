"""What a language must give: phrases, names of days and months, and how dates and numbers are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from generator.dates import day_of
from generator.models import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's words. Missing phrases are errors (`KeyError`): no page shows a key."""

    language: str
    locale: str
    """As OpenGraph writes it: `vi_VN`."""
    phrases: Mapping[str, str]
    """Name → words. `{}` marks the place of a number or a name."""
    notes: Mapping[str, str]
    """Kind of a note (`!!! warning`) → its title where the editor gives none."""
    theme: Mapping[str, str]
    """Material's own words that its language file lacks or leaves untranslated."""
    weekdays: tuple[str, ...]
    """Monday first."""
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    """As a heading names a month: `Tháng 1`."""
    long_date: str
    """Format of a full date: `{weekday}`, `{day}`, `{month}` (number), `{month_name}`, `{year}`."""
    short_date: str
    day_month: str
    month_year: str
    thousands: str
    """What stands between thousands."""

    def __call__(self, key: str, *values: object) -> str:
        """A phrase with its places filled. Where its last value is the number one, the form for one is taken if there is."""
        if values and values[-1] == 1 and f"{key}.one" in self.phrases:
            key = f"{key}.one"
        shown = [self.number(value) if isinstance(value, int) else value for value in values]
        return self.phrases[key].format(*shown) if values else self.phrases[key]

    def number(self, value: int) -> str:
        """A number with its thousands apart: 1.204."""
        return f"{value:,}".replace(",", self.thousands)

    def _parts(self, day: dt.date) -> dict[str, object]:
        return {
            "weekday": self.weekdays[day.weekday()],
            "day": day.day,
            "month": day.month,
            "month_name": self.months[day.month - 1],
            "year": day.year,
        }

    def write_long(self, moment: Moment, zone: ZoneInfo) -> str:
        """Thứ Sáu, 20 tháng 11 năm 2026."""
        return self.long_date.format(**self._parts(day_of(moment, zone)))

    def write_short(self, moment: Moment, zone: ZoneInfo) -> str:
        """20/11/2026."""
        return self.short_date.format(**self._parts(day_of(moment, zone)))

    def write_weekday(self, moment: Moment, zone: ZoneInfo) -> str:
        """Thứ Sáu, 20/11/2026."""
        return f"{self.weekdays[day_of(moment, zone).weekday()]}, {self.write_short(moment, zone)}"

    def write_day(self, moment: Moment, zone: ZoneInfo) -> str:
        """20/11."""
        return self.day_month.format(**self._parts(day_of(moment, zone)))

    def write_near(self, moment: Moment, zone: ZoneInfo, day: dt.date | None = None) -> str:
        """20/11 in the year of the day that it is read beside, else 20/11/2026."""
        near = day is not None and day_of(moment, zone).year == day.year
        return self.write_day(moment, zone) if near else self.write_short(moment, zone)

    def write_month(self, year: int, month: int) -> str:
        """Tháng 11 năm 2026."""
        return self.month_year.format(**self._parts(dt.date(year, month, 1)))

    def write_time(self, moment: Moment, zone: ZoneInfo) -> str:
        """6:10; empty where only the day is known."""
        if not isinstance(moment, dt.datetime):
            return ""
        local = moment.astimezone(zone)
        return f"{local.hour}:{local.minute:02d}"

    def write_hour(self, moment: dt.datetime, zone: ZoneInfo) -> str:
        """06:10: of a moment that somebody waits for."""
        return f"{moment.astimezone(zone):%H:%M}"
