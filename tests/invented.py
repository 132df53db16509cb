"""Invented raw articles whose day of publication is known: shapes × evidence × what is missing × traps, by a seed.

Each article says what a careful reader can know of its date: the day, the minute, or nothing. Outlets, people and
happenings are made up.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_MONTHS = "January February March April May June July August September October November December".split()
_TOPICS = (
    ("trạm bơm", "hợp tác xã Sông Mẫu", "cấp nước cho ba trăm hộ trồng rau ở vùng bãi ven sông"),
    ("cây cầu tre", "xã Đồng Ví", "nối hai bờ suối sau mười ngày thi công giữa mùa mưa"),
    ("thư viện", "phường Bến Gỗ", "mở cửa cho bạn đọc nhỏ tuổi vào mỗi buổi chiều cuối tuần"),
    ("đội cứu hộ", "huyện Núi Xa", "nhận hai chiếc xuồng máy cùng nhiều phao áo mới"),
    ("lớp học nghề", "thị trấn Cầu Đá", "dạy đan lưới và sửa máy thuyền cho con em ngư dân"),
)
_ENGLISH = (
    ("repair shed", "Portville", "opened for wooden boats on the northern quay"),
    ("night school", "Greyharbor", "took in forty new students from the yards on the southern quay"),
)
_NUMBERS = (
    "Kinh phí là 151,4 triệu đồng, giảm 1.000 đồng mỗi mét khối so với đợt trước đó.",
    "Tỉ số trận giao hữu là 2-1, và 2/3 khán giả đứng suốt buổi để cổ vũ cho đội nhà.",
    "Đường dây nóng 0900123456 trực 24/7 theo Nghị quyết 57/2024/QH15 và Luật số 12/2025/QH15.",
    "Hội làng mùng 3 Tết và lễ giỗ ngày 10 tháng 3 âm lịch vẫn được giữ như nhiều năm nay.",
    "Chi phí chiếm 5.11 phần trăm, còn lại 9,5 điểm thuộc về phần đóng góp của bà con trong xã.",
)


@dataclass(kw_only=True)
class Invented:
    """A raw article and what can be known of its date."""

    text: str
    moment: dt.datetime
    """When it appeared."""
    day_known: bool
    """Whether the evidence settles the day."""
    days: frozenset[dt.date]
    """The days that are right."""
    minutes: frozenset[str] = frozenset()
    """The times of that day that the evidence may give, as `HH:MM`; none where it gives the day alone."""
    url: str | None = None
    fetched_at: dt.datetime | None = None
    parts: list[str] = field(default_factory=list)
    """What was put in, for the message of a failing test."""


def invent(seed: int) -> Invented:
    """The article of a seed: the same on every machine."""
    rng = random.Random(seed)
    day = dt.date(2012, 1, 1) + dt.timedelta(days=rng.randrange(365 * 14))
    moment = dt.datetime(day.year, day.month, day.day, rng.randrange(5, 23), rng.randrange(60), tzinfo=ZONE)
    return _Writer(rng, moment).write()


class _Writer:
    """Puts one article together."""

    def __init__(self, rng: random.Random, moment: dt.datetime) -> None:
        self.rng = rng
        self.moment = moment
        self.english = rng.random() < 0.12
        self.parts: list[str] = ["English"] if self.english else []
        self.day_known = False
        self.minutes: set[str] = set()
        self.days = {moment.date()}
        self.url: str | None = None
        self.changed = moment
        """The last moment that the page speaks of: it was saved after it."""
        self.last: list[str] = []
        self.contradicted = False
        self.event = moment.date() - dt.timedelta(days=rng.choice((0, 0, 0, 1, 1, 2, 3)))

    def write(self) -> Invented:
        topic = self.rng.choice(_ENGLISH if self.english else _TOPICS)
        title = (
            f"{topic[1]} {topic[0]} {topic[2].split(' on ')[0]}" if self.english
            else f"{topic[0].capitalize()} mới của {topic[1]} {topic[2].split(' ở ')[0]}"
        )  # fmt: skip
        upper, lower, title = self._stamps(title)
        head = [*self._prefix(), *self._page_head(), *upper, title, *lower]
        body = [self._opening(topic), *self._middle(topic)]
        lines = [*head, *body, *self.last, *self._tail()]
        self._address(topic)
        gap = self.rng.choice(("\n", "\n\n"))
        fetched = None
        if self.rng.random() < 0.3:
            fetched = self.changed + dt.timedelta(
                days=self.rng.choice((0, 1, 30, 900)), minutes=self.rng.randrange(5, 600)
            )
            self.parts.append("saved later")
        return Invented(
            text=gap.join(lines) + "\n", moment=self.moment, day_known=self.day_known and not self.contradicted, days=frozenset(self.days),
            minutes=frozenset(self.minutes), url=self.url, fetched_at=fetched, parts=self.parts,
        )  # fmt: skip

    def _stamp_words(self) -> str:
        at = self.moment
        day, clock = f"{at:%d/%m/%Y}", f"{at:%H:%M}"
        plain = f"{at.day}/{at.month}/{at.year}"
        weekday = _WEEKDAYS[at.weekday()]
        if self.english:
            month = _MONTHS[at.month - 1]
            return self.rng.choice((
                f"{month} {at.day}, {at.year} {at:%I:%M} {at:%p}", f"{at.day} {month} {at.year}, {clock}",
                f"Published on {month} {at.day}, {at.year} at {clock}", f"{month[:3]} {at.day}, {at.year} {clock} · 4 min read",
            ))  # fmt: skip
        half = "SA" if at.hour < 12 else "CH"
        return self.rng.choice((
            f"{day} {clock}", f"{day}, {clock}", f"{plain} - {clock}", f"{clock} | {day}", f"{clock} ngày {plain}",
            f"{day} {clock} (GMT+7)", f"{weekday}, {day}, {clock} (GMT+7)", f"{weekday}, ngày {day} {clock}",
            f"{at.hour}h{at:%M} ngày {plain}", f"{at:%d-%m-%Y} {clock}", f"{at:%d.%m.%Y} {clock}", f"Đăng lúc {clock} {day}",
            f"Ngày đăng: {day} {clock}", f"{day} {at:%I:%M} {half}", f"{day} {clock} | 5 phút đọc",
            f"{at.day} tháng {at.month}, {at.year} {clock}", f"Thứ {at.weekday() + 2 if at.weekday() < 6 else '2'}, {day} {clock}"
            if at.weekday() < 6 else f"CN, {day} {clock}",
        ))  # fmt: skip

    def _stamps(self, title: str) -> tuple[list[str], list[str], str]:
        """Lines above and below the headline, and the headline itself; `self.last` are those below the text."""
        where = self.rng.choice((
            "none", "none", "none", "below", "below", "glued behind", "glued before", "section", "two", "end", "end clock",
            "top clock", "contradiction", "event", "printing", "wrong weekday",
        ))  # fmt: skip
        self.parts.append(f"stamp {where}")
        saved = self.moment + dt.timedelta(
            days=self.rng.choice((0, 1, 2, 40, 900)), minutes=self.rng.randrange(5, 50)
        )
        clock = f"{_WEEKDAYS[saved.weekday()]}, {saved:%d/%m/%Y %H:%M} GMT+7"
        match where:  # nothing that says when it appeared
            case "none":
                return [], [], title
            case "end clock":
                self.last, self.changed = [clock], saved
                return [], [], title
            case "top clock":
                self.changed = saved
                return [clock], [], title
            case "contradiction":
                other = self.moment + dt.timedelta(days=self.rng.randrange(2, 300))
                self.last, self.changed, self.contradicted = [f"{other:%d/%m/%Y %H:%M}"], other, True
                return [], [f"{self.moment:%d/%m/%Y %H:%M}"], title
            case "event":
                to_come = self.moment + dt.timedelta(days=self.rng.randrange(2, 20))
                return [], [f"Thời gian: 08:00 ngày {to_come:%d/%m/%Y}"], title
            case "printing":
                self.last, self.changed = [f"Ngày in: {saved:%d/%m/%Y %H:%M}"], saved
                return [], [], title
            case "wrong weekday":
                wrong = _WEEKDAYS[(self.moment.weekday() + self.rng.randrange(1, 7)) % 7]
                return [], [f"{wrong}, {self.moment:%d/%m/%Y %H:%M}"], title
        self.day_known = True
        self.minutes.add(f"{self.moment:%H:%M}")
        return self._good_stamps(where, title)

    def _good_stamps(self, where: str, title: str) -> tuple[list[str], list[str], str]:
        words = self._stamp_words()
        section = "News" if self.english else "Thời sự"
        at = self.moment
        glued = f"{at.day} {_MONTHS[at.month - 1]} {at:%Y %H:%M}" if self.english else f"{at:%d/%m/%Y %H:%M}"
        match where:
            case "below":
                return [], [words], title
            case "glued behind":
                return [], [], f"{title} {glued}"
            case "glued before":
                return [section], [], f"{glued}{title}"
            case "section":
                return [section, words], [], title
            case "end":
                self.last = [f"{at:%d/%m/%Y %H:%M}" if not self.english else words]
                return [], [], title
        later = at + dt.timedelta(days=self.rng.choice((0, 1, 9)), minutes=self.rng.randrange(5, 50))
        self.changed = later
        changed = (
            f"Updated {later.day} {_MONTHS[later.month - 1]} {later.year} {later:%H:%M}" if self.english
            else f"Cập nhật lúc {later:%H:%M}, {later:%d/%m/%Y}"
        )  # fmt: skip
        return [], [words, changed], title

    def _prefix(self) -> list[str]:
        kind = self.rng.choice(("none", "none", "none", "none", "month", "day", "late day", "late years"))
        if kind == "none":
            return []
        self.parts.append(f"prefix {kind}")
        day = self.moment.date()
        if (
            kind == "late years"
        ):  # never on the same day of the year: such a meeting cannot be told from agreement
            day += dt.timedelta(days=self.rng.choice((400, 777, 1001)))
        if (
            kind == "late day"
        ):  # seen on real pages: with a text of the day before nobody can tell the two days apart
            day += dt.timedelta(days=1)
            if not self.day_known:
                self.days.add(day)
        return [f" date {day:%Y-%m}" if kind == "month" else f" date {day:%Y-%m-%d}"]

    def _page_head(self) -> list[str]:
        if self.english or self.rng.random() < 0.75 or "stamp top clock" in self.parts:
            return []
        self.parts.append("page clock")
        later = self.changed + dt.timedelta(
            days=self.rng.choice((0, 1, 2, 40, 900)), minutes=self.rng.randrange(5, 900)
        )
        return [
            f"{_WEEKDAYS[later.weekday()]}, {later:%d/%m/%Y %H:%M} GMT+7", "  • Đài Ví Dụ", "  • Hotline: 0900000000",
            "  • Email: toasoan@daividu.example", "Chính trị",
        ]  # fmt: skip

    def _opening(self, topic: tuple[str, str, str]) -> str:
        day = self.event
        what = f"{topic[0]} của {topic[1]} đã {topic[2]} trước sự chứng kiến của đông đảo bà con."
        if self.english:
            words = self.rng.choice((f"On {_MONTHS[day.month - 1]} {day.day}, the", "The"))
            return f"{words} {topic[0]} of {topic[1]} {topic[2]} as a small crowd of neighbours looked on."
        kind = self.rng.choice(
            ("none", "day", "day", "dots", "weekday", "full", "history", "ahead", "today", "several")
        )
        self.parts.append(f"opens with {kind}")
        match kind:
            case "none":
                return f"{topic[0].capitalize()} của {topic[1]} đã {topic[2]} trước sự chứng kiến của đông đảo bà con."
            case "day":
                return f"(ĐVD) - Ngày {day.day}/{day.month}, {what}"
            case "dots":
                return f"Sáng {day.day}.{day.month}, {what}"
            case "weekday":
                return f"{_WEEKDAYS[day.weekday()]} ({day.day}/{day.month}), {what}"
            case "full":
                return f"Ngày {day.day}/{day.month}/{day.year}, {what}"
            case "today":
                self.event = self.moment.date()
                return f"Sáng nay ({self.event.day}/{self.event.month}), {what}"
            case "several":
                first = day - dt.timedelta(days=1)
                return f"Trong hai ngày {first.day}/{first.month} và {day.day}/{day.month}, {what}"
            case "history":
                return (
                    f"Ngày {self.moment.day}/{self.moment.month}/1972, {what}"
                    if (self.moment.month, self.moment.day) != (2, 29)
                    else what
                )
        to_come = self.moment.date() + dt.timedelta(days=self.rng.randrange(3, 40))
        return f"Ngày {to_come.day}/{to_come.month} tới, {topic[0]} của {topic[1]} sẽ {topic[2]} như đã hẹn với bà con."

    def _middle(self, topic: tuple[str, str, str]) -> list[str]:
        if self.english:
            return [f"Boat owners of {topic[1]} said the {topic[0]} would save them a long trip every week.",
                    "The council pays half of the cost; the rest comes from a raffle held in the spring."]  # fmt: skip
        old = self.moment.date() - dt.timedelta(days=self.rng.randrange(200, 4000))
        return [
            f"Bà con {topic[1]} góp hai ngày công mỗi nhà để {topic[0]} kịp hoạt động trước mùa mưa năm nay.",
            self.rng.choice(_NUMBERS),
            f"Trước đó, ngày {old.day}/{old.month}/{old.year}, {topic[1]} đã khởi công phần việc đầu tiên với hơn hai mươi người.",
        ]

    def _tail(self) -> list[str]:
        lines: list[str] = []
        if self.rng.random() < 0.2 and not self.english:
            self.parts.append("teasers")
            other = self.moment + dt.timedelta(days=self.rng.choice((-3, 2, 300)))
            lines += ["Tin liên quan", "Đội cờ vua thiếu niên giành giải nhất", f"{other:%d/%m/%Y}",
                      "Mở lại tuyến phà sau mùa mưa bão", f"{other:%d/%m/%Y}"]  # fmt: skip
        if self.rng.random() < 0.1:
            lines.append(f"© {self.moment.year + 1} Đài Ví Dụ")
        return lines

    def _address(self, topic: tuple[str, str, str]) -> None:
        kind = self.rng.choice(("none", "none", "plain", "id", "short id", "path", "event"))
        host = "https://bao-vi-du.example"
        slug = "-".join(("thong-tin-moi-nhat-ve-viec", str(len(topic[0])), "cua-xa"))
        made = self.moment - dt.timedelta(minutes=self.rng.randrange(0, 240))
        if kind == "none":
            return
        self.parts.append(f"address {kind}")
        match kind:
            case "plain":
                self.url = f"{host}/thoi-su/{slug}-post879507.html"
            case "id" | "short id":
                number = f"{made:%Y%m%d%H%M}31402" if kind == "id" else f"185{made:%y%m%d%H%M}12065"
                self.url = f"{host}/thoi-su/{slug}-{number}.htm"
                if not self.day_known:  # an id is made when the writing begins
                    self.days, self.minutes, self.day_known = {made.date()}, {f"{made:%H:%M}"}, True
            case "path":
                self.url = f"{host}/{self.moment:%Y/%m/%d}/{slug}/"
                self.day_known = True
            case "event":
                self.url = f"{host}/thoi-su/{slug}-{self.moment + dt.timedelta(days=20):%Y%m%d}.html"
