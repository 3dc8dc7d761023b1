"""One form makes one thing, also when both presses arrive at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.standard import make_flow
from tests.factories.work import make_bench
from tests.workflows.cases.pages import hidden, signed_in
from workflows.cases.models import Case

START = "/cases/start/?flow=alpha"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_presses_at_once_open_one_case():
    bench, flow = make_bench(), make_flow(["one"], code="alpha")
    client = signed_in(bench.officer)
    form = {
        "title": "แผน", "unit": bench.unit.pk, "once": hidden(client.get(START), "once"),
        "opened_on": f"{timezone.localdate():%d/%m}/{timezone.localdate().year + 543}",
    }  # fmt: skip
    together = Barrier(2)

    def press(_: int) -> str:
        try:
            browser = signed_in(bench.officer)
            browser.cookies = client.cookies
            together.wait(10)
            return browser.post(START, form).url
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        answers = list(two.map(press, range(2)))
    case = Case.objects.get(flow=flow)
    assert answers == [f"/cases/{case.code}/"] * 2
