"""Which letters a row has, and how they stand: what the task page shows of this room."""

from dataclasses import dataclass

from django.urls import reverse

from portal.accounts.models import User
from processes.shape import Need
from workflows.cases.models import Task
from workflows.cases.transitions import allowed
from workflows.letters.memos import missing_parts
from workflows.letters.models import Letter, LetterKind

PAGES = {
    LetterKind.MEMO: "letters:memo",
    LetterKind.ORDER: "letters:order",
    LetterKind.INCOMING: "letters:incoming",
    LetterKind.OUTGOING: "letters:outgoing",
}
ORDERS = frozenset({Need.MEMBERS, Need.ORDER})
LETTERS = frozenset({Need.LETTER, Need.NUMBER})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One letter of the row: where it is written, how far it is, what it lacks."""

    kind: LetterKind
    letter: Letter | None
    url: str
    lacking: tuple[str, ...]
    may_write: bool

    @property
    def is_whole(self) -> bool:
        return self.letter is not None and not self.lacking


def letter_kinds(task: Task) -> list[LetterKind]:
    """The letters this row has, from its decision and its needs."""
    if task.activity:
        return []
    kinds = [LetterKind.MEMO] if task.step.decides else []
    needs = {item.needs for item in task.step.items.all()}
    if needs & ORDERS:
        kinds.append(LetterKind.ORDER)
    elif Need.LETTER in needs and task.step.external:
        kinds.append(LetterKind.INCOMING)
    elif needs & LETTERS and not task.step.external:
        kinds.append(LetterKind.OUTGOING)
    return kinds


def sheets_of(task: Task, user: User) -> list[Sheet]:
    """The row's letters as its page shows them."""
    kinds = letter_kinds(task)
    if not kinds:
        return []
    letters = task.letters.select_related("edited_by").prefetch_related("members")
    written = {letter.kind: letter for letter in letters}
    may = "save" in allowed(task, user)
    return [_sheet(task, kind, written.get(kind), may) for kind in kinds]


def _sheet(task: Task, kind: LetterKind, letter: Letter | None, may: bool) -> Sheet:
    frozen = kind == LetterKind.MEMO and task.decided_at is not None
    return Sheet(
        kind, letter, reverse(PAGES[kind], args=[task.pk]), tuple(_lacking(kind, letter)),
        may and not frozen,
    )  # fmt: skip


def _lacking(kind: LetterKind, letter: Letter | None) -> list[str]:
    if letter is None:
        return []
    if kind == LetterKind.MEMO:
        return missing_parts(letter)
    if kind != LetterKind.ORDER:
        return []
    facts = {
        "รายชื่อ": letter.members.all(), "ผู้ลงนาม": letter.fields.get("signer"),
        "เลขที่และวันที่": letter.number, "วันที่แจ้งผู้ได้รับแต่งตั้ง": letter.told_on,
    }  # fmt: skip
    return [name for name, value in facts.items() if not value]
