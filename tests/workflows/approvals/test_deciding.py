"""What each link may say, and what comes of it."""

from datetime import timedelta

import pytest

from portal.accounts.models import User
from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from portal.notices.models import Notice
from tests.factories.people import delegate, make_officer, make_user
from tests.factories.standard import make_flow
from tests.factories.work import MONDAY, Bench, complete, make_bench, open_task
from tests.workflows.approvals.papers import (
    LATER,
    again,
    approval_flow,
    at_director,
    give,
    open_link,
    prove,
    submitted,
    write_memo,
)
from workflows.approvals.content import shown_hash
from workflows.approvals.deciding import decide, targets, usual_target, what_happened
from workflows.approvals.models import Decision, Outcome, Submission
from workflows.approvals.submitting import submit, withdraw
from workflows.cases import history
from workflows.cases.models import Task
from workflows.cases.moves import row_name
from workflows.cases.services import cancel_case, tick_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def words(outcome: str) -> dict[str, str]:
    return {"comment": "เพราะเหตุนี้"} if outcome != "returned" else {"comment": "ขอให้ทบทวน"}


def target(decision: Decision, key: str) -> dict[str, object]:
    return {"return_to": decision.submission.task.case.flow.steps.get(key=key)}


# -- role × outcome

MIDDLE = {"endorsed", "opposed", "sent_back", "returned"}
LAST = {
    "decide": {"approved", "approved_if", "sent_back", "returned", "refused"},
    "acknowledge": {"acknowledged", "sent_back", "returned"},
}


@pytest.mark.parametrize("decides", ["decide", "acknowledge"])
@pytest.mark.parametrize("outcome", Outcome.values)
def test_a_link_on_the_way_gives_an_opinion_or_sends_back(
    bench: Bench, decides: str, outcome: str
) -> None:
    decision = open_link(submitted(bench, approval_flow(decides=decides)))
    facts = {**words(outcome), **target(decision, "draft")}
    if outcome in MIDDLE:
        assert give(decision, bench.head, outcome, **facts).outcome == outcome
    else:
        with pytest.raises(RuleBroken) as refusal:
            give(decision, bench.head, outcome, **facts)
        assert refusal.value.field == "outcome"


@pytest.mark.parametrize("decides", ["decide", "acknowledge"])
@pytest.mark.parametrize("outcome", Outcome.values)
def test_the_last_link_says_what_the_row_asks(bench: Bench, decides: str, outcome: str) -> None:
    decision = at_director(bench, approval_flow(decides=decides))
    facts = {**words(outcome), **target(decision, "draft")}
    if outcome in LAST[decides]:
        assert give(decision, bench.director, outcome, **facts).outcome == outcome
    else:
        with pytest.raises(RuleBroken) as refusal:
            give(decision, bench.director, outcome, **facts)
        assert refusal.value.field == "outcome"


@pytest.mark.parametrize("who", ["officer", "head", "deputy"])
def test_only_who_sits_in_the_post_decides(bench: Bench, who: str) -> None:
    decision = at_director(bench)
    with pytest.raises(NotAllowed):
        give(decision, getattr(bench, who), "approved")


def test_the_administrator_decides_nothing(bench: Bench) -> None:
    decision = at_director(bench)
    with pytest.raises(NotAllowed):
        give(decision, make_user(administers=True), "approved")


@pytest.mark.parametrize("outcome", ["opposed", "sent_back"])
def test_an_opinion_against_says_why(bench: Bench, outcome: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        give(open_link(submitted(bench)), bench.head, outcome, comment="  ")
    assert refusal.value.field == "comment"


@pytest.mark.parametrize("outcome", ["approved_if", "sent_back", "refused", "returned"])
def test_the_last_link_says_why_it_does_not_simply_approve(bench: Bench, outcome: str) -> None:
    decision = at_director(bench)
    with pytest.raises(RuleBroken) as refusal:
        give(decision, bench.director, outcome, comment="", **target(decision, "draft"))
    assert refusal.value.field == "comment"


# -- on the way up


@pytest.mark.parametrize("outcome", ["endorsed", "opposed"])
def test_an_opinion_goes_up_either_way(bench: Bench, outcome: str) -> None:
    submission = submitted(bench)
    give(open_link(submission), bench.head, outcome, comment="งบประมาณไม่พอ")
    assert open_link(submission).rank == "deputy"
    assert (
        Notice.objects.filter(path=f"/decisions/{open_link(submission).pk}/").get().to
        == bench.deputy
    )


def test_each_link_seals_what_it_saw(bench: Bench) -> None:
    submission = submitted(bench)
    first = shown_hash(open_link(submission))
    given = give(open_link(submission), bench.head, "opposed", comment="งบไม่พอ")
    assert given.shown_hash == first
    assert shown_hash(open_link(submission)) != first


# -- decided


def test_approving_closes_the_row_and_opens_the_next(bench: Bench) -> None:
    decision = give(at_director(bench), bench.director, "approved")
    task = Task.objects.get(pk=decision.submission.task_id)
    assert (task.status, task.decided_at, task.happened_on) == ("done", LATER, LATER.date())
    assert open_task(again(task.case)).step.key == "after"
    assert Submission.objects.get(pk=decision.submission_id).ended == "decided"


def test_approving_with_a_condition_goes_on_with_the_words_kept(bench: Bench) -> None:
    decision = give(at_director(bench), bench.director, "approved_if", comment="ภายในงบเดิม")
    assert open_task(again(decision.submission.task.case)).step.key == "after"
    event = decision.submission.task.case.events.get(action="approved_if")
    assert event.text.endswith("ให้ความเห็นชอบโดยมีเงื่อนไข ขั้นตอนที่ 3 ขั้นตอน ask: ภายในงบเดิม")


def test_approving_gives_the_row_back_while_work_after_the_decision_is_left(bench: Bench) -> None:
    items = [{"key": "tell", "text": "แจ้งผล", "step": "ask", "after_decision": True}]
    decision = give(at_director(bench, approval_flow(items=items)), bench.director, "approved")
    task = open_task(again(decision.submission.task.case))
    assert (task.step.key, task.status, task.decided_at) == ("ask", "working", LATER)
    tick_item(task, "tell", done=True, by=bench.officer, now=LATER)
    complete(task, bench.officer, now=LATER)
    assert open_task(again(task.case)).step.key == "after"


def test_a_decided_row_is_not_submitted_again(bench: Bench) -> None:
    items = [{"key": "tell", "text": "แจ้งผล", "step": "ask", "after_decision": True}]
    decision = give(at_director(bench, approval_flow(items=items)), bench.director, "approved")
    with pytest.raises(StateConflict):
        submit(decision.submission.task, by=bench.officer, now=LATER)


def test_acknowledging_the_last_row_closes_the_case(bench: Bench) -> None:
    report = {"key": "report", "decides": "acknowledge", "chain": ["director"], "verb": "รับทราบ"}
    task = open_task(bench.start(make_flow([report])))
    write_memo(task, bench.officer)
    submission = submit(task, by=bench.officer, now=MONDAY)
    give(open_link(submission), bench.director, "acknowledged")
    assert again(task.case).status == "done"


def test_refusing_ends_the_case_as_refused(bench: Bench) -> None:
    decision = give(at_director(bench), bench.director, "refused", comment="ไม่มีงบประมาณ")
    case = again(decision.submission.task.case)
    assert (case.status, Task.objects.get(pk=decision.submission.task_id).status) == (
        "refused", "refused",
    )  # fmt: skip
    assert history.verify(case) == []


def test_the_submitter_is_told_what_was_said(bench: Bench) -> None:
    decision = give(at_director(bench), bench.director, "approved", comment="ดำเนินการได้")
    told = Notice.objects.get(key=f"decision-{decision.pk}-given")
    assert told.to == bench.officer
    assert told.text.endswith("ขอความเห็นชอบแนวทาง ให้ความเห็นชอบ: ดำเนินการได้")


# -- returned and sent back


@pytest.mark.parametrize("key", ["study", "draft", "ask"])
def test_returning_opens_the_named_row_in_its_next_round(bench: Bench, key: str) -> None:
    decision = at_director(bench)
    give(decision, bench.director, "returned", comment="ข้อมูลไม่ครบ", **target(decision, key))
    task = open_task(again(decision.submission.task.case))
    assert (task.step.key, task.round, task.status, task.result) == (
        key, 2, "open", "" if key == "ask" else "ทำแล้ว",
    )  # fmt: skip
    assert Task.objects.get(pk=decision.submission.task_id).status == "returned"


def test_a_return_says_where_it_comes_from_and_goes_to(bench: Bench) -> None:
    decision = at_director(bench)
    give(decision, bench.director, "returned", comment="ข้อมูลไม่ครบ", **target(decision, "draft"))
    row = decision.submission.task
    said = row.case.events.get(action="returned").text
    step = row.case.flow.steps.get(key="draft")
    assert f"จาก{row_name(row)} ไปขั้นตอนที่ {step.number} {step.chart_text}: ข้อมูลไม่ครบ" in said


def test_a_return_goes_to_no_later_row(bench: Bench) -> None:
    decision = at_director(bench)
    with pytest.raises(RuleBroken) as refusal:
        give(decision, bench.director, "returned", comment="x", **target(decision, "after"))
    assert refusal.value.field == "return_to"


def test_a_return_names_its_row(bench: Bench) -> None:
    with pytest.raises(RuleBroken) as refusal:
        give(at_director(bench), bench.director, "returned", comment="ข้อมูลไม่ครบ")
    assert refusal.value.field == "return_to"


def test_a_return_goes_to_no_row_of_another_flow(bench: Bench) -> None:
    foreign = approval_flow().steps.get(key="draft")
    with pytest.raises(RuleBroken):
        give(at_director(bench), bench.director, "returned", comment="x", return_to=foreign)


def test_the_printed_row_is_where_a_return_usually_goes(bench: Bench) -> None:
    decision = at_director(bench, approval_flow(returns_to="study"))
    assert usual_target(decision) == "study"
    assert [step.key for step in targets(decision.submission.task)] == ["study", "draft", "ask"]


def test_without_a_printed_row_a_return_usually_goes_to_the_row_before(bench: Bench) -> None:
    assert usual_target(at_director(bench)) == "draft"


def test_on_the_way_up_a_return_usually_goes_to_the_row_itself(bench: Bench) -> None:
    assert usual_target(open_link(submitted(bench))) == "ask"


def test_the_second_round_is_put_up_and_approved(bench: Bench) -> None:
    first = at_director(bench)
    give(first, bench.director, "returned", comment="ทบทวน", **target(first, "draft"))
    case = again(first.submission.task.case)
    complete(open_task(case, "draft"), bench.officer, now=LATER)
    task = open_task(case, "ask")
    write_memo(task, bench.officer, now=LATER, parts={"proposal": "ข้อเสนอใหม่"})
    submission = submit(task, by=bench.officer, now=LATER)
    give(open_link(submission), bench.head, "endorsed")
    give(open_link(submission), bench.deputy, "endorsed")
    give(open_link(submission), bench.director, "approved")
    assert open_task(again(case)).step.key == "after"
    assert history.verify(again(case)) == []


def test_the_second_round_shows_what_was_said_and_what_changed(bench: Bench) -> None:
    first = at_director(bench)
    give(first, bench.director, "returned", comment="ทบทวน", **target(first, "ask"))
    task = open_task(again(first.submission.task.case))
    write_memo(task, bench.officer, now=LATER, parts={"proposal": "ข้อเสนอใหม่"})
    content = submit(task, by=bench.officer, now=LATER).content
    said = [(each["words"], each["comment"]) for each in content["earlier"][0]["said"]]
    assert said == [
        ("เห็นควรให้ความเห็นชอบ", ""), ("เห็นควรให้ความเห็นชอบ", ""), ("คืนเรื่อง", "ทบทวน"),
    ]  # fmt: skip
    assert content["changes"] == [
        {"label": "ข้อเสนอ", "before": "จึงเรียนมาเพื่อโปรดพิจารณาให้ความเห็นชอบ", "after": "ข้อเสนอใหม่"}
    ]


def test_sending_back_for_wording_stays_in_the_round_and_clock(bench: Bench) -> None:
    decision = at_director(bench)
    before = decision.submission.task
    give(decision, bench.director, "sent_back", comment="แก้คำผิด")
    task = open_task(again(before.case))
    assert (task.pk, task.status, task.round, task.due_on) == (
        before.pk, "working", 1, before.due_on,
    )  # fmt: skip
    second = submit(task, by=bench.officer, now=LATER)
    assert (second.number, Submission.objects.filter(task=task).count()) == (2, 2)


def test_any_link_may_return(bench: Bench) -> None:
    decision = open_link(submitted(bench))
    give(decision, bench.head, "returned", comment="เขียนใหม่", **target(decision, "ask"))
    assert open_task(again(decision.submission.task.case)).round == 2


# -- rights


def test_the_decision_keeps_the_right_and_the_lines_under_the_name(bench: Bench) -> None:
    decision = give(at_director(bench), bench.director, "approved")
    assert (decision.right, decision.lines, decision.holding) == (
        "own", ["ตำแหน่ง director"], bench.director_post.holdings.get(),
    )  # fmt: skip


def test_while_acting_for_an_absent_director_only_the_acting_person_decides(bench: Bench) -> None:
    order = delegate(bench.director_post, bench.deputy, "vacant")
    bench.deputy.position = "รองผู้อำนวยการ"
    bench.deputy.save()
    decision = at_director(bench)
    with pytest.raises(NotAllowed):
        give(decision, bench.director, "approved")
    decision = give(decision, bench.deputy, "approved")
    assert (decision.right, decision.delegation, decision.lines) == (
        "vacant", order, ["รองผู้อำนวยการ", "รักษาราชการแทน ตำแหน่ง director"],
    )  # fmt: skip


@pytest.mark.parametrize(("who", "right"), [("director", "own"), ("deputy", "delegated")])
def test_delegated_power_leaves_the_holder_his(bench: Bench, who: str, right: str) -> None:
    delegate(bench.director_post, bench.deputy, "delegated")
    assert give(at_director(bench), getattr(bench, who), "approved").right == right


def test_an_expired_order_gives_no_right_any_more(bench: Bench) -> None:
    acting = make_user()
    delegate(bench.director_post, acting, "delegated", until_at=LATER)
    decision = at_director(bench)
    with pytest.raises(NotAllowed, match="ขณะนี้ท่านไม่ได้ดำรงตำแหน่ง"):
        give(decision, acting, "approved")


def test_a_revoked_order_gives_no_right_any_more(bench: Bench) -> None:
    acting = make_user()
    delegate(bench.director_post, acting, "delegated", revoked_at=LATER)
    with pytest.raises(NotAllowed):
        give(at_director(bench), acting, "approved")


def test_nobody_decides_his_own_paper(bench: Bench) -> None:
    delegate(bench.director_post, bench.officer, "delegated")
    with pytest.raises(NotAllowed, match="เรื่องของตนเอง"):
        give(at_director(bench), bench.officer, "approved")


# -- proof


def test_deciding_needs_a_proof(bench: Bench) -> None:
    with pytest.raises(RuleBroken) as refusal:
        give(at_director(bench), bench.director, "approved", proof=None)
    assert refusal.value.field == "password"


def test_an_old_proof_is_no_proof(bench: Bench) -> None:
    old = prove(bench.director, at=LATER - timedelta(minutes=10))
    with pytest.raises(RuleBroken) as refusal:
        give(at_director(bench), bench.director, "approved", proof=old)
    assert refusal.value.field == "password"


def test_somebody_elses_proof_is_no_proof(bench: Bench) -> None:
    with pytest.raises(NotAllowed, match="ของบุคคลอื่น"):
        give(at_director(bench), bench.director, "approved", proof=prove(bench.deputy))


# -- two people, twice, too late


def test_repeating_ones_own_decision_is_harmless(bench: Bench) -> None:
    stale = at_director(bench)
    given = give(stale, bench.director, "approved")
    assert give(stale, bench.director, "approved", now=LATER + timedelta(hours=1)).at == given.at
    assert stale.submission.task.case.events.filter(action="approved").count() == 1


def test_another_outcome_after_ones_own_is_told_what_happened(bench: Bench) -> None:
    stale = at_director(bench)
    give(stale, bench.director, "approved")
    with pytest.raises(StateConflict) as refusal:
        give(stale, bench.director, "refused", comment="เปลี่ยนใจ")
    assert refusal.value.user_message == (
        f"บันทึกไม่ได้ เพราะ{bench.director.full_name} (ตำแหน่ง director) ให้ความเห็นชอบ"
        "ไปแล้วเมื่อ 2 พ.ย. 2569 12:00 น."
    )


def test_the_second_person_is_told_and_nothing_happens_twice(bench: Bench) -> None:
    delegate(bench.director_post, bench.deputy, "delegated")
    stale = at_director(bench)
    give(stale, bench.director, "approved")
    with pytest.raises(StateConflict, match="ให้ความเห็นชอบไปแล้วเมื่อ"):
        give(stale, bench.deputy, "returned", comment="ทบทวน", **target(stale, "draft"))
    case = again(stale.submission.task.case)
    assert case.tasks.filter(status="open").count() == 1
    assert open_task(case).step.key == "after"


def test_a_hash_of_another_page_is_told_to_read_again(bench: Bench) -> None:
    decision = at_director(bench)
    with pytest.raises(StateConflict, match="เปลี่ยนไปหลังจากที่ท่านเปิดหน้า"):
        give(decision, bench.director, "approved", seen_hash="0" * 64)
    assert Decision.objects.get(pk=decision.pk).status == "open"


def test_a_tampered_content_is_not_decided(bench: Bench) -> None:
    decision = at_director(bench)
    content = {**decision.submission.content, "memo": {"proposal": "อื่น"}}
    Submission.objects.filter(pk=decision.submission_id).update(content=content)
    with pytest.raises(StateConflict, match="ไม่ตรงกับที่บันทึกไว้ตอนเสนอ"):
        give(decision, bench.director, "approved")


def test_a_withdrawn_paper_is_not_decided(bench: Bench) -> None:
    decision = at_director(bench)
    withdraw(decision.submission, by=bench.officer, now=LATER)
    with pytest.raises(StateConflict, match=f"{bench.officer.full_name} ถอนเรื่องไปแล้วเมื่อ"):
        give(decision, bench.director, "approved")


def test_a_paper_of_a_cancelled_case_is_not_decided(bench: Bench) -> None:
    decision = at_director(bench)
    cancel_case(decision.submission.task.case, reason="ซ้ำ", by=bench.head, now=LATER)
    with pytest.raises(StateConflict, match="ขั้นตอนนี้ปิดไปแล้ว"):
        give(decision, bench.director, "approved")


def test_a_link_does_not_speak_before_its_turn(bench: Bench) -> None:
    submission = submitted(bench)
    last = submission.decisions.get(is_last=True)
    with pytest.raises(StateConflict, match="ยังไม่ถึงลำดับนี้"):
        give(last, bench.director, "approved")


def test_a_link_after_a_return_is_dead_and_says_who_returned(bench: Bench) -> None:
    submission = submitted(bench)
    first = open_link(submission)
    give(first, bench.head, "returned", comment="ทบทวน", **target(first, "ask"))
    later = submission.decisions.select_related("submission__task").get(position=2)
    assert what_happened(later) == (
        f"{bench.head.full_name} (ตำแหน่ง head) คืนเรื่องไปแล้วเมื่อ 2 พ.ย. 2569 12:00 น."
    )


def test_a_colleague_of_the_director_is_no_director(bench: Bench) -> None:
    stranger: User = make_officer(bench.unit)
    decision = at_director(bench)
    with pytest.raises(NotAllowed):
        decide(
            decision, by=stranger, outcome="approved", proof=prove(stranger),
            seen_hash=shown_hash(decision), now=MONDAY + timedelta(hours=3),
        )  # fmt: skip
