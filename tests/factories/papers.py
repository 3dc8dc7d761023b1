"""Flows for charts and papers, with plain values and no database."""

from typing import Any

from processes import durations
from processes.loading import read_file
from processes.shape import Decides, Duration, Edition, Flow, Rank, Step, Unit
from reports.papers.flowchart import Flowchart, RowState
from reports.papers.standards_table import StandardsTable
from reports.papers.standing import Standing
from tests.factories.standard import CATALOGUE

GROUP = "กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร"
DAYS = Duration(Unit.WORKING_DAY, 3, 5)


def a_step(number: int, text: str = "", **values: object) -> Step:
    facts = {
        "key": f"r{number}",
        "number": str(number),
        "title": text or f"ดำเนินงานขั้นที่ {number} ให้แล้วเสร็จ",
        "chart_text": text or f"ดำเนินงานขั้นที่ {number}",
        "standard": f"งานขั้นที่ {number} ถูกต้อง ครบถ้วน",
        "responsible": GROUP,
        "duration": DAYS,
    }
    return Step(**{**facts, **values})


def deciding(number: int, text: str = "", *, verb: str = "เห็นชอบ", **values: object) -> Step:
    facts = {"decides": Decides.DECIDE, "chain": (Rank.HEAD, Rank.DIRECTOR), "verb": verb}
    return a_step(number, text or f"เสนอ ผอ.สพท. ให้ความ{verb}", **{**facts, **values})


def a_flow(*steps: Step, code: str = "example") -> Flow:
    return Flow(code=code, steps=steps, indicator="งานแล้วเสร็จตามเวลาและได้มาตรฐาน")


def line(count: int) -> Flow:
    """A plain line of so many rows."""
    return a_flow(*(a_step(number) for number in range(1, count + 1)))


def digital_platform() -> Flow:
    """Nine rows; row 4 decides and returns to row 3."""
    words = (
        "ศึกษากฎหมาย ระเบียบที่เกี่ยวข้อง",
        "แต่งตั้งคณะกรรมการ/คณะทำงาน",
        "วิเคราะห์แนวทางพัฒนาระบบดิจิทัลแพลตฟอร์ม DLIT",
        "เสนอ ผอ.สพท. ให้ความเห็นชอบ",
        "ส่งเสริม สนับสนุนให้สถานศึกษาใช้ดิจิทัลแพลตฟอร์มของ DLIT ไปใช้ในสถานศึกษา",
        "สร้างความรู้ ความเข้าใจ ให้ผู้บริหารสถานศึกษาและข้าราชการครูนำดิจิทัลแพลตฟอร์มของ DLIT ไปใช้ในสถานศึกษา",
        "กำกับ ติดตาม ประเมินผลการนำไปใช้ ร่วมกับกลุ่ม/ฝ่าย ที่เกี่ยวข้อง",
        "ประเมินผลการขับเคลื่อนการดำเนินงาน",
        "สรุปรายงาน ผอ.สพท./รายงาน สพฐ.",
    )
    steps = [a_step(number, text) for number, text in enumerate(words, start=1)]
    steps[3] = deciding(4, words[3], returns_to="r3", return_label="ทบทวน ปรับปรุง")
    return a_flow(*steps, code="digital-platform")


def cyber_security() -> Flow:
    """A row with five sub-rows that run side by side."""
    parts = (
        "ติดตั้งใช้งานอุปกรณ์ Network Firewall",
        "ติดตั้งใช้งานโปรแกรม Antivirus/AntiMalware",
        "ติดตั้งใช้งานระบบ Endpoint Security",
        "ติดตั้งใช้งานระบบยืนยันตัวตน และควบคุมสิทธิ",
        "ติดตั้งใช้งานระบบจัดเก็บ Log File ให้สอดคล้องกับกฎหมาย",
    )
    under = [a_step(6 + n, text, parent="r5") for n, text in enumerate(parts)]
    return a_flow(
        a_step(1, "ศึกษากฎหมาย ระเบียบ นโยบาย"),
        a_step(2, "จัดทำแผนการดำเนินการ"),
        a_step(3, "แต่งตั้งคณะทำงานจัดทำแผน"),
        deciding(4, "เสนอแผน ผอ.สพท. พิจารณาอนุมัติ", verb="อนุมัติ", returns_to="r2"),
        a_step(5, "ดำเนินการติดตั้งระบบตามแนวทาง"),
        *under,
        a_step(11, "ส่งเสริมสร้างความรู้บุคลากรในสังกัด", duration=Duration(Unit.THROUGHOUT)),
        a_step(12, "ติดตามผลและรายงาน"),
        code="cyber-security",
    )


def crossing_loops() -> Flow:
    """Ten rows, four returns of different lengths, one of them to a row that decides."""
    steps = [a_step(number) for number in range(1, 11)]
    steps[2] = deciding(3, returns_to="r2", return_label="ทบทวน ปรับปรุง")
    steps[5] = deciding(6, verb="อนุมัติ", returns_to="r3", return_label="แก้ไข")
    steps[7] = deciding(8, returns_to="r5", return_label="ทบทวน")
    steps[8] = deciding(9, returns_to="r1", return_label="เริ่มใหม่")
    return a_flow(*steps, code="crossing-loops")


# -- papers of them


def catalogue_edition(file: str = "dlit.yaml") -> Edition:
    """A process of the catalogue, read from its file."""
    return read_file(CATALOGUE / file)


def catalogue_steps() -> list[Step]:
    """Every row of every manual in the catalogue."""
    files = [file for file in CATALOGUE.parent.glob("*/*.yaml") if file.name != "manual.yaml"]
    return [step for file in files for flow in read_file(file).flows for step in flow.steps]


def catalogue_decisions() -> Flow:
    """A line of every question that is asked anywhere in the catalogue."""
    steps = [step for step in catalogue_steps() if step.decides is Decides.DECIDE]
    texts = sorted({step.chart_text for step in steps})
    return a_flow(*(deciding(number, text) for number, text in enumerate(texts, start=1)))


def a_standing(process: str = "กระบวนงานตัวอย่าง", **values: Any) -> Standing:
    facts = {
        "manual": "คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา",
        "group": GROUP,
        "office": "สพท.",
        "edition": "ฉบับที่ 1 ใช้บังคับตั้งแต่ 20 พ.ย. 2569",
    }
    return Standing(process=process, **{**facts, **values})


def a_table(flow: Flow, *, references: tuple[str, ...] = (), **standing: Any) -> StandardsTable:
    return StandardsTable(
        standing=a_standing(**standing),
        flow=flow,
        times=tuple(durations.printed(step.duration) for step in flow.steps),
        indicator=flow.indicator,
        references=references,
    )


def a_chart(flow: Flow, *, states: dict[str, str] | None = None, **standing: Any) -> Flowchart:
    case = {"case_code": "2570-14", "case_title": "เรื่องตัวอย่าง", "as_of": "20 พฤศจิกายน 2569"}
    return Flowchart(
        standing=a_standing(**standing),
        flow=flow,
        states=tuple(RowState(key, state) for key, state in (states or {}).items()),
        **(case if states is not None else {}),
    )
