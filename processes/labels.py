"""Thai words for what the plain form says in codes."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from processes.shape import Decides, Kind, Need, Per, Rank, Unit

KINDS = {
    Kind.RESULT: "ผลงาน/เอกสาร",
    Kind.APPOINT: "แต่งตั้ง",
    Kind.MEETING: "ประชุม",
    Kind.PROPOSE: "เสนอพิจารณา",
    Kind.PLAN: "แผน/โครงการ",
    Kind.ACTIVITY: "กิจกรรม",
    Kind.SURVEY: "สำรวจ/ประเมิน",
    Kind.ITEMS: "รายการ",
    Kind.REGISTER: "ทะเบียน/คำขอ",
    Kind.LETTER: "หนังสือ/เผยแพร่/รายงาน",
}
DECIDES = {Decides.DECIDE: "พิจารณา", Decides.ACKNOWLEDGE: "รับทราบ"}
UNITS = {
    Unit.WORKING_DAY: "วันทำการ",
    Unit.DAY: "วัน",
    Unit.HOUR: "ชั่วโมง",
    Unit.MINUTE: "นาที",
    Unit.MONTH: "เดือน",
    Unit.THROUGHOUT: "ตลอดระยะเวลา",
    Unit.PER_PLAN: "ตามแผน",
    Unit.INCLUDED: "รวมอยู่ในขั้นอื่น",
    Unit.NONE: "ไม่กำหนดเวลา",
}
PERS = {Per.ACTIVITY: "ต่อกิจกรรม", Per.OCCASION: "ต่อครั้ง"}
NEEDS = {
    Need.MEMBERS: "รายชื่อคณะทำงาน",
    Need.ORDER: "คำสั่งที่ลงนาม มีเลขที่และวันที่",
    Need.NUMBER: "เลขที่และวันที่ของหนังสือ",
    Need.LETTER: "หนังสือ",
    Need.OUTSIDE_REPORT: "รายงานหน่วยงานภายนอก",
    Need.SURVEY: "ผลสำรวจ",
    Need.PUBLICATION: "การเผยแพร่ พร้อมช่องทาง วันที่ และที่อยู่",
}
RANKS = {Rank.HEAD: "ผอ.กลุ่ม", Rank.DEPUTY: "รอง ผอ.สพท.", Rank.DIRECTOR: "ผอ.สพท."}


Code = TypeVar("Code", bound=StrEnum)


def choices(labels: Mapping[Code, str]) -> list[tuple[str, str]]:
    """Labels as the choices of a model field."""
    return [(code.value, label) for code, label in labels.items()]
