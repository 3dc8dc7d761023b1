"""The page a superior decides on, and the answers it gives."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import Proof, User
from tests.factories.people import delegate, make_officer, make_unit, make_user
from tests.factories.work import Bench, complete, make_bench, open_task
from tests.workflows.approvals.papers import (
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
from workflows.approvals.models import Decision, Draft, Submission
from workflows.approvals.submitting import submit, withdraw

pytestmark = pytest.mark.django_db

PASSWORD = "krabuan-test"
EARLIER = timezone.now() - timedelta(hours=2)


@pytest.fixture
def bench() -> Bench:
    return make_bench()


@pytest.fixture
def paper(bench: Bench) -> Decision:
    """A paper at the director, put up two hours ago."""
    return _at_director(bench)


def _at_director(bench: Bench) -> Decision:
    submission = submitted(bench, now=EARLIER)
    give(open_link(submission), bench.head, "endorsed", now=EARLIER)
    give(open_link(submission), bench.deputy, "opposed", comment="งบไม่พอ", now=EARLIER)
    return open_link(submission)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(decision: Decision) -> str:
    return reverse("approvals:decision", args=[decision.pk])


def answer(decision: Decision, outcome: str = "approved", **values: object) -> dict[str, object]:
    typed = {"outcome": outcome, "seen": shown_hash(decision), "comment": "", "password": PASSWORD}
    return {**typed, **values}


def now_of(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


# -- reading


def test_the_proposal_is_the_heading(bench: Bench, paper: Decision) -> None:
    text = signed_in(bench.director).get(page(paper)).content.decode()
    heading = text.split("<h1")[1].split("</h1>")[0]
    assert heading.endswith(">จึงเรียนมาเพื่อโปรดพิจารณาให้ความเห็นชอบ")


def test_the_page_shows_what_the_links_before_said(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).get(page(paper))
    said = [(stop.decision.by, stop.words) for stop in response.context["opinions"]]
    assert said == [
        (bench.head, "เห็นควรให้ความเห็นชอบ"), (bench.deputy, "ไม่เห็นควรให้ความเห็นชอบ"),
    ]  # fmt: skip


def test_the_page_is_drawn_from_the_frozen_content(bench: Bench, paper: Decision) -> None:
    paper.submission.task.letters.update(subject="แก้ทีหลัง")
    text = signed_in(bench.director).get(page(paper)).content.decode()
    assert "แก้ทีหลัง" not in text


def test_the_buttons_carry_the_verb_of_the_step(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).get(page(paper))
    assert [choice.words for choice in response.context["choices"]] == [
        "ให้ความเห็นชอบ", "ให้ความเห็นชอบโดยมีเงื่อนไข", "ส่งกลับแก้ถ้อยคำ", "คืนเรื่อง", "ไม่ให้ความเห็นชอบ",
    ]  # fmt: skip


def test_a_link_on_the_way_gets_the_words_of_an_opinion(bench: Bench) -> None:
    decision = open_link(submitted(bench, now=EARLIER))
    response = signed_in(bench.head).get(page(decision))
    assert [choice.words for choice in response.context["choices"]] == [
        "เห็นควรให้ความเห็นชอบ", "ไม่เห็นควรให้ความเห็นชอบ", "ส่งกลับแก้ถ้อยคำ", "คืนเรื่อง",
    ]  # fmt: skip


def test_an_acknowledgement_is_acknowledged(bench: Bench) -> None:
    decision = at_director(bench, approval_flow(decides="acknowledge"))
    response = signed_in(bench.director).get(page(decision))
    assert response.context["choices"][0].words == "รับทราบ"


def test_the_usual_row_to_return_to_is_chosen(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).get(page(paper))
    returning = response.context["choices"][3].form
    assert returning["return_to"].value() == "draft"


@pytest.mark.parametrize("who", ["officer", "head", "deputy"])
def test_others_of_the_work_only_read(bench: Bench, paper: Decision, who: str) -> None:
    response = signed_in(getattr(bench, who)).get(page(paper))
    assert (response.status_code, response.context["choices"]) == (200, [])


def test_the_submitter_is_told_why_he_only_reads(bench: Bench, paper: Decision) -> None:
    text = signed_in(bench.officer).get(page(paper)).content.decode()
    assert "ท่านเป็นผู้เสนอเรื่องนี้ จึงอ่านได้อย่างเดียว" in text


@pytest.mark.parametrize("make", [make_user, lambda: make_officer(make_unit("อื่น"))])
def test_a_stranger_does_not_see_the_paper(paper: Decision, make: Callable[[], User]) -> None:
    stranger = signed_in(make())
    assert stranger.get(page(paper)).status_code == 404
    assert stranger.post(page(paper), answer(paper)).status_code == 404


def test_an_acting_person_is_told_in_which_right_he_decides(bench: Bench, paper: Decision) -> None:
    acting = make_user(position="รองผู้อำนวยการ")
    delegate(bench.director_post, acting, "vacant")
    response = signed_in(acting).get(page(paper))
    assert response.context["lines"] == ["รองผู้อำนวยการ", "รักษาราชการแทน ตำแหน่ง director"]


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_page_costs_the_same_however_long_the_story(
    bench: Bench, django_assert_num_queries: DjangoAssertNumQueries, rounds: int
) -> None:
    decision = _at_director(bench)
    for _ in range(rounds - 1):
        give(decision, bench.director, "returned", comment="ทบทวน", now=EARLIER,
             return_to=decision.submission.task.case.flow.steps.get(key="draft"))  # fmt: skip
        case = again(decision.submission.task.case)
        complete(open_task(case), bench.officer, now=EARLIER)
        write_memo(open_task(case), bench.officer, now=EARLIER)
        decision = _climb(bench, submit(open_task(case), by=bench.officer, now=EARLIER))
    client = signed_in(bench.director)
    client.get(page(decision))
    with django_assert_num_queries(18):
        client.get(page(decision))


def _climb(bench: Bench, submission: Submission) -> Decision:
    give(open_link(submission), bench.head, "endorsed", now=EARLIER)
    give(open_link(submission), bench.deputy, "endorsed", now=EARLIER)
    return open_link(submission)


# -- answering


def test_deciding_leads_to_the_page_that_says_it_is_saved(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).post(page(paper), answer(paper))
    assert (response.status_code, response.headers["Location"]) == (
        302, reverse("approvals:saved", args=[paper.pk]),
    )  # fmt: skip
    assert (now_of(paper).outcome, now_of(paper).proof.user) == ("approved", bench.director)


def test_a_wrong_password_is_said_beside_its_field(bench: Bench, paper: Decision) -> None:
    typed = answer(paper, "refused", password="wrong", comment="ไม่มีงบ")
    response = signed_in(bench.director).post(page(paper), typed)
    form = response.context["refused"]
    assert (response.status_code, form.errors["password"], form["comment"].value()) == (
        400, ["รหัสผ่านไม่ถูกต้อง"], "ไม่มีงบ",
    )  # fmt: skip
    assert now_of(paper).status == "open"


def test_a_missing_password_is_asked_for(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).post(page(paper), answer(paper, password=""))
    assert (response.status_code, list(response.context["refused"].errors)) == (400, ["password"])


def test_a_fresh_proof_asks_for_no_password(bench: Bench, paper: Decision) -> None:
    prove(bench.director, at=timezone.now() - timedelta(minutes=1))
    client = signed_in(bench.director)
    first = client.get(page(paper)).context["choices"][0]
    assert "password" not in first.form.fields
    assert client.post(page(paper), answer(paper, password="")).status_code == 302
    assert Proof.objects.filter(user=bench.director).count() == 1


def test_a_proof_goes_stale_after_the_minutes_of_the_office(bench: Bench, paper: Decision) -> None:
    prove(bench.director, at=timezone.now() - timedelta(minutes=11))
    response = signed_in(bench.director).post(page(paper), answer(paper, password=""))
    assert response.status_code == 400


@pytest.mark.parametrize("outcome", ["approved_if", "sent_back", "returned", "refused"])
def test_a_missing_reason_is_said_beside_its_field(
    bench: Bench, paper: Decision, outcome: str
) -> None:
    typed = answer(paper, outcome, comment="  ", return_to="draft")
    response = signed_in(bench.director).post(page(paper), typed)
    assert (response.status_code, list(response.context["refused"].errors)) == (400, ["comment"])


def test_a_return_without_a_row_keeps_the_reason(bench: Bench, paper: Decision) -> None:
    typed = answer(paper, "returned", comment="ข้อมูลไม่ครบ")
    response = signed_in(bench.director).post(page(paper), typed)
    form = response.context["refused"]
    assert (response.status_code, list(form.errors)) == (400, ["return_to"])
    assert response.context["choices"][3].is_opened
    assert response.context["choices"][3].form["comment"].value() == "ข้อมูลไม่ครบ"


def test_a_return_to_a_later_row_is_refused(bench: Bench, paper: Decision) -> None:
    typed = answer(paper, "returned", comment="x", return_to="after")
    response = signed_in(bench.director).post(page(paper), typed)
    assert (response.status_code, list(response.context["refused"].errors)) == (400, ["return_to"])


def test_a_return_opens_the_row_it_names(bench: Bench, paper: Decision) -> None:
    typed = answer(paper, "returned", comment="ข้อมูลไม่ครบ", return_to="study")
    assert signed_in(bench.director).post(page(paper), typed).status_code == 302
    assert open_task(again(paper.submission.task.case)).step.key == "study"


def test_an_outcome_of_another_link_is_refused(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).post(page(paper), answer(paper, "endorsed"))
    assert response.status_code == 400


def test_an_unknown_outcome_is_refused(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).post(page(paper), answer(paper, "burned"))
    assert response.status_code == 400


def test_the_second_browser_is_told_what_happened_and_keeps_its_words(
    bench: Bench, paper: Decision
) -> None:
    delegate(bench.director_post, bench.deputy, "delegated")
    typed = answer(paper, "refused", comment="ไม่มีงบประมาณ")
    signed_in(bench.director).post(page(paper), answer(paper))
    response = signed_in(bench.deputy).post(page(paper), typed)
    text = response.content.decode()
    assert response.status_code == 409
    assert f"{bench.director.full_name} (ตำแหน่ง director) ให้ความเห็นชอบไปแล้วเมื่อ" in text
    assert "ไม่มีงบประมาณ" in text
    assert now_of(paper).outcome == "approved"


def test_pressing_twice_leads_to_the_same_saved_page(bench: Bench, paper: Decision) -> None:
    client = signed_in(bench.director)
    typed = answer(paper)
    first = client.post(page(paper), typed)
    assert client.post(page(paper), typed).headers["Location"] == first.headers["Location"]
    assert again(paper.submission.task.case).events.filter(action="approved").count() == 1


def test_a_withdrawn_paper_is_answered_with_a_conflict(bench: Bench, paper: Decision) -> None:
    typed = answer(paper)
    withdraw(paper.submission, by=bench.officer, now=timezone.now())
    response = signed_in(bench.director).post(page(paper), typed)
    assert response.status_code == 409
    assert f"{bench.officer.full_name} ถอนเรื่องไปแล้วเมื่อ" in response.content.decode()


def test_a_stale_page_is_asked_to_read_again(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).post(page(paper), answer(paper, seen="0" * 64))
    assert response.status_code == 409
    assert response.context["choices"] != []


def test_who_lost_the_right_meanwhile_is_told(bench: Bench, paper: Decision) -> None:
    delegate(bench.director_post, bench.deputy, "vacant")
    response = signed_in(bench.director).post(page(paper), answer(paper, comment="เห็นด้วย"))
    assert response.status_code == 403
    assert "เห็นด้วย" in response.content.decode()


def test_deciding_needs_the_token_of_the_form(bench: Bench, paper: Decision) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bench.director)
    assert client.post(page(paper), answer(paper)).status_code == 403


# -- drafts


def test_what_is_typed_is_kept_and_offered_again(bench: Bench, paper: Decision) -> None:
    client = signed_in(bench.director)
    url = reverse("approvals:draft", args=[paper.pk])
    response = client.post(
        url, {"outcome": "returned", "comment": "กำลังพิมพ์"}, headers={"HX-Request": "true"}
    )
    assert (response.status_code, "เก็บร่างแล้ว" in response.content.decode()) == (200, True)
    choice = client.get(page(paper)).context["choices"][3]
    assert (choice.form["comment"].value(), choice.is_opened) == ("กำลังพิมพ์", True)


def test_a_null_byte_spoils_no_draft(bench: Bench, paper: Decision) -> None:
    url = reverse("approvals:draft", args=[paper.pk])
    client = signed_in(bench.director)
    answer = client.post(url, {"outcome": "approved", "comment": "เห็น\x00ชอบ"})
    assert (answer.status_code, Draft.objects.get().comment) == (302, "เห็นชอบ")


def test_a_draft_is_seen_by_its_writer_only(bench: Bench, paper: Decision) -> None:
    delegate(bench.director_post, bench.deputy, "delegated")
    url = reverse("approvals:draft", args=[paper.pk])
    signed_in(bench.director).post(url, {"outcome": "approved", "comment": "ส่วนตัว"})
    first = signed_in(bench.deputy).get(page(paper)).context["choices"][0]
    assert first.form["comment"].value() == ""


def test_an_emptied_text_is_no_draft(bench: Bench, paper: Decision) -> None:
    client = signed_in(bench.director)
    url = reverse("approvals:draft", args=[paper.pk])
    client.post(url, {"outcome": "approved", "comment": "พิมพ์"})
    client.post(url, {"outcome": "approved", "comment": " "})
    assert Draft.objects.count() == 0


def test_drafts_go_with_the_decision(bench: Bench, paper: Decision) -> None:
    client = signed_in(bench.director)
    url = reverse("approvals:draft", args=[paper.pk])
    client.post(url, {"outcome": "returned", "comment": "พิมพ์"})
    client.post(page(paper), answer(paper))
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(("who", "status"), [("head", 403), ("officer", 403)])
def test_others_keep_no_draft(bench: Bench, paper: Decision, who: str, status: int) -> None:
    url = reverse("approvals:draft", args=[paper.pk])
    response = signed_in(getattr(bench, who)).post(url, {"outcome": "approved", "comment": "x"})
    assert response.status_code == status


def test_a_decided_paper_takes_no_draft(bench: Bench, paper: Decision) -> None:
    client = signed_in(bench.director)
    client.post(page(paper), answer(paper))
    url = reverse("approvals:draft", args=[paper.pk])
    assert client.post(url, {"outcome": "approved", "comment": "x"}).status_code == 409


# -- afterwards


def test_the_saved_page_shows_the_next_paper(bench: Bench, paper: Decision) -> None:
    other = _at_director(bench)
    client = signed_in(bench.director)
    client.post(page(paper), answer(paper))
    response = client.get(reverse("approvals:saved", args=[paper.pk]))
    assert (response.context["next"], response.context["waiting"]) == (other, 1)
    assert "<h1>บันทึกแล้ว</h1>" in response.content.decode()


def test_there_is_nothing_saved_before_it_is_given(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.director).get(reverse("approvals:saved", args=[paper.pk]))
    assert response.headers["Location"] == page(paper)


def test_the_list_of_what_i_decided_is_mine(bench: Bench, paper: Decision) -> None:
    response = signed_in(bench.deputy).get(reverse("approvals:decisions"))
    assert [row["words"] for row in response.context["rows"]] == ["ไม่เห็นควรให้ความเห็นชอบ"]


@pytest.mark.parametrize("papers", [1, 3])
def test_the_list_costs_the_same_with_one_and_three(
    bench: Bench, django_assert_num_queries: DjangoAssertNumQueries, papers: int
) -> None:
    for _ in range(papers):
        _at_director(bench)
    client = signed_in(bench.head)
    client.get(reverse("approvals:decisions"))
    with django_assert_num_queries(9):
        client.get(reverse("approvals:decisions"))


def test_a_decided_page_says_what_was_decided(bench: Bench, paper: Decision) -> None:
    client = signed_in(bench.director)
    client.post(page(paper), answer(paper, comment="ดำเนินการได้"))
    response = client.get(page(paper))
    assert (response.context["given"], response.context["choices"]) == (True, [])
    assert "ดำเนินการได้" in response.content.decode()
