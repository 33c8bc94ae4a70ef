"""Days and moments as they are written in the wild."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from dateline.errors import BadDate

Order = Literal["dmy", "mdy"]

_MONTH_NAMES = (
    # English, German, French, Spanish, Italian, Dutch, Portuguese
    "january jan januar jänner janvier janv enero gennaio januari janeiro",
    "february feb februar februari février fevrier févr febrero febbraio fevereiro",
    "march mar märz maerz mrz mars marzo maart mrt março marco",
    "april apr avril abril aprile",
    "may mai mayo maggio mei maio",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet juil julio luglio julho",
    "august aug août aout agosto augustus",
    "september sept sep septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre déc diciembre dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 60, "IST": 330, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "EST": -300, "EDT": -240, "ET": -300, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480,
    "PDT": -420, "AEST": 600, "AEDT": 660, "JST": 540, "HKT": 480, "SAST": 120,
}  # fmt: skip

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
# a day as it is written, anywhere in a text
_DAY = re.compile(
    rf"""(?<![\w/.])(?<!\w-)(?:
      (?P<iy>(?:1[5-9]|20|21)\d\d)(?P<isep>[-/.])(?P<im>\d{{1,2}})(?P=isep)(?P<id>\d{{1,2}})(?=$|\D)
    | (?P<cy>(?:19|20)\d\d)(?P<cm>\d\d)(?P<cd>\d\d)(?=$|\D|\d{{6}}(?!\d))
    | (?P<a>\d{{1,2}})(?P<nsep>[-/.])(?P<b>\d{{1,2}})(?P=nsep)(?P<ny>(?:1[5-9]|20|21)\d\d|\d\d)(?=$|[^\w/.-]|[.-](?!\d))
    | (?P<dd>\d{{1,2}}){_ORDINAL}[\s-]{{0,3}}(?:de\s+|of\s+)?(?P<dm>{_MONTH})\b\.?,?(?:\s+de(?:l)?)?[\s-]{{0,3}}(?P<dy>\d{{4}}|'?\d\d(?!\d|:|\.\d))
    | (?P<mm>{_MONTH})\b\.?[\s-]{{0,3}}(?P<md>\d{{1,2}}){_ORDINAL},?[\s-]{{1,3}}(?P<my>\d{{4}})(?!\d)
    | (?P<kyear>\d{{4}})\s?[年년]\s?(?P<kmonth>\d{{1,2}})\s?[月월]\s?(?P<kday>\d{{1,2}})\s?[日일]
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# `Fri Mar 08 09:00:00 +0000 2024`, `Fri Mar 8 09:00:00 2024`
_UNIX = re.compile(rf"({_MONTH})\s+(\d{{1,2}})\s+(\d\d:\d\d:\d\d)\s*(\S+)?\s+(\d{{4}})\Z", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:.])(?:(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?|(\d{1,2})(?=\s?[ap]\.?m\b))\s*([ap]\.?m\b\.?)?"
    r"\s*\(?((?:UTC|GMT)\s?[+-]\d{1,2}:?(?:\d{2})?|[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d)|Z\b|[A-Z]{2,4}\b)?\)?",
    re.IGNORECASE,
)
_COMPACT_CLOCK = re.compile(r"T?(\d\d)(\d\d)(\d\d)(Z?)\Z")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
# what may stand beside a date without making a sentence of it
_BESIDE = re.compile(
    rf"(?:\b(?:{_WEEKDAY}|published|posted|updated|last|first|created|date|datum|stand|on|at|am|um|uhr|den|vom|le|à|the|local|time)\b"
    r"|[\s,.:;|•·()\[\]/@–—-]|\bT\b|\([A-Z]{2,5}\)|\([A-Z][\w ]+ Time\))*\Z",
    re.IGNORECASE,
)
_UNITS = (1, 1e3, 1e6, 1e9)
"""What a second has of the units in which moments are counted: seconds, milli-, micro- and nanoseconds."""
_WRAPPED = ("$date", "$numberLong", "date", "value")
"""Keys under which data bases put a date that is an object."""


class AmbiguousDate(BadDate):
    """A day such as 3/8/2024, which may be two."""


@dataclass(frozen=True, slots=True)
class Written:
    """A day found in a text at [start, end): one reading of it, or two where day and month may stand either way."""

    start: int
    end: int
    days: tuple[date, ...]
    clock: time | None = None

    @property
    def value(self) -> date | datetime:
        """The day, or the moment where a time of day was told."""
        return datetime.combine(self.days[0], self.clock) if self.clock else self.days[0]


def parse_published(value: object, where: str, order: Order | None = None) -> date | datetime | None:
    """The day or moment that `value` tells, or None where it tells none (a bare month or year is no day).

    Reads ISO 8601, `20240301`, RFC 2822, `1 March 2024`, `March 1, 2024 9:15 am EST`, 25/12/2023, seconds,
    milliseconds, micro- and nanoseconds since 1970, and MongoDB's {"$date": …}. `order` settles 3/8/2024.
    Raises BadDate, naming `where`, for a date that does not exist, AmbiguousDate for one that may be two.
    """
    if isinstance(value, dict):
        value = next((value[k] for k in _WRAPPED if k in value), None)
        return None if isinstance(value, dict) and len(value) > 1 else parse_published(value, where, order)
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return _from_number(value)
        except (ValueError, OverflowError) as error:
            raise BadDate(
                f"{where}: there is no such day as {value!r}; mend the date or give one with --date"
            ) from error
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        return None
    text = value.strip()
    try:
        return _from_words(text, order)
    except AmbiguousDate as error:
        raise AmbiguousDate(
            f"{where}: {text!r} may be {error}; say which with --date-order dmy or mdy"
        ) from None
    except (ValueError, OverflowError) as error:
        raise BadDate(
            f"{where}: there is no such day as {text!r}; mend the date or give one with --date"
        ) from error


def find_days(text: str, order: Order | None = None) -> Iterator[Written]:
    """The days with a year that are written in `text`, in order; what is no day of the calendar is passed over."""
    for match in _DAY.finditer(text):
        try:
            days = _days_of(match, order)
        except ValueError:
            continue
        clock, end = _clock_after(text, match.end())
        if clock is None:
            clock = _clock_before(text, match.start())
        yield Written(match.start(), end, days, clock)


def is_date_line(line: str) -> bool:
    """True where `line` tells a day and nothing else."""
    try:
        return len(line) < 100 and _from_words(line.strip(), "dmy") is not None
    except (ValueError, OverflowError):
        return False


def guess_order(values: Iterable[object]) -> Order | None:
    """In what order a column writes its days: 25/12/2023 among them decides it, None where none or both ways do."""
    day_first = month_first = False
    for value in values:
        if not isinstance(value, str) or not (
            match := re.match(r"\s*(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}\b", value)
        ):
            continue
        a, b = int(match[1]), int(match[2])
        day_first |= 12 < a <= 31 and b <= 12
        month_first |= 12 < b <= 31 and a <= 12
    if day_first == month_first:
        return None
    return "dmy" if day_first else "mdy"


def _from_number(number: int | float) -> date | datetime | None:
    if isinstance(number, int) and 19000101 <= number <= 21001231:
        return _day(number // 10000, number // 100 % 100, number % 100)
    if isinstance(number, int) and 19000101_000000 <= number <= 21001231_235959:
        return _from_words(str(number), None)
    try:
        seconds = float(number)
    except OverflowError:
        return None
    if not math.isfinite(seconds):  # JSON's 1e999
        return None
    # from 1973 to 2099, so that no number is one of two units; below, it is likelier a year or a count than a moment
    moments = (seconds / unit for unit in _UNITS)
    return next((datetime.fromtimestamp(moment, UTC) for moment in moments if 1e8 <= moment < 4.1e9), None)


def _from_words(text: str, order: Order | None) -> date | datetime | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # a zone's name, or a time that datetime does not know
    if match := _UNIX.search(text):
        day = _day(int(match[5]), MONTHS[match[1].lower()], int(match[2]))
        return datetime.combine(day, time.fromisoformat(match[3]), zone_named(match[4]))
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?|\d{16}|\d{19}", text):
        return _from_number(float(text))
    match = _DAY.search(text)
    if not match:
        return None
    days = _days_of(match, order)
    before, after = text[: match.start()], text[match.end() :]
    if compact := _COMPACT_CLOCK.match(after):
        moment = time(int(compact[1]), int(compact[2]), int(compact[3]), tzinfo=UTC if compact[4] else None)
        return datetime.combine(days[0], moment)
    clock: time | None = None
    for part, is_after in ((after, True), (before, False)):
        if found := _CLOCK.search(part):
            clock = _time_of(found)
            left = part[: found.start()] + " " + part[found.end() :]
            after, before = (left, before) if is_after else (after, left)
            break
    if not _BESIDE.match(before) or not _BESIDE.match(after):
        return None
    if len(days) > 1:
        raise AmbiguousDate(f"{days[0]} or {days[1]}")
    return datetime.combine(days[0], clock) if clock else days[0]


def _days_of(match: re.Match[str], order: Order | None) -> tuple[date, ...]:
    """The days that a match of _DAY may mean. Raises ValueError where there is none such."""
    if match["iy"]:
        return (_day(int(match["iy"]), int(match["im"]), int(match["id"])),)
    if match["cy"]:
        return (_day(int(match["cy"]), int(match["cm"]), int(match["cd"])),)
    if match["kyear"]:
        return (_day(int(match["kyear"]), int(match["kmonth"]), int(match["kday"])),)
    if match["dm"]:
        return (_day(_year(match["dy"]), MONTHS[match["dm"].lower()], int(match["dd"])),)
    if match["mm"]:
        return (_day(_year(match["my"]), MONTHS[match["mm"].lower()], int(match["md"])),)
    return _numeric(int(match["a"]), int(match["b"]), _year(match["ny"]), match["nsep"], order)


def _numeric(a: int, b: int, year: int, separator: str, order: Order | None) -> tuple[date, ...]:
    # who writes points puts the day first
    order = "dmy" if separator == "." else order
    readings = {"dmy": (b, a), "mdy": (a, b)}
    possible = []
    for name, (month, day) in readings.items():
        try:
            possible.append((name, _day(year, month, day)))
        except ValueError:
            continue
    if not possible:
        raise ValueError(f"{a}{separator}{b}{separator}{year}")
    chosen = [day for name, day in possible if name == order]
    return tuple(chosen) or tuple(dict.fromkeys(day for _, day in possible))


def _year(text: str) -> int:
    digits = text.lstrip("'")
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 70 else 1900)
    return year


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, day)


def _clock_after(text: str, end: int) -> tuple[time | None, int]:
    """The time of day that follows a day at once, and where it ends."""
    found = _CLOCK.search(text, end, end + 40)
    if not found or not _BESIDE.match(text[end : found.start()]):
        return None, end
    clock = _time_of(found)
    return clock, found.end() if clock else end


def _clock_before(text: str, start: int) -> time | None:
    last = None
    for found in _CLOCK.finditer(text, max(0, start - 24), start):
        last = found
    return _time_of(last) if last and _BESIDE.match(text[last.end() : start]) else None


def _time_of(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match[1] or match[5]), int(match[2] or 0), int(match[3] or 0)
    half = (match[6] or "").lower().replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second, tzinfo=zone_named(match[7]))


def zone_named(name: str | None) -> tzinfo | None:
    """The zone that `EST`, `+0100`, `GMT-5` or `Z` names, or None."""
    if not name:
        return None
    name = name.strip().upper()
    if name in _ZONES:
        minutes = _ZONES[name]
    elif match := re.fullmatch(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?", name):
        minutes = (int(match[2]) * 60 + int(match[3] or 0)) * (-1 if match[1] == "-" else 1)
    else:
        return None
    return timezone(timedelta(minutes=minutes)) if abs(minutes) < 24 * 60 else None
