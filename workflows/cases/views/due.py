"""How far a date is, in words: the two deadlines of a task against today and the calendar."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from portal.calendar.selectors import work_calendar
from portal.calendar.workdays import WorkCalendar
from workflows.cases.models import Task, TaskStatus

SOON_DAYS = 2
BY_STANDARD, BY_LETTER = "ตามมาตรฐาน", "ตามหนังสือ"


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline as the due badge shows it."""

    label: str
    day: date
    state: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Today and the office's calendar."""

    now: datetime
    today: date
    calendar: WorkCalendar = field(repr=False)

    def deadlines(self, task: Task) -> list[Due]:
        """By letter first, which the colours follow, then by standard; none before its turn."""
        if task.status == TaskStatus.AHEAD:
            return []
        if task.letter_due_on is None:
            return [self._due(task, "ครบกำหนด", task.due_on, task.due_at)] if task.due_on else []
        letter = self._due(task, BY_LETTER, task.letter_due_on)
        if task.due_on is None:
            return [letter]
        standard = self._due(task, BY_STANDARD, task.due_on, task.due_at)
        calm = "done" if standard.state == "done" else "none"
        return [letter, Due(BY_STANDARD, standard.day, calm, standard.text, standard.at)]

    def first(self, task: Task) -> Due | None:
        """The deadline the colours follow."""
        return next(iter(self.deadlines(task)), None)

    def _due(self, task: Task, label: str, day: date, at: datetime | None = None) -> Due:
        if not task.is_open:
            return Due(label, day, *self._closed(task, day), at)
        if at is not None and day >= self.today:
            return Due(label, day, *self._by_hour(at), at)
        return Due(label, day, *self.distance(day), at)

    def distance(self, day: date) -> tuple[str, str]:
        """State and words of a day still to be met."""
        if day < self.today:
            late = self.calendar.count(day, self.today)
            return "overdue", f"เกินกำหนด {late} วันทำการ" if late else "เกินกำหนด"
        if day == self.today:
            return "soon", "ครบกำหนดวันนี้"
        left = self.calendar.count(self.today, day)
        if left == 0:
            return "soon", self._last_chance()
        return ("soon" if left <= SOON_DAYS else "ok"), f"เหลือ {left} วันทำการ"

    def _last_chance(self) -> str:
        """The day itself is a day off, and so is every day until then."""
        is_open = self.calendar.is_working(self.today)
        return "วันนี้เป็นวันทำการสุดท้าย" if is_open else "ไม่เหลือวันทำการ"

    def _by_hour(self, at: datetime) -> tuple[str, str]:
        if at < self.now:
            return "overdue", "เกินกำหนดเวลา"
        return ("soon", "ครบกำหนดวันนี้") if timezone.localdate(at) == self.today else ("ok", "")

    def _closed(self, task: Task, day: date) -> tuple[str, str]:
        if task.status != TaskStatus.DONE or task.happened_on is None:
            return "none", task.get_status_display()
        if task.happened_on <= day:
            return "done", "ทันกำหนด"
        late = self.calendar.count(day, task.happened_on)
        return "done", f"ช้ากว่ากำหนด {late} วันทำการ" if late else "ช้ากว่ากำหนด"


def clock() -> Clock:
    """The moment of this request, and the calendar as it stands (one query)."""
    now = timezone.now()
    return Clock(now, timezone.localdate(now), work_calendar())
