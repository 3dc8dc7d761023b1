"""Two people order the same paper at once: real threads, real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from portal.jobs.models import Job
from reports.models import Paper, PaperKind, PaperOrder
from reports.services import order_paper
from tests.factories.standard import dlit_flow
from tests.factories.work import make_bench

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


def test_paper_ordered_at_once_is_made_once(now: datetime):
    bench, flow = make_bench(), dlit_flow()
    people = [bench.officer, bench.head, bench.deputy, bench.director]
    barrier = Barrier(len(people))

    def order(person):
        barrier.wait()
        try:
            return order_paper(
                PaperKind.STANDARDS_TABLE, {"flow": flow.code}, by=person, now=now
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        papers = set(pool.map(order, people))
    assert papers == {Paper.objects.get().pk}
    assert Job.objects.count() == 1
    assert PaperOrder.objects.count() == 4
