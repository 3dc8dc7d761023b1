"""Who plays a case forward in time, through the same services the pages call."""

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
