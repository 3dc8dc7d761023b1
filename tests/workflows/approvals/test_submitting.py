"""Putting a row up: what it needs, who is asked, what is frozen."""

import pytest

from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from portal.notices.models import Notice
from tests.factories.people import delegate, make_officer, make_user, seat
from tests.factories.work import MONDAY, Bench, make_bench, open_task
from tests.workflows.approvals.papers import (
    LATER,
    approval_flow,
    at_asking,
    at_director,
    give,
    open_link,
    prepared,
    submitted,
    write_memo,
)
from workflows.approvals.content import content_hash, is_genuine
from workflows.approvals.models import Decision, Submission
from workflows.approvals.submitting import skip_link, submit, withdraw
from workflows.cases import history, waits
from workflows.cases.models import Task
from workflows.letters.services import save_memo

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def links(submission: Submission) -> list[tuple[str, str, str]]:
    return [(link.rank, link.status, link.comment) for link in submission.decisions.all()]


def test_submitting_opens_the_first_link_of_the_printed_chain(bench: Bench) -> None:
    submission = submitted(bench)
    assert links(submission) == [
        ("head", "open", ""), ("deputy", "waiting", ""), ("director", "waiting", ""),
    ]  # fmt: skip
    assert [link.is_last for link in submission.decisions.all()] == [False, False, True]
    assert Task.objects.get(pk=submission.task_id).status == "submitted"


def test_submitting_tells_who_may_speak_first(bench: Bench) -> None:
    submission = submitted(bench)
    told = Notice.objects.filter(path=f"/decisions/{open_link(submission).pk}/")
    assert [notice.to for notice in told] == [bench.head]


def test_submitting_writes_one_line_of_history_with_the_content_hash(bench: Bench) -> None:
    submission = submitted(bench)
    event = submission.task.case.events.filter(action="submitted").get()
    assert event.data == {"submission": 1, "content": submission.content_hash}
    assert history.verify(submission.task.case) == []


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ({"parts": {"proposal": " "}}, "ข้อเสนอ"),
        ({"parts": {"facts": ""}}, "ข้อเท็จจริง"),
        ({"subject": ""}, "เรื่อง"),
        ({"to": ""}, "เรียน"),
    ],
)
def test_submitting_needs_the_parts_of_the_memo(bench: Bench, lacking: dict, told: str) -> None:
    task = at_asking(bench)
    write_memo(task, bench.officer, **lacking)
    with pytest.raises(RuleBroken) as refusal:
        submit(task, by=bench.officer, now=MONDAY)
    assert refusal.value.user_message == f"ยังเสนอไม่ได้ ยังขาด: {told}"


def test_submitting_needs_a_memo(bench: Bench) -> None:
    with pytest.raises(RuleBroken, match="ยังขาด: บันทึกข้อความ"):
        submit(at_asking(bench), by=bench.officer, now=MONDAY)


def test_submitting_needs_what_is_not_printed_after_the_decision(bench: Bench) -> None:
    flow = approval_flow(
        items=[
            {"key": "letter", "text": "หนังสือ", "step": "ask", "needs": "letter"},
            {"key": "report", "text": "รายงาน", "step": "ask", "needs": "outside_report",
             "after_decision": True},
        ]
    )  # fmt: skip
    with pytest.raises(RuleBroken) as refusal:
        submit(prepared(bench, flow), by=bench.officer, now=MONDAY)
    assert refusal.value.user_message == "ยังเสนอไม่ได้ ยังขาด: หนังสือ"


def test_submitting_is_refused_while_the_row_waits(bench: Bench) -> None:
    task = prepared(bench)
    waits.begin(
        task,
        party="other",
        whom="",
        reason="รอข้อมูล",
        stops_clock=False,
        by=bench.officer,
        now=MONDAY,
    )
    with pytest.raises(RuleBroken, match="การรอที่ยังไม่สิ้นสุด"):
        submit(task, by=bench.officer, now=MONDAY)


def test_a_stranger_may_not_submit(bench: Bench) -> None:
    task = prepared(bench)
    with pytest.raises(NotAllowed):
        submit(task, by=make_user(), now=MONDAY)


def test_a_submitted_row_is_not_submitted_by_a_colleague_again(bench: Bench) -> None:
    submission = submitted(bench)
    with pytest.raises(StateConflict):
        submit(submission.task, by=make_officer(bench.unit), now=MONDAY)


def test_submitting_twice_gives_the_same_submission(bench: Bench) -> None:
    task = prepared(bench)
    first = submit(task, by=bench.officer, now=MONDAY)
    assert submit(task, by=bench.officer, now=LATER) == first
    assert Submission.objects.count() == 1


# -- the chain


def test_the_submitters_own_link_is_passed_over_with_the_reason(bench: Bench) -> None:
    submission = submit(prepared(bench), by=bench.head, now=MONDAY)
    assert links(submission)[0] == ("head", "skipped", "เป็นผู้เสนอเรื่องเอง")
    assert open_link(submission).rank == "deputy"


def test_an_empty_post_on_the_way_is_passed_over(bench: Bench) -> None:
    bench.deputy_post.holdings.update(until_at=MONDAY)
    submission = submitted(bench)
    assert links(submission)[1] == ("deputy", "skipped", "ตำแหน่งว่างและไม่มีผู้รักษาราชการแทน")


def test_a_missing_post_on_the_way_is_passed_over(bench: Bench) -> None:
    bench.unit.deputy = None
    bench.unit.save()
    submission = submitted(bench)
    assert links(submission)[1] == ("deputy", "skipped", "ไม่มีตำแหน่งนี้ในสายการบังคับบัญชาของกลุ่ม")


def test_history_says_who_was_passed_over(bench: Bench) -> None:
    submission = submit(prepared(bench), by=bench.head, now=MONDAY)
    text = submission.task.case.events.get(action="submitted").text
    assert text.endswith("ไม่ผ่าน ตำแหน่ง head (เป็นผู้เสนอเรื่องเอง)")


def test_an_acting_person_stands_in_for_an_empty_post(bench: Bench) -> None:
    bench.deputy_post.holdings.update(until_at=MONDAY)
    acting = make_user()
    delegate(bench.deputy_post, acting, "vacant")
    assert links(submitted(bench))[1] == ("deputy", "waiting", "")


def test_nothing_is_submitted_where_the_last_post_is_empty(bench: Bench) -> None:
    bench.director_post.holdings.update(until_at=MONDAY)
    task = prepared(bench)
    with pytest.raises(RuleBroken, match="ไม่มีผู้พิจารณาคนสุดท้าย"):
        submit(task, by=bench.officer, now=MONDAY)
    assert Submission.objects.count() == 0


def test_the_director_cannot_submit_to_himself(bench: Bench) -> None:
    seat(bench.director, bench.head_post)
    task = prepared(bench)
    with pytest.raises(RuleBroken, match="เป็นผู้เสนอเรื่องเอง"):
        submit(task, by=bench.director, now=MONDAY)


def test_a_link_is_left_out_with_a_reason(bench: Bench) -> None:
    submission = submit(prepared(bench), by=bench.officer, now=MONDAY, left_out={2: "ไปราชการ"})
    assert links(submission)[1] == ("deputy", "skipped", "ไปราชการ")
    assert submission.decisions.get(position=2).by == bench.officer


def test_a_link_is_not_left_out_without_a_reason(bench: Bench) -> None:
    with pytest.raises(RuleBroken) as refusal:
        submit(prepared(bench), by=bench.officer, now=MONDAY, left_out={2: " "})
    assert refusal.value.field == "reason_2"


def test_the_last_link_is_never_left_out(bench: Bench) -> None:
    with pytest.raises(RuleBroken, match="ข้ามผู้พิจารณาคนสุดท้ายไม่ได้"):
        submit(prepared(bench), by=bench.officer, now=MONDAY, left_out={3: "ไม่อยู่"})


def test_a_link_that_empties_on_the_way_is_passed_over(bench: Bench) -> None:
    submission = submitted(bench)
    bench.deputy_post.holdings.update(until_at=MONDAY)
    give(open_link(submission), bench.head, "endorsed")
    assert open_link(submission).rank == "director"
    assert submission.decisions.get(position=2).comment == "ตำแหน่งว่างและไม่มีผู้รักษาราชการแทน"


def test_the_last_link_waits_for_whoever_will_sit_there(bench: Bench) -> None:
    submission = submitted(bench)
    bench.director_post.holdings.update(until_at=MONDAY)
    give(open_link(submission), bench.head, "endorsed")
    give(open_link(submission), bench.deputy, "endorsed")
    acting = make_user()
    delegate(bench.director_post, acting, "vacant", order_number="9/2569")
    decision = give(open_link(submission), acting, "approved")
    assert decision.right == "vacant"


def test_the_head_skips_a_link_that_does_not_come(bench: Bench) -> None:
    submission = submitted(bench)
    give(open_link(submission), bench.head, "endorsed")
    skip_link(open_link(submission), reason="ลาป่วยยาว", by=bench.head, now=LATER)
    assert links(submission)[1] == ("deputy", "skipped", "ลาป่วยยาว")
    assert open_link(submission).rank == "director"


@pytest.mark.parametrize("who", ["officer", "director"])
def test_only_who_leads_the_unit_skips_a_link(bench: Bench, who: str) -> None:
    submission = submitted(bench)
    with pytest.raises(NotAllowed):
        skip_link(open_link(submission), reason="ไม่อยู่", by=getattr(bench, who), now=LATER)


def test_skipping_a_link_needs_a_reason(bench: Bench) -> None:
    with pytest.raises(RuleBroken):
        skip_link(open_link(submitted(bench)), reason=" ", by=bench.deputy, now=LATER)


def test_the_last_link_is_never_skipped(bench: Bench) -> None:
    with pytest.raises(RuleBroken, match="คนสุดท้าย"):
        skip_link(at_director(bench), reason="ไม่อยู่", by=bench.head, now=LATER)


def test_a_link_that_has_spoken_is_not_skipped(bench: Bench) -> None:
    submission = submitted(bench)
    given = give(open_link(submission), bench.head, "endorsed")
    with pytest.raises(StateConflict, match="ให้ความเห็นไปแล้ว"):
        skip_link(given, reason="ไม่อยู่", by=bench.deputy, now=LATER)


# -- the frozen content


def test_the_content_is_what_the_database_gives_back(bench: Bench) -> None:
    submission = Submission.objects.get(pk=submitted(bench).pk)
    assert content_hash(submission.content) == submission.content_hash
    assert is_genuine(submission)


def test_the_content_holds_the_rows_done_before(bench: Bench) -> None:
    rows = submitted(bench).content["rows"]
    assert [(row["key"], row["result"], row["happened_on"]) for row in rows] == [
        ("study", "ทำแล้ว", "2026-11-02"), ("draft", "ทำแล้ว", "2026-11-02"),
    ]  # fmt: skip


def test_the_content_does_not_follow_the_memo_any_more(bench: Bench) -> None:
    submission = submitted(bench)
    submission.task.letters.update(subject="แก้ทีหลัง")
    assert (
        Submission.objects.get(pk=submission.pk).content["memo"]["subject"] == "ขอความเห็นชอบแนวทาง"
    )


def test_the_memo_cannot_be_typed_on_while_it_is_up(bench: Bench) -> None:
    submission = submitted(bench)
    with pytest.raises(StateConflict):
        save_memo(submission.task, subject="แก้", to="", parts={}, by=bench.officer, now=LATER)


def test_a_changed_content_is_not_genuine(bench: Bench) -> None:
    submission = submitted(bench)
    submission.content["memo"]["proposal"] = "ขอเงินเพิ่ม"
    assert not is_genuine(submission)


# -- withdrawing


def test_withdrawing_gives_the_row_back_in_the_same_round_and_clock(bench: Bench) -> None:
    submission = submitted(bench)
    before = submission.task
    submission = withdraw(submission, by=bench.officer, now=LATER)
    task = open_task(before.case)
    assert (submission.ended, task.status, task.round, task.due_on) == (
        "withdrawn", "working", 1, before.due_on,
    )  # fmt: skip


def test_a_withdrawn_row_is_submitted_again_with_the_next_number(bench: Bench) -> None:
    first = withdraw(submitted(bench), by=bench.officer, now=LATER)
    second = submit(first.task, by=bench.officer, now=LATER)
    assert (second.number, second.content["earlier"][0]["ended"]) == (2, "ถอนเรื่อง")


def test_withdrawing_twice_is_harmless(bench: Bench) -> None:
    submission = withdraw(submitted(bench), by=bench.officer, now=LATER)
    assert withdraw(submission, by=bench.officer, now=LATER).ended == "withdrawn"
    assert submission.task.case.events.filter(action="withdrawn").count() == 1


def test_only_the_submitter_withdraws(bench: Bench) -> None:
    submission = submitted(bench)
    with pytest.raises(NotAllowed, match="เฉพาะผู้เสนอ"):
        withdraw(submission, by=make_officer(bench.unit), now=LATER)


def test_a_decided_paper_is_not_withdrawn(bench: Bench) -> None:
    decision = give(at_director(bench), bench.director, "approved")
    with pytest.raises(StateConflict, match="มีผลแล้ว"):
        withdraw(decision.submission, by=bench.officer, now=LATER)


def test_withdrawing_tells_who_was_asked(bench: Bench) -> None:
    submission = withdraw(submitted(bench), by=bench.officer, now=LATER)
    told = Notice.objects.filter(key=f"submission-{submission.pk}-ended")
    assert [notice.to for notice in told] == [bench.head]


def test_links_of_a_withdrawn_paper_stay_as_they_were(bench: Bench) -> None:
    submission = withdraw(submitted(bench), by=bench.officer, now=LATER)
    assert Decision.objects.filter(submission=submission, status="open").count() == 1
