"""The memo of a deciding row: kept while typed, offered again, never written over unseen."""

import pytest

from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from tests.factories.people import make_officer, make_user
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, Bench, complete, days_later, make_bench, open_task
from tests.workflows.letters.rows import asking_task
from workflows.cases import moves
from workflows.cases.models import Case, Task
from workflows.letters.memos import memo_of, missing_parts, offer
from workflows.letters.models import Letter
from workflows.letters.services import Seen, save_memo

pytestmark = pytest.mark.django_db

FULL = {"facts": "ข้อมูล", "considerations": "ควรทำ", "proposal": "จึงเรียนมา"}


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def save(task: Task, bench: Bench, **values: object) -> Letter:
    facts = {
        "subject": "เรื่อง",
        "to": "ผู้อำนวยการ",
        "parts": FULL,
        "by": bench.officer,
        "now": MONDAY,
    }
    return save_memo(task, **{**facts, **values})


def test_a_memo_keeps_its_five_parts(bench: Bench) -> None:
    save(asking_task(bench), bench, urgency="very")
    memo = Letter.objects.get()
    assert (memo.kind, memo.sender, memo.urgency) == ("memo", bench.unit.name, "very")
    assert memo.fields == {**FULL, "background": "", "law": ""}


def test_typing_a_memo_is_no_event_and_begins_the_row(bench: Bench) -> None:
    task = asking_task(bench)
    before = task.case.events.count()
    save(task, bench)
    assert task.case.events.count() == before
    assert Task.objects.get(pk=task.pk).status == "working"


def test_a_memo_may_be_kept_half_written(bench: Bench) -> None:
    memo = save(asking_task(bench), bench, subject="", to="", parts={"facts": "เพิ่งเริ่ม"})
    assert missing_parts(memo) == ["เรียน", "เรื่อง", "ข้อพิจารณา", "ข้อเสนอ"]


def test_a_whole_memo_lacks_nothing(bench: Bench) -> None:
    assert missing_parts(save(asking_task(bench), bench)) == []


def test_saving_the_same_again_is_no_new_version(bench: Bench) -> None:
    task = asking_task(bench)
    save(task, bench)
    assert save(task, bench, seen=Seen(1, "page")).version == 1


def test_a_newer_memo_is_not_written_over_unseen(bench: Bench) -> None:
    task = asking_task(bench)
    colleague = make_officer(bench.unit)
    save(task, bench)
    save(task, bench, subject="ของเพื่อน", by=colleague, seen=Seen(1, "theirs"))
    with pytest.raises(StateConflict, match=f"{colleague.full_name}บันทึกบันทึกข้อความนี้"):
        save(task, bench, subject="ของฉัน", seen=Seen(1, "mine"))
    assert Letter.objects.get().subject == "ของเพื่อน"


def test_a_page_is_not_surprised_by_its_own_savings(bench: Bench) -> None:
    task = asking_task(bench)
    save(task, bench, seen=Seen(0, "mine"))
    assert save(task, bench, subject="พิมพ์ต่อ", seen=Seen(0, "mine")).version == 2


def test_a_memo_after_reading_the_newer_one_is_kept(bench: Bench) -> None:
    task = asking_task(bench)
    save(task, bench)
    save(task, bench, subject="ของเพื่อน", seen=Seen(1, "theirs"))
    assert save(task, bench, subject="ของฉัน", seen=Seen(2, "mine")).version == 3


def test_an_unknown_urgency_is_refused(bench: Bench) -> None:
    with pytest.raises(RuleBroken) as refusal:
        save(asking_task(bench), bench, urgency="soonish")
    assert refusal.value.field == "urgency"


def test_a_stranger_writes_no_memo(bench: Bench) -> None:
    with pytest.raises(NotAllowed):
        save(asking_task(bench), bench, by=make_user())


def test_a_row_that_decides_nothing_has_no_memo(bench: Bench) -> None:
    with pytest.raises(StateConflict):
        save(open_task(bench.start()), bench)


def test_a_decided_row_keeps_its_memo(bench: Bench) -> None:
    task = asking_task(bench)
    save(task, bench)
    moves.mark_decided(moves.lock_task(task.pk), now=MONDAY)
    with pytest.raises(StateConflict, match="พิจารณาแล้ว"):
        save(task, bench, subject="แก้ทีหลัง")


# -- what is offered


def test_a_first_memo_begins_with_the_case_and_its_results(bench: Bench) -> None:
    deciding = {"key": "ask", "decides": "decide", "chain": ["director"], "verb": "พิจารณาอนุมัติ"}
    case = bench.start(make_flow(["study", deciding]), title="แผนอบรม")
    complete(open_task(case), bench.officer)
    offered = offer(open_task(case))
    assert (offered.to, offered.subject, offered.source) == (
        "ตำแหน่ง director", "แผนอบรม", "",
    )  # fmt: skip
    assert offered.parts == {
        "facts": "ขั้นตอน study: ทำแล้ว", "proposal": "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ",
    }  # fmt: skip


def test_an_acknowledgement_asks_to_be_acknowledged(bench: Bench) -> None:
    task = asking_task(bench, decides="acknowledge", verb="รับทราบ")
    assert offer(task).parts["proposal"] == "จึงเรียนมาเพื่อโปรดรับทราบ"


def test_a_new_round_offers_the_memo_of_the_one_before(bench: Bench) -> None:
    task = asking_task(bench)
    save(task, bench, urgency="urgent")
    case = moves.lock_case(task.case_id)
    again = moves.go_to(case, "ask", by=bench.head, now=days_later(1))
    offered = offer(again)
    assert memo_of(again) is None
    assert (offered.subject, offered.urgency, offered.parts["facts"], offered.source) == (
        "เรื่อง", "urgent", "ข้อมูล", "รอบที่ 1",
    )  # fmt: skip


def test_words_taken_over_come_with_the_results_they_do_not_tell(bench: Bench) -> None:
    deciding = {"key": "ask", "decides": "decide", "chain": ["director"], "verb": "อนุมัติ"}
    case = bench.start(make_flow(["study", deciding]))
    complete(open_task(case), bench.officer)
    save(open_task(case), bench, parts={**FULL, "facts": "ตัวเลขเดิม"})
    again = moves.go_to(moves.lock_case(case.pk), "ask", by=bench.head, now=days_later(1))
    assert offer(again).latest == "ขั้นตอน study: ทำแล้ว"
    save(again, bench, parts={**FULL, "facts": "ขั้นตอน study: ทำแล้ว"})
    third = moves.go_to(moves.lock_case(case.pk), "ask", by=bench.head, now=days_later(2))
    assert offer(third).latest == ""


def test_a_case_made_after_an_earlier_one_offers_its_memo(bench: Bench) -> None:
    last_year = asking_task(bench)
    save(last_year, bench, subject="ปีก่อน")
    case = bench.start(last_year.case.flow)
    Case.objects.filter(pk=case.pk).update(copy_of=last_year.case)
    offered = offer(open_task(Case.objects.get(pk=case.pk)))
    assert (offered.subject, offered.source) == ("ปีก่อน", f"เรื่อง {last_year.case.code}")
