"""Files in a bucket of a real S3 server: the same promises as in a folder."""

import base64
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from portal.demo.management.commands.run_portal import free_port
from portal.exceptions import Unavailable
from portal.files import place, services
from portal.files.bucket import BucketRefused
from portal.files.checking import place_problem, verify
from portal.files.models import StoredFile, path_of
from portal.jobs.models import Job, JobState
from portal.jobs.running import NOT_NOW, run
from portal.jobs.services import enqueue
from tests.factories.bucket import BUCKET, S3Server
from tests.factories.people import make_user
from tests.factories.uploads import PDF, make_stored, make_upload
from tests.factories.work import MONDAY, make_bench, open_task
from workflows.cases import evidence
from workflows.cases.models import Attachment

pytestmark = pytest.mark.django_db
SHA = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def dying(settings):
    """A server of the test's own, to be stopped in it."""
    server = S3Server()
    settings.STORAGES = {**settings.STORAGES, **server.storages()}
    yield server
    server.stop()


def attached():
    """A case whose officer put a file on its open row."""
    bench = make_bench()
    task = open_task(bench.start())
    upload = make_upload("รายงานการประชุม.pdf")
    attachment = evidence.attach(task, upload, title="รายงานการประชุม", by=bench.officer, now=MONDAY)
    return bench, task, attachment


def test_a_file_lies_under_its_digest_once(bucket):
    user = make_user()
    first, second = make_stored(user, "ก.pdf"), make_stored(user, "ข.pdf")
    assert bucket.objects() == [path_of(SHA)] == [first.path]
    assert verify(first)
    assert verify(second)


def test_a_prefix_keeps_the_portal_apart_from_others(bucket, settings):
    settings.STORAGES = {**settings.STORAGES, **bucket.storages(url=bucket.url(prefix="portal"))}
    stored = make_stored(make_user())
    assert bucket.objects() == [f"portal/{path_of(SHA)}"]
    assert verify(stored)


def test_the_bytes_go_with_the_last_row_that_names_them(bucket):
    user = make_user()
    first, second = make_stored(user), make_stored(user)
    services.discard(first)
    assert verify(second)
    services.discard(second)
    assert bucket.objects() == []


def test_a_view_serves_the_bytes_to_who_may_read_them_only(bucket, signed_in):
    bench, _, attachment = attached()
    address = reverse("cases:file", args=[attachment.pk])
    response = signed_in(bench.officer).get(address)
    assert b"".join(response.streaming_content) == PDF
    assert int(response["Content-Length"]) == len(PDF)
    assert signed_in(make_user()).get(address).status_code == 404


def test_no_address_leads_past_our_views(bucket):
    stored = make_stored(make_user())
    with pytest.raises(NotImplementedError):
        default_storage.url(stored.path)
    acl = bucket.client("s3", bucket.key_id, bucket.secret_key).get_object_acl(
        Bucket=BUCKET, Key=stored.path
    )
    assert [grant["Grantee"]["Type"] for grant in acl["Grants"]] == ["CanonicalUser"]
    stranger = bucket.client("s3", "nobody", "nothing")
    with pytest.raises(stranger.exceptions.ClientError, match="InvalidAccessKeyId"):
        stranger.get_object(Bucket=BUCKET, Key=stored.path)


def test_a_file_of_many_megabytes_is_one_piece_and_comes_back_whole(bucket):
    data = PDF + bytes(range(256)) * 4096 * 12
    stored = services.store_bytes(data, name="ใหญ่.pdf", media_type="application/pdf", by=None)
    with default_storage.open(stored.path) as content:
        assert content.read() == data
    facts = bucket.client("s3", bucket.key_id, bucket.secret_key).head_object(
        Bucket=BUCKET, Key=stored.path
    )
    # an object put together of pieces has the number of pieces in its tag
    assert "-" not in facts["ETag"]


def test_the_digest_goes_along_for_the_server_to_hold_against_the_bytes(bucket):
    sent = []
    events = default_storage.connection.meta.client.meta.events
    events.register("before-send.s3.PutObject", lambda request, **_: sent.append(request.headers))
    make_stored(make_user())
    assert [base64.b64decode(said["x-amz-checksum-sha256"]).hex() for said in sent] == [SHA]


def test_a_forked_process_does_not_speak_on_the_line_of_its_parent(bucket, monkeypatch):
    stored = make_stored(make_user())
    before = default_storage.connection
    assert default_storage.connection is before
    monkeypatch.setattr("portal.files.bucket.os.getpid", lambda: -1)
    assert verify(stored)
    assert default_storage.connection is not before


def test_an_upload_that_breaks_off_leaves_nothing(bucket):
    class Torn(ContentFile):
        def read(self, size=-1):
            raise OSError("the line is dead")

    with pytest.raises(OSError, match="the line is dead"):
        default_storage.save(path_of(SHA), Torn(PDF))
    assert bucket.objects() == []


def test_changed_and_missing_bytes_are_found(bucket):
    stored = make_stored(make_user())
    client = bucket.client("s3", bucket.key_id, bucket.secret_key)
    client.put_object(Bucket=BUCKET, Key=stored.path, Body=b"x" * len(PDF))
    assert not verify(stored)
    client.delete_object(Bucket=BUCKET, Key=stored.path)
    assert not verify(stored)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"key_id": "nobody"}, "FILES_KEY_ID"),
        ({"secret_key": "wrong"}, "FILES_SECRET_KEY"),
        ({"url": "nowhere"}, "ไม่มีที่เก็บ"),
    ],
)
def test_what_is_wrong_with_the_bucket_is_named(bucket, settings, facts, said):
    if "url" in facts:
        facts = {"url": bucket.url(facts["url"])}
    settings.STORAGES = {**settings.STORAGES, **bucket.storages(**facts)}
    assert said in place_problem()


def test_a_sound_bucket_has_no_problem_and_keeps_no_trial(bucket):
    assert place_problem() == ""
    assert bucket.objects() == []


def test_a_stopped_server_is_a_thai_refusal_and_nothing_half_done(dying, signed_in):
    bench, task, attachment = attached()
    loose = make_stored(bench.officer, "อื่น.pdf", PDF + b"loose")
    dying.stop()
    client = signed_in(bench.officer)
    address = reverse("cases:task-attach", args=[task.pk])
    upload = make_upload("อีกฉบับ.pdf", PDF + b"another")
    response = client.post(address, {"title": "อีกฉบับ", "file": upload})
    assert response.status_code == 503
    text = response.content.decode()
    assert "ที่เก็บไฟล์ของระบบขัดข้อง" in text
    assert 'value="อีกฉบับ"' in text
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (1, 2)
    response = client.get(reverse("cases:file", args=[attachment.pk]))
    assert response.status_code == 503
    assert "อ่านไฟล์ไม่ได้" in response.content.decode()
    with pytest.raises(BucketRefused):
        services.discard(loose)
    assert StoredFile.objects.count() == 2
    assert "ติดต่อไม่ได้" in place_problem()


def test_a_person_is_told_and_an_errand_is_put_back(settings, now):
    nobody = f"s3://{BUCKET}?endpoint=http://127.0.0.1:{free_port(40_000)}"
    keys = {"key_id": "id", "secret_key": "secret"}
    settings.STORAGES = {**settings.STORAGES, "default": place.storage(nobody, **keys)}
    with pytest.raises(Unavailable):
        services.store(make_upload(), by=make_user())
    job = enqueue("make-paper", {}, now=now)

    def work(_job, _progress):
        services.store_bytes(PDF, name="ผัง.pdf", media_type="application/pdf", by=None)

    run(job.pk, work)
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.error) == (JobState.QUEUED, NOT_NOW)
    assert StoredFile.objects.count() == 0
