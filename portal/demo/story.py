"""Cases in every state, played through the same services the pages call."""

from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from portal.accounts.models import Proof, ProofMethod, User
from portal.calendar.selectors import work_calendar
from portal.calendar.workdays import WorkCalendar
from portal.demo.people import Cast
from portal.demo.sheets import filled, people
from processes.selectors import effective_flow
from workflows.approvals import content, deciding, submitting
from workflows.approvals.models import Decision, DecisionStatus, Outcome
from workflows.cases import evidence, opening, rules, services
from workflows.cases.models import OPEN_STATUSES, Case, Task
from workflows.letters import services as letters

MEMO = {
    "background": "กลุ่มฯ ได้ดำเนินการตามคู่มือการปฏิบัติงานมาถึงขั้นตอนที่ต้องเสนอพิจารณา",
    "facts": "คณะทำงานได้ศึกษาและวิเคราะห์ข้อมูลของสถานศึกษาในสังกัดแล้ว รายละเอียดตามเอกสารแนบ",
    "law": "คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา และระเบียบที่เกี่ยวข้อง",
    "considerations": "พิจารณาแล้วเห็นว่าแนวทางสอดคล้องกับบริบทของสถานศึกษา และใช้งบประมาณที่มีอยู่",
    "proposal": "เห็นควรให้ความเห็นชอบ เพื่อดำเนินการในขั้นตอนต่อไป",
}
RESULTS = {
    "study-law": "ศึกษาระเบียบและแนวทางของ สพฐ. แล้ว สรุปประเด็นที่เกี่ยวข้องให้คณะทำงานทราบ",
    "analyse": "วิเคราะห์การใช้งานของสถานศึกษา 3 ขนาด พบว่าควรจัดคลังสื่อแยกตามชั้นเรียน",
}


class Teller:
    """Plays cases forward in time, never past now."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.end = cast, now
        self.calendar: WorkCalendar = work_calendar()
        self.clock = now

    def start(self, code: str, title: str, *, days_ago: int, by: User | None = None) -> Case:
        """Open a case so many working days ago."""
        self.clock = self._working_day(days_ago)
        return opening.start_case(
            effective_flow(code),
            title=title,
            unit=self.cast.unit,
            by=by or self.cast.staff,
            opened_on=timezone.localdate(self.clock),
            now=self.clock,
        )

    def tick(self, days: int = 0) -> datetime:
        """Some time later: so many working days, and a little more."""
        for _ in range(days):
            self.clock = self._at(self.calendar.next_working(timezone.localdate(self.clock)))
        self.clock = min(self.clock + timedelta(minutes=35), self.end)
        return self.clock

    def today(self) -> date:
        return timezone.localdate(self.clock)

    def row(self, case: Case) -> Task:
        """The row the case stands on."""
        tasks = case.tasks.filter(status__in=OPEN_STATUSES, blocking=True)
        return tasks.select_related("step", "case").get()

    def work(self, case: Case, *, days: int = 1, by: User | None = None) -> None:
        """Do the row the case stands on and close it."""
        task, by = self.row(case), by or self.cast.staff
        result = RESULTS.get(task.step.key, f"ดำเนินการ{task.step.chart_text}เรียบร้อยแล้ว")
        services.save_task(task, result=result, by=by, now=self.tick(days))
        if sheet := filled(task.step.kind, self.today()):
            services.save_task(task, sheet=sheet, by=by, now=self.tick())
        if rules.counts_people(task):
            services.save_task(task, figures=people(24, 22), by=by, now=self.tick())
        for item in task.step.items.filter(needs=""):
            services.tick_item(task, item.key, done=True, by=by, now=self.tick())
        services.complete_task(task, happened_on=self.today(), by=by, now=self.tick())

    def attach(self, case: Case, name: str, text: str) -> None:
        """Put a small file on the current row."""
        upload = ContentFile(text.encode(), name=name)
        title = name.rsplit(".", 1)[0]
        evidence.attach(self.row(case), upload, title=title, by=self.cast.staff, now=self.tick())

    def appoint(self, case: Case, number: str) -> None:
        """The appointment row: members, order, number and date, made known."""
        task, by = self.row(case), self.cast.staff
        order = letters.save_order(
            task,
            subject="แต่งตั้งคณะทำงาน",
            authority="อาศัยอำนาจตามกฎหมายว่าด้วยระเบียบบริหารราชการกระทรวงศึกษาธิการ",
            duties="ศึกษา วิเคราะห์ และจัดทำแนวทางการดำเนินงาน",
            signer=self.cast.director.full_name,
            signer_post="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
            by=by,
            now=self.tick(),
            members=[
                letters.MemberLine(
                    self.cast.head.full_name, "ผู้อำนวยการกลุ่ม", "ประธานคณะทำงาน", self.cast.head
                ),
                letters.MemberLine(
                    self.cast.colleague.full_name,
                    "เจ้าพนักงานคอมพิวเตอร์",
                    "คณะทำงาน",
                    self.cast.colleague,
                ),
                letters.MemberLine(by.full_name, "นักวิชาการคอมพิวเตอร์", "คณะทำงานและเลขานุการ", by),
            ],
        )
        now = self.tick(1)
        letters.issue_order(
            order, number=number, dated_on=self.today(), told_on=self.today(), by=by, now=now
        )
        self.work(case)

    def propose(self, case: Case, subject: str) -> None:
        """Write the memo and submit the row."""
        task, by = self.row(case), self.cast.staff
        letters.save_memo(
            task,
            subject=subject,
            to="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
            parts=MEMO,
            by=by,
            now=self.tick(1),
        )
        submitting.submit(task, by=by, now=self.tick())

    def decide(self, case: Case, outcome: Outcome, comment: str = "", *, days: int = 0) -> None:
        """The next link gives its word."""
        decision = Decision.objects.get(
            submission__task__case=case,
            submission__ended_at__isnull=True,
            status=DecisionStatus.OPEN,
        )
        by = self._holder(decision)
        now = self.tick(days)
        proof = Proof.objects.create(user=by, method=ProofMethod.PASSWORD, at=now, device="สาธิต")
        target = None
        if outcome == Outcome.RETURNED:
            target = case.flow.steps.get(key=deciding.usual_target(decision))
        deciding.decide(
            decision,
            by=by,
            outcome=outcome,
            comment=comment,
            return_to=target,
            proof=proof,
            seen_hash=content.shown_hash(decision),
            now=now,
        )

    def opinions(self, case: Case) -> None:
        """Head and deputy find it right."""
        self.decide(case, Outcome.ENDORSED, "เห็นควรเสนอเพื่อพิจารณา")
        self.decide(case, Outcome.ENDORSED, days=1)

    def _holder(self, decision: Decision) -> User:
        people = {
            "head": self.cast.head,
            "deputy": self.cast.deputy,
            "director": self.cast.director,
        }
        return User.objects.get(pk=people[decision.rank].pk)

    def _working_day(self, days_ago: int) -> datetime:
        day = timezone.localdate(self.end)
        for _ in range(days_ago):
            day = self._before(day)
        return min(self._at(day), self.end)

    def _before(self, day: date) -> date:
        day -= timedelta(days=1)
        while not self.calendar.is_working(day):
            day -= timedelta(days=1)
        return day

    def _at(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(9, 0)))


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
