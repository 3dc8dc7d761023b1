"""Cases in every state, as a demo office shows them."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.accounts.models import User
from portal.demo.people import Cast
from portal.demo.sheets import filled, people
from portal.demo.telling import Teller
from workflows.approvals.models import Outcome
from workflows.cases import evidence, services
from workflows.cases.models import Case
from workflows.letters import services as letters


def tell_all(cast: Cast, now: datetime) -> None:
    """Every case of the demo office."""
    teller = Teller(cast, now)
    stories = (
        _new,
        _at_director,
        _to_acknowledge,
        _at_head,
        _returned,
        _overdue,
        _activities,
        _reporting,
        _done,
        _refused,
        _cancelled,
        _waiting_for_obec,
        _surveying,
        _telling_obec,
        _allocating,
        _specifying,
        _founding,
    )
    for story in stories:
        story(teller)
    _read_the_old_notices(now)


def _new(say: Teller) -> None:
    case = say.start("dlit", "ขยายผลแพลตฟอร์ม DLIT ภาคเรียนที่ 2", days_ago=1)
    services.save_task(
        say.row(case), result="กำลังรวบรวมระเบียบที่เกี่ยวข้อง", by=say.cast.staff, now=say.tick()
    )


def _to_decision(say: Teller, title: str, *, days_ago: int) -> Case:
    case = say.start("dlit", title, days_ago=days_ago)
    say.attach(case, "สรุประเบียบที่เกี่ยวข้อง.txt", "สรุประเบียบและแนวทางที่เกี่ยวข้อง (เอกสารตัวอย่าง)")
    say.work(case)
    say.appoint(case, f"{40 + case.number}/2569")
    say.attach(case, "ผลการวิเคราะห์.txt", "ผลการวิเคราะห์แนวทางพัฒนา (เอกสารตัวอย่าง)")
    say.work(case, days=2)
    return case


def _at_director(say: Teller) -> None:
    case = _to_decision(say, "แนวทางใช้ DLIT ในโรงเรียนขนาดเล็ก", days_ago=8)
    say.propose(case, "ขอความเห็นชอบแนวทางใช้ DLIT ในโรงเรียนขนาดเล็ก")
    say.opinions(case)


def _at_head(say: Teller) -> None:
    case = _to_decision(say, "คลังสื่อ DLIT ระดับประถมศึกษา", days_ago=9)
    say.propose(case, "ขอความเห็นชอบแนวทางจัดทำคลังสื่อ DLIT ระดับประถมศึกษา")


def _returned(say: Teller) -> None:
    case = _to_decision(say, "แนวทางอบรมครูผ่านระบบทางไกล", days_ago=14)
    say.propose(case, "ขอความเห็นชอบแนวทางอบรมครูผ่านระบบทางไกล")
    say.opinions(case)
    reason = "ขอให้เพิ่มข้อมูลความพร้อมของอินเทอร์เน็ตในโรงเรียนบนพื้นที่สูงก่อนเสนออีกครั้ง"
    say.decide(case, Outcome.RETURNED, reason)


def _overdue(say: Teller) -> None:
    case = say.start("dlit", "ทบทวนการใช้ DLIT ปีที่ผ่านมา", days_ago=25, by=say.cast.colleague)
    say.work(case, days=2, by=say.cast.colleague)


def _approved(say: Teller, title: str, *, days_ago: int) -> Case:
    case = _to_decision(say, title, days_ago=days_ago)
    say.propose(case, f"ขอความเห็นชอบ{title}")
    say.opinions(case)
    say.decide(case, Outcome.APPROVED, "เห็นชอบ ให้รายงานผลเป็นระยะ")
    return case


def _activities(say: Teller) -> None:
    case = _approved(say, "แผนส่งเสริมการใช้ DLIT รายเครือข่าย", days_ago=16)
    row, by = say.row(case), say.cast.staff
    first = services.add_activity(
        row,
        title="ชี้แจงเครือข่ายที่ 1",
        from_on=say.today(),
        until_on=say.today(),
        place="ห้องประชุมโรงเรียนบ้านตัวอย่าง",
        by=by,
        now=say.tick(1),
    )
    services.save_task(
        first, result="ผู้เข้าร่วมเกินเป้าหมาย", figures=people(30, 32), by=by, now=say.tick()
    )
    services.complete_task(first, happened_on=say.today(), by=by, now=say.tick())
    services.add_activity(row, title="ชี้แจงเครือข่ายที่ 2", by=by, now=say.tick())


def _to_report(say: Teller, title: str, *, days_ago: int) -> Case:
    case = _approved(say, title, days_ago=days_ago)
    for activity in ("ส่งเสริมการใช้งานในสถานศึกษา", "อบรมผู้บริหารและครู"):
        row, by = say.row(case), say.cast.staff
        done = services.add_activity(row, title=activity, by=by, now=say.tick(1))
        services.save_task(
            done, result="ดำเนินการครบตามเป้าหมาย", figures=people(40, 40), by=by, now=say.tick()
        )
        services.complete_task(done, happened_on=say.today(), by=by, now=say.tick())
        say.work(case)
    say.work(case, days=2)
    say.work(case, days=2)
    say.propose(case, f"รายงานผล{title}")
    return case


def _reporting(say: Teller) -> None:
    case = _to_report(say, "การใช้ DLIT ระดับมัธยมศึกษา", days_ago=30)
    say.opinions(case)
    say.decide(case, Outcome.ACKNOWLEDGED, "รับทราบ")


def _to_acknowledge(say: Teller) -> None:
    case = _to_report(say, "การใช้ DLIT ช่วงปิดภาคเรียน", days_ago=24)
    say.opinions(case)


def _done(say: Teller) -> None:
    case = _to_report(say, "การใช้ DLIT ในเครือข่ายนำร่อง", days_ago=45)
    say.opinions(case)
    say.decide(case, Outcome.ACKNOWLEDGED, "รับทราบ ขอบคุณทุกฝ่าย")
    _tell_obec(say, case)


def _tell_obec(say: Teller, case: Case) -> None:
    task, by = say.row(case), say.cast.staff
    evidence.report_outside(
        task,
        to="สพฐ.",
        system="ระบบรายงานของ สพฐ. (ตัวอย่าง)",
        reference="ตย 0001/2569",
        reported_on=say.today(),
        by=by,
        now=say.tick(1),
    )
    services.complete_task(task, happened_on=say.today(), by=by, now=say.tick())


def _refused(say: Teller) -> None:
    case = _to_decision(say, "เช่าระบบแพลตฟอร์มเพิ่มเติม", days_ago=20)
    say.propose(case, "ขอความเห็นชอบเช่าระบบแพลตฟอร์มเพิ่มเติม")
    say.decide(case, Outcome.ENDORSED)
    say.decide(case, Outcome.OPPOSED, "ซ้ำซ้อนกับระบบที่ สพฐ. ให้ใช้โดยไม่มีค่าใช้จ่าย")
    say.decide(case, Outcome.REFUSED, "ไม่เห็นชอบ ให้ใช้ระบบของ สพฐ.")


def _cancelled(say: Teller) -> None:
    case = say.start("dlit", "เปิดเรื่องซ้ำ", days_ago=7)
    services.cancel_case(case, reason="เปิดซ้ำกับเรื่องที่มีอยู่แล้ว", by=say.cast.staff, now=say.tick())


def _waiting_for_obec(say: Teller) -> None:
    say.start("dltv-equipment-survey", "ความต้องการอุปกรณ์ DLTV รอบถัดไป", days_ago=2)


def _received(say: Teller, title: str, *, days_ago: int, deadline_in: int) -> Case:
    case = say.start("dltv-equipment-survey", title, days_ago=days_ago)
    today, by = say.today(), say.cast.staff
    letters.save_incoming(
        say.row(case),
        received_number="1024",
        received_on=today,
        number="ศธ ตัวอย่าง/ว 88",
        dated_on=today,
        sender="สพฐ.",
        subject="ขอให้สำรวจความต้องการอุปกรณ์รับสัญญาณดาวเทียม",
        deadline=timezone.localdate(say.end) + timedelta(days=deadline_in),
        by=by,
        now=say.tick(),
    )
    services.complete_task(say.row(case), happened_on=today, by=by, now=say.tick())
    return case


def _surveying(say: Teller) -> None:
    case = _received(say, "สำรวจอุปกรณ์ DLTV โรงเรียนขนาดเล็ก", days_ago=4, deadline_in=10)
    services.add_participant(
        case, user=say.cast.school, why="เป็นสถานศึกษากลุ่มเป้าหมาย", by=say.cast.staff, now=say.tick()
    )


def _telling_obec(say: Teller) -> None:
    case = _received(say, "ข้อมูลอุปกรณ์ DLTV ทดแทนของเดิม", days_ago=18, deadline_in=2)
    services.record_survey(say.row(case), asked=42, answered=40, by=say.cast.staff, now=say.tick(3))
    for _ in range(3):
        say.work(case, days=1)
    say.propose(case, "เสนอข้อมูลความต้องการอุปกรณ์ DLTV เพื่อรายงาน สพฐ.")
    say.opinions(case)
    say.decide(case, Outcome.APPROVED)


def _allocating(say: Teller) -> None:
    case = say.start("dltv-equipment-allocation", "จัดสรรอุปกรณ์ DLTV ที่ได้รับปีนี้", days_ago=15)
    say.appoint(case, "58/2569")
    say.work(case, days=2)
    say.propose(case, "เสนอแผนจัดสรรอุปกรณ์ DLTV")
    say.opinions(case)
    say.decide(case, Outcome.APPROVED)


def _specifying(say: Teller) -> None:
    """A list with prices and a register, done; the next register is being filled in."""
    case = say.start("centre-specifications", "คุณลักษณะเครื่องคอมพิวเตอร์ปีนี้", days_ago=12)
    for _ in range(5):
        say.work(case)
    row = say.row(case)
    services.save_task(
        row, sheet=filled(row.step.kind, say.today()), by=say.cast.staff, now=say.tick()
    )


def _founding(say: Teller) -> None:
    """A plan and the resolutions of a meeting."""
    case = say.start("centre-founding", "จัดตั้งศูนย์เทคโนโลยีฯ ของสำนักงานตัวอย่าง", days_ago=10)
    for _ in range(5):
        say.work(case)


def _read_the_old_notices(now: datetime) -> None:
    """Everybody has read what he was told, but for the last two things."""
    for user in User.objects.all():
        newest = user.notices.order_by("-pk").values_list("pk", flat=True)[:2]
        user.notices.exclude(pk__in=list(newest)).update(read_at=now)
