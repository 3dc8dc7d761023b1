"""Reading once more before putting up; where the paper is on the row's page; taking it back."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from tests.factories.people import make_officer, make_unit
from tests.factories.work import Bench, fresh, make_bench, open_task
from tests.workflows.approvals.papers import (
    LATER,
    again,
    at_asking,
    at_director,
    give,
    open_link,
    prepared,
    submitted,
    write_memo,
)
from workflows.approvals.models import Submission
from workflows.approvals.submitting import submit, withdraw
from workflows.cases.models import Task
from workflows.cases.services import cancel_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(task: Task) -> str:
    return reverse("approvals:submit", args=[task.pk])


def panel(task: Task, user: User) -> str:
    template = Template("{% load approvals %}{% approval_panel task user %}")
    return template.render(Context({"task": Task.objects.get(pk=task.pk), "user": fresh(user)}))


def test_the_page_shows_who_will_see_it_in_order(bench: Bench) -> None:
    response = signed_in(bench.officer).get(page(prepared(bench)))
    assert [each["link"].post for each in response.context["links"]] == [
        bench.head_post, bench.deputy_post, bench.director_post,
    ]  # fmt: skip


def test_the_page_says_what_is_lacking(bench: Bench) -> None:
    response = signed_in(bench.officer).get(page(at_asking(bench)))
    assert response.context["lacking"] == ["บันทึกข้อความ"]


def test_submitting_leads_back_to_the_row(bench: Bench) -> None:
    task = prepared(bench)
    response = signed_in(bench.officer).post(page(task))
    assert response.headers["Location"] == reverse("cases:task", args=[task.pk])
    assert Submission.objects.get().task == task


def test_submitting_what_is_not_ready_is_refused_on_the_page(bench: Bench) -> None:
    response = signed_in(bench.officer).post(page(at_asking(bench)))
    assert response.status_code == 400
    assert "ยังเสนอไม่ได้ ยังขาด: บันทึกข้อความ" in response.content.decode()


def test_a_link_is_left_out_with_its_reason(bench: Bench) -> None:
    typed = {"leave_2": "on", "reason_2": "ไปราชการ"}
    signed_in(bench.officer).post(page(prepared(bench)), typed)
    assert Submission.objects.get().decisions.get(position=2).comment == "ไปราชการ"


def test_a_missing_reason_is_said_beside_its_link(bench: Bench) -> None:
    response = signed_in(bench.officer).post(page(prepared(bench)), {"leave_2": "on"})
    assert (response.status_code, response.context["form"].errors["reason_2"]) == (
        400, ["กรุณาระบุเหตุผลที่ข้าม ตำแหน่ง deputy"],
    )  # fmt: skip


def test_the_last_link_has_nothing_to_leave_out(bench: Bench) -> None:
    typed = {"leave_3": "on", "reason_3": "ไม่อยู่"}
    signed_in(bench.officer).post(page(prepared(bench)), typed)
    assert Submission.objects.get().decisions.get(position=3).status == "waiting"


def test_a_row_that_is_up_leads_back_to_its_page(bench: Bench) -> None:
    task = submitted(bench).task
    response = signed_in(bench.officer).get(page(task))
    assert response.headers["Location"] == reverse("cases:task", args=[task.pk])


def test_a_row_that_decides_nothing_cannot_be_put_up(bench: Bench) -> None:
    assert signed_in(bench.officer).get(page(open_task(bench.start()))).status_code == 404


def test_another_unit_does_not_see_the_row(bench: Bench) -> None:
    stranger = signed_in(make_officer(make_unit("อื่น")))
    assert stranger.post(page(prepared(bench))).status_code == 404


def test_somebody_of_the_house_who_may_not_submit_is_refused(bench: Bench) -> None:
    response = signed_in(bench.director).post(page(prepared(bench)))
    assert (response.status_code, Submission.objects.count()) == (403, 0)


def test_withdrawing_leads_back_to_the_row(bench: Bench) -> None:
    submission = submitted(bench)
    response = signed_in(bench.officer).post(reverse("approvals:withdraw", args=[submission.pk]))
    assert response.headers["Location"] == reverse("cases:task", args=[submission.task_id])
    assert Submission.objects.get().ended == "withdrawn"


def test_withdrawing_what_was_decided_is_a_conflict(bench: Bench) -> None:
    decision = give(at_director(bench), bench.director, "approved")
    url = reverse("approvals:withdraw", args=[decision.submission_id])
    assert signed_in(bench.officer).post(url).status_code == 409


def test_withdrawing_is_a_post(bench: Bench) -> None:
    url = reverse("approvals:withdraw", args=[submitted(bench).pk])
    assert signed_in(bench.officer).get(url).status_code == 405


def test_the_head_skips_a_link_on_its_page(bench: Bench) -> None:
    submission = submitted(bench)
    give(open_link(submission), bench.head, "endorsed")
    url = reverse("approvals:skip", args=[open_link(submission).pk])
    client = signed_in(bench.head)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 400
    assert client.post(url, {"reason": "ลาป่วย"}).status_code == 302
    assert open_link(submission).rank == "director"


def test_the_officer_may_not_skip_a_link(bench: Bench) -> None:
    url = reverse("approvals:skip", args=[open_link(submitted(bench)).pk])
    response = signed_in(bench.officer).post(url, {"reason": "เร่งด่วน"})
    assert response.status_code == 403
    assert "เร่งด่วน" in response.content.decode()


# -- the panel on the row's page


def test_a_row_that_decides_nothing_has_no_panel(bench: Bench) -> None:
    assert panel(open_task(bench.start()), bench.officer).strip() == ""


def test_the_panel_says_what_is_lacking_before_submitting(bench: Bench) -> None:
    assert "<b>ก่อนเสนอ ยังขาด</b> บันทึกข้อความ" in panel(at_asking(bench), bench.officer)


def test_the_panel_says_where_the_paper_is(bench: Bench) -> None:
    submission = submitted(bench)
    give(open_link(submission), bench.head, "endorsed")
    text = panel(submission.task, bench.officer)
    here = text.split("เรื่องอยู่ที่นี่")[1].split("</li>")[0]
    assert bench.deputy.full_name in here


@pytest.mark.parametrize(("who", "may"), [("officer", True), ("head", False), ("director", False)])
def test_only_the_submitter_is_offered_to_withdraw(bench: Bench, who: str, may: bool) -> None:
    submission = submitted(bench)
    url = reverse("approvals:withdraw", args=[submission.pk])
    assert (url in panel(submission.task, getattr(bench, who))) is may


@pytest.mark.parametrize(("who", "may"), [("officer", False), ("head", True), ("deputy", True)])
def test_only_who_leads_is_offered_to_skip(bench: Bench, who: str, may: bool) -> None:
    submission = submitted(bench)
    url = reverse("approvals:skip", args=[open_link(submission).pk])
    assert (url in panel(submission.task, getattr(bench, who))) is may


@pytest.mark.parametrize("times", [1, 3])
def test_the_panel_costs_the_same_however_often_it_was_put_up(
    bench: Bench, django_assert_num_queries: DjangoAssertNumQueries, times: int
) -> None:
    submission = submitted(bench)
    for _ in range(times - 1):
        withdraw(submission, by=bench.officer, now=LATER)
        submission = submit(submission.task, by=bench.officer, now=LATER)
    task = Task.objects.select_related("case__unit", "step").get(pk=submission.task_id)
    officer = fresh(bench.officer)
    template = Template("{% load approvals %}{% approval_panel task user %}")
    officer.access  # noqa: B018 - a page has read it long before
    with django_assert_num_queries(5):
        template.render(Context({"task": task, "user": officer}))


def test_the_history_tells_every_submission_newest_first(bench: Bench) -> None:
    decision = at_director(bench)
    give(decision, bench.director, "sent_back", comment="แก้คำผิด")
    task = open_task(again(decision.submission.task.case))
    write_memo(task, bench.officer, now=LATER, subject="แก้แล้ว")
    submit(task, by=bench.officer, now=LATER)
    template = Template("{% load approvals %}{% submission_history task %}")
    text = template.render(Context({"task": Task.objects.get(pk=task.pk)}))
    assert [part.split(" ")[0] for part in text.split("เสนอครั้งที่ ")[1:]] == ["2", "1"]
    assert "แก้คำผิด" in text


def test_a_paper_of_a_cancelled_case_is_told_as_ended_with_its_row(bench: Bench) -> None:
    submission = submitted(bench)
    cancel_case(submission.task.case, reason="ซ้ำ", by=bench.head, now=LATER)
    text = panel(submission.task, bench.officer)
    assert "ยุติพร้อมขั้นตอน" in text
    assert "เรื่องอยู่ระหว่างการพิจารณา" not in text
