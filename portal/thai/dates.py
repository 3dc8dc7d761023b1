"""Dates as Thai offices write and type them: Buddhist era, fiscal years."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.thai.digits import to_arabic_digits, to_thai_digits

BANGKOK = ZoneInfo("Asia/Bangkok")
ERA = 543
# fmt: off
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)
MONTHS_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)
# fmt: on
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
WEEKDAYS_SHORT = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")

# what nobody means when typing a date: a century ago, a working life ahead
YEARS_BACK, YEARS_AHEAD = 100, 40


def local_day(day: date) -> date:
    """The day in Thailand; a moment is first moved to Thai time."""
    if isinstance(day, datetime):
        return (day.astimezone(BANGKOK) if day.tzinfo else day).date()
    return day


def be_year(day: date) -> int:
    """The year of the Buddhist era."""
    return local_day(day).year + ERA


def fiscal_year(day: date) -> int:
    """The fiscal year, 1 October to 30 September, named by the BE year it ends in."""
    here = local_day(day)
    return be_year(here) + (here.month >= 10)


def fiscal_year_range(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year."""
    return date(year - ERA - 1, 10, 1), date(year - ERA, 9, 30)


def _written(day: date, months: tuple[str, ...], digits: bool) -> str:
    here = local_day(day)
    text = f"{here.day} {months[here.month - 1]} {be_year(here)}"
    return to_thai_digits(text) if digits else text


def thai_date(day: date, digits: bool = False) -> str:
    """`20 พ.ย. 2569`; with Thai digits where the paper wants them."""
    return _written(day, MONTHS_SHORT, digits)


def thai_date_long(day: date, digits: bool = False) -> str:
    """`20 พฤศจิกายน 2569`."""
    return _written(day, MONTHS, digits)


def thai_datetime(moment: datetime, digits: bool = False) -> str:
    """`20 พ.ย. 2569 14:05 น.`, in Thai time."""
    here = moment.astimezone(BANGKOK) if moment.tzinfo else moment
    text = f"{thai_date(here)} {here:%H:%M} น."
    return to_thai_digits(text) if digits else text


class BadDate(ValueError):
    """What was typed is no date; the text says in Thai what is wrong."""


class WrongEra(BadDate):
    """The year was typed in the Christian era. `offer` is the day that was probably meant."""

    def __init__(self, offer: date) -> None:
        super().__init__(f"ปีที่พิมพ์เป็น ค.ศ. กรุณาพิมพ์เป็น พ.ศ. (หมายถึงวันที่ {thai_date(offer)} ใช่หรือไม่)")
        self.offer = offer


_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{1,4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})\s*([ก-๎][ก-๎.\s]*?)\s*(?:พ\.?\s?ศ\.?\s*)?(\d{1,4})")
_PREFIX = re.compile(r"^(?:วันที่|ณ วันที่)\s*")


def _bare(name: str) -> str:
    return re.sub(r"[.\s]", "", name)


_MONTH_NUMBERS = {
    _bare(name): number
    for names in (MONTHS, MONTHS_SHORT)
    for number, name in enumerate(names, start=1)
}


def _parts(text: str) -> tuple[int, int, str]:
    """Day, month and the year as typed."""
    if found := _NUMBERS.fullmatch(text):
        return int(found[1]), int(found[3]), found[4]
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[4]), int(found[3]), found[1]
    found = _WORDS.fullmatch(text)
    if not found or _bare(found[2]) not in _MONTH_NUMBERS:
        raise BadDate("อ่านวันที่ไม่ออก กรุณาพิมพ์อย่าง 20/11/2569 หรือ 20 พ.ย. 2569")
    return int(found[1]), _MONTH_NUMBERS[_bare(found[2])], found[3]


def _real_day(day: int, month: int, year: int) -> date:
    try:
        return date(year - ERA, month, day)
    except ValueError:
        raise BadDate("ไม่มีวันที่นี้ในปฏิทิน กรุณาตรวจสอบวันและเดือน") from None


def parse_thai_date(text: str, *, today: date) -> date:
    """The day that was typed, year in the Buddhist era. Nothing is guessed or converted.

    Raises WrongEra (offering the right day) for a Christian year, BadDate for everything else.
    """
    plain = _PREFIX.sub("", to_arabic_digits(text).strip())
    day, month, typed_year = _parts(plain)
    if len(typed_year) < 4:
        raise BadDate(f"กรุณาพิมพ์ปี พ.ศ. ให้ครบสี่หลัก เช่น {be_year(today)}")
    year, back, ahead = int(typed_year), today.year - YEARS_BACK, today.year + YEARS_AHEAD
    if back <= year <= ahead:
        raise WrongEra(offer=_real_day(day, month, year + ERA))
    if not back <= year - ERA <= ahead:
        raise BadDate(f"ปี {typed_year} อยู่ไกลเกินไป กรุณาตรวจสอบปี พ.ศ.")
    return _real_day(day, month, year)
