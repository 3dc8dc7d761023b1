"""What the demo office has written on the sheets of its rows; all of it made up."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from processes.shape import Kind


def filled(kind: str, today: date) -> dict[str, Any]:
    """The sheet of a row of this kind, done today; {} where the kind has none."""
    make = _SHEETS.get(kind)
    return make(today) if make else {}


def people(target: int, actual: int) -> list[dict[str, Any]]:
    """How many an activity was meant for, and how many came."""
    return [
        {"key": "target", "label": "เป้าหมาย (คน)", "value": target},
        {"key": "actual", "label": "เข้าร่วมจริง (คน)", "value": actual},
    ]


def _lines(columns: str, *rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Lines of a table, written as one reads it."""
    keys = columns.split()
    lines = (zip(keys, row, strict=False) for row in rows)
    return [{key: value for key, value in line if value} for line in lines]


def _meeting(today: date) -> dict[str, Any]:
    soon = (today + timedelta(days=14)).isoformat()
    return {
        "head": {
            "met_on": today.isoformat(),
            "place": "ห้องประชุมสมมติ และระบบประชุมทางไกล",
            "attended": 9,
            "agenda": "1. เรื่องแจ้งให้ทราบ\n2. พิจารณาร่างประกาศ\n3. เรื่องอื่น ๆ",
            "attendees": "กรรมการ 7 คน ผู้แทนสถานศึกษาตัวอย่าง 2 คน",
        },
        "lines": _lines(
            "resolution owner due_on",
            ("เห็นชอบร่างประกาศ โดยแก้ไขถ้อยคำในข้อ 3", "เลขานุการ", soon),
            ("ให้รายงานความก้าวหน้าในการประชุมครั้งถัดไป", "กลุ่มงาน ICT"),
        ),
    }


def _plan(_today: date) -> dict[str, Any]:
    return {
        "head": {
            "objective": "เพื่อให้สถานศึกษาตัวอย่างใช้เทคโนโลยีจัดการเรียนรู้ได้ต่อเนื่อง",
            "indicators": "สถานศึกษากลุ่มเป้าหมายร้อยละ 80 ใช้งานอย่างน้อยสัปดาห์ละครั้ง",
            "source": "งบบริหารจัดการสำนักงาน (ตัวอย่าง)",
        },
        "lines": _lines(
            "activity period budget owner",
            ("ชี้แจงแนวทางแก่สถานศึกษา", "สัปดาห์ที่ 1", "12000.00", "เจ้าหน้าที่กลุ่ม"),
            ("อบรมครูผู้ใช้งาน 2 รุ่น", "สัปดาห์ที่ 3 – 5", "48500.00", "คณะทำงาน"),
            ("นิเทศ ติดตาม และสรุปผล", "สัปดาห์ที่ 8", "9500.00", "คณะทำงาน"),
        ),
    }


def _items(_today: date) -> dict[str, Any]:
    shop = "สืบราคาจากร้านสมมติ"
    return {
        "lines": _lines(
            "item amount unit price source note",
            ("เครื่องคอมพิวเตอร์ประมวลผล", 20, "เครื่อง", "24000.00", "ราคากลาง (ตัวอย่าง)"),
            ("จอแสดงผล ขนาดไม่น้อยกว่า 23 นิ้ว", 20, "เครื่อง", "3800.50", shop),
            ("อุปกรณ์กระจายสัญญาณไร้สาย", 4, "เครื่อง", "5300.00", shop, "รวมติดตั้ง"),
        ),
    }


def _register(today: date) -> dict[str, Any]:
    day = today.isoformat()
    first, second = "โรงเรียนบ้านตัวอย่าง", "โรงเรียนวัดสมมติวิทยา"
    return {
        "lines": _lines(
            "asked_on who channel subject answer minutes follow_up",
            (day, first, "โทรศัพท์", "คุณลักษณะเครื่องพิมพ์", "ส่งเอกสารเกณฑ์ให้แล้ว", 15),
            (day, second, "LINE", "ติดตั้งโปรแกรม", "นัดเข้าติดตั้ง", 40, "โทรสอบถามสัปดาห์ถัดไป"),
        ),
    }


_SHEETS: dict[str, Callable[[date], dict[str, Any]]] = {
    Kind.MEETING: _meeting,
    Kind.PLAN: _plan,
    Kind.ITEMS: _items,
    Kind.REGISTER: _register,
}
