"""Web on one machine, worker on another: only the database and the bucket are shared."""

import hashlib
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.jobs.models import Job
from reports.models import Paper, PaperKind
from reports.services import order_paper
from tests.factories.standard import dlit_flow
from tests.factories.work import make_bench

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_paper_made_on_one_machine_is_served_by_another(
    bucket, settings, tmp_path, start_worker, signed_in
):
    settings.MEDIA_ROOT = tmp_path / "web" / "files"
    bench = make_bench()
    facts = {"flow": dlit_flow().code}
    paper = order_paper(PaperKind.FLOWCHART, facts, by=bench.officer, now=timezone.now())
    # the nudge was for a broker of this process: the sweeper of the other finds the row
    Job.objects.update(lease_until=timezone.now())
    start_worker(
        FILES_URL=bucket.url(), FILES_KEY_ID=bucket.key_id, FILES_SECRET_KEY=bucket.secret_key
    )
    until = time.monotonic() + 90
    while not Job.objects.get(pk=paper.job_id).ended:
        assert time.monotonic() < until, "the paper was never made"
        time.sleep(0.2)
    stored = Paper.objects.get(pk=paper.pk).file
    response = signed_in(bench.officer).get(reverse("reports:paper-file", args=[paper.pk]))
    served = b"".join(response.streaming_content)
    assert served.startswith(b"%PDF-")
    assert hashlib.sha256(served).hexdigest() == stored.sha256
    assert bucket.objects() == [stored.path]
    # nothing of it lies in a folder of either
    assert not settings.MEDIA_ROOT.exists()
    assert not (tmp_path / "files").exists()
