"""The rehearsal beside the page that starts a case."""

import pytest
from django.urls import reverse

from processes.models import Process
from tests.factories.people import make_user
from tests.factories.standard import dlit_flow
from tests.factories.work import make_bench
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db


def test_shows_the_way_with_one_return_and_writes_nothing(signed_in):
    bench = make_bench()
    dlit_flow()
    page = signed_in(bench.officer).get(reverse("approvals:rehearsal", args=["dlit"]))
    walked = [stop.walked.action for stop in page.context["stops"]]
    assert (page.status_code, page.context["finished"], walked.count("return")) == (200, True, 1)
    assert Case.objects.count() == 0


def test_is_for_officers_of_a_unit(signed_in):
    dlit_flow()
    page = signed_in(make_user()).get(reverse("approvals:rehearsal", args=["dlit"]))
    assert page.status_code == 403


def test_of_a_flow_that_is_not_is_not_found(signed_in):
    bench = make_bench()
    page = signed_in(bench.officer).get(reverse("approvals:rehearsal", args=["nothing"]))
    assert page.status_code == 404


def test_leads_back_to_where_a_case_is_started_or_may_only_be_read_about(signed_in):
    dlit_flow()
    client, page = signed_in(make_bench().officer), reverse("approvals:rehearsal", args=["dlit"])
    assert client.get(page).context["back"] == "/cases/start/?flow=dlit"
    Process.objects.update(adopted=False)
    assert client.get(page).context["back"] == "/processes/dlit/"
