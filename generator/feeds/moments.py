"""Moments as feeds write them: in numbers and English names, whatever the language and the system."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

_MINUTE = dt.timedelta(minutes=1)
_LENGTH = len("2026-11-05T07:00:00+07:00")


def _whole_minutes(moment: dt.datetime) -> dt.datetime:
    """The same with an offset of whole minutes: neither form has room for the +07:06:30 that Sài Gòn kept until 1911."""
    offset = moment.utcoffset()
    assert offset is not None, "moments of a feed are aware"
    rest = offset % _MINUTE
    return moment.replace(tzinfo=dt.timezone(offset - rest)) if rest else moment


def write_rfc3339(moment: dt.datetime) -> str:
    """2026-11-05T07:00:00+07:00 (RFC 3339 §5.6): Atom, JSON Feed."""
    text = moment.isoformat(timespec="seconds")
    return text if len(text) == _LENGTH else _whole_minutes(moment).isoformat(timespec="seconds")


def write_rfc822(moment: dt.datetime) -> str:
    """Thu, 05 Nov 2026 07:00:00 +0700 (RFC 822 §5 with the four-digit year of RSS 2.0), in no locale."""
    return format_datetime(_whole_minutes(moment))
