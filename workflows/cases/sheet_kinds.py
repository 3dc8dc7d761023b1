"""The sheets there are: which head fields and columns a row has beside its result, as data.

Pure. A new kind of sheet is an entry here; what it lacks and what it comes to is said in `sheets`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from processes.shape import Kind, Need
from workflows.cases.sheet_cells import Field, Type


@dataclass(frozen=True, slots=True)
class Sheet:
    """The head fields and columns of one kind; `line` is the office's word for a line."""

    kind: str
    title: str
    line: str = ""
    head: tuple[Field, ...] = ()
    columns: tuple[Field, ...] = ()

    @property
    def has_sums(self) -> bool:
        """Whether every line has an amount of money reckoned from two of its cells."""
        return self.kind == Kind.ITEMS


MEETING = Sheet(
    Kind.MEETING, "การประชุม", "มติ",
    head=(
        Field("met_on", "วันที่ประชุม", Type.DATE, 5, done=True),
        Field("place", "สถานที่/ช่องทาง", wide=7, lent=True),
        Field("attended", "ผู้เข้าประชุม (คน)", Type.WHOLE, 4),
        Field("agenda", "ระเบียบวาระ", Type.LONG, lent=True),
        Field("attendees", "รายชื่อผู้เข้าประชุม", Type.LONG),
    ),
    columns=(
        Field("resolution", "มติ", Type.LONG, 8, required=True),
        Field("owner", "ผู้รับผิดชอบ", wide=4),
        Field("due_on", "ภายในวันที่", Type.DATE, 4),
    ),
)  # fmt: skip
PLAN = Sheet(
    Kind.PLAN, "แผน/โครงการ", "กิจกรรม",
    head=(
        Field("objective", "วัตถุประสงค์", Type.LONG, lent=True),
        Field("indicators", "ตัวชี้วัดและค่าเป้าหมาย", Type.LONG, lent=True),
        Field("source", "แหล่งงบประมาณ", lent=True),
    ),
    columns=(
        Field("activity", "กิจกรรม", Type.LONG, 6, required=True, lent=True),
        Field("period", "ช่วงเวลา", wide=3),
        Field("budget", "งบประมาณ (บาท)", Type.MONEY, 3, lent=True),
        Field("owner", "ผู้รับผิดชอบ", wide=4, lent=True),
    ),
)  # fmt: skip
ITEMS = Sheet(
    Kind.ITEMS, "รายการ", "รายการ",
    columns=(
        Field("item", "รายการ", Type.LONG, 5, required=True, lent=True),
        Field("amount", "จำนวน", Type.WHOLE, 2, lent=True),
        Field("unit", "หน่วย", wide=2, lent=True),
        Field("price", "ราคาต่อหน่วย (บาท)", Type.MONEY, 4, lent=True),
        Field("source", "แหล่งราคา/สถานศึกษาผู้รับ", wide=8, lent=True),
        Field("note", "หมายเหตุ", wide=8, lent=True),
    ),
)  # fmt: skip
REGISTER = Sheet(
    Kind.REGISTER, "ทะเบียน/คำขอ", "คำขอ",
    head=(Field("nothing", "ไม่มีรายการในช่วงนี้", Type.TICK),),
    columns=(
        Field("asked_on", "วันที่", Type.DATE, 4, done=True),
        Field("who", "ผู้ขอ", wide=7),
        Field("channel", "ช่องทาง", wide=5),
        Field("subject", "เรื่อง", Type.LONG, 8, required=True),
        Field("answer", "คำตอบ/การดำเนินการ", Type.LONG, 8),
        Field("minutes", "ใช้เวลา (นาที)", Type.WHOLE, 4),
        Field("follow_up", "ติดตามผล", wide=12),
    ),
)  # fmt: skip
PUBLICATION = (
    Field("channel", "ช่องทางเผยแพร่", wide=6, lent=True, hint="เช่น เว็บไซต์สำนักงาน"),
    Field("published_on", "วันที่เผยแพร่", Type.DATE, 5, done=True),
    Field("address", "ที่อยู่เผยแพร่", lent=True, hint="ที่อยู่เว็บ หรือที่ซึ่งผู้อ่านพบได้"),
)
OF_KIND = {sheet.kind: sheet for sheet in (MEETING, PLAN, ITEMS, REGISTER)}


def for_row(kind: str, needs: Collection[str]) -> Sheet | None:
    """The sheet of a row of this kind; a row that publishes has the fields of it as well."""
    sheet = OF_KIND.get(kind)
    if Need.PUBLICATION not in needs:
        return sheet
    return replace(
        sheet or Sheet(kind, "การเผยแพร่"), head=(*(sheet.head if sheet else ()), *PUBLICATION)
    )
