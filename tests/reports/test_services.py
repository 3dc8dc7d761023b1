"""Ordering papers: the same content once, made again where it failed or was cleared away."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from portal.exceptions import NotAllowed
from portal.files.models import StoredFile
from portal.jobs.models import Job
from portal.office.models import Office
from processes.adoption import change_adoption
from processes.models import Flow
from reports import services
from reports.models import Paper, PaperKind, PaperOrder
from tests.factories.people import make_officer, make_unit
from tests.factories.standard import make_flow, make_shape, put_in_force
from tests.factories.work import open_task
from workflows.cases.models import Attachment, AttachmentKind, Case

pytestmark = pytest.mark.django_db

TABLE, CHART = PaperKind.STANDARDS_TABLE, PaperKind.FLOWCHART


def order(flow, by, now, kind=TABLE, **params):
    return services.order_paper(kind, {"flow": flow.code, **params}, by=by, now=now)


def made(paper, data=b"%PDF-1.7 paper"):
    """The paper once a worker was done with it."""
    services.keep_file(paper, data, job=paper.job)
    Job.objects.filter(pk=paper.job_id).update(state="done")
    return Paper.objects.get(pk=paper.pk)


def test_order_writes_a_paper_with_its_job(bench, flow, now):
    paper = order(flow, bench.officer, now)
    assert (paper.kind, paper.flow, paper.case, paper.file) == (TABLE, flow, None, None)
    assert (paper.job.kind, paper.job.params) == ("make-paper", {"paper": paper.pk})
    assert paper.title == f"ตารางมาตรฐานงาน {flow.edition.name} ฉบับที่ 1"
    assert paper.expires_at == now + timedelta(days=30)
    assert paper.is_coming


@pytest.mark.parametrize("kind", [TABLE, CHART])
def test_a_renamed_process_makes_a_new_paper_under_the_new_name(bench, flow, now, kind):
    first = order(flow, bench.officer, now, kind=kind)
    process = flow.edition.process
    facts = {"own_name": "ชื่อของเรา", "own_document_code": "กสทท 1"}
    change_adoption(process, facts, {}, by=bench.head, now=now)
    renamed = order(flow, bench.officer, now, kind=kind)
    assert renamed != first
    assert renamed.content["standing"]["process"].startswith("ชื่อของเรา")
    assert renamed.content["standing"]["document_code"] == "กสทท 1"
    assert "ชื่อของเรา" in renamed.title
    change_adoption(process, dict.fromkeys(facts, ""), {}, by=bench.head, now=now)
    assert order(flow, bench.officer, now, kind=kind) == first


@pytest.mark.parametrize("kind", [TABLE, CHART])
def test_target_days_leave_what_is_printed_as_it_is(bench, now, kind):
    flow = make_flow(["a"], code="untimed")
    first = order(flow, bench.officer, now, kind=kind)
    change_adoption(flow.edition.process, {}, {("untimed", "a"): 5}, by=bench.head, now=now)
    assert order(flow, bench.officer, now, kind=kind) == first


def test_paper_is_kept_as_long_as_the_office_says(bench, flow, now):
    Office.objects.update_or_create(pk=1, defaults={"paper_keep_days": 7})
    assert order(flow, bench.officer, now).expires_at == now + timedelta(days=7)


def test_ordering_twice_gives_one_paper_and_one_job(bench, flow, now):
    first = order(flow, bench.officer, now)
    second = order(flow, bench.head, now + timedelta(minutes=1))
    assert (second, second.job) == (first, first.job)
    assert Paper.objects.count() == 1
    assert Job.objects.count() == 1
    assert set(PaperOrder.objects.values_list("by", flat=True)) == {bench.officer.pk, bench.head.pk}


def test_ordering_a_made_paper_again_makes_nothing_and_keeps_it_longer(bench, flow, now):
    paper = made(order(flow, bench.officer, now))
    later = now + timedelta(days=20)
    again = order(flow, bench.officer, later)
    assert (again.pk, again.file, again.expires_at) == (
        paper.pk,
        paper.file,
        later + timedelta(days=30),
    )
    assert Job.objects.count() == 1


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_ordering_a_failed_paper_asks_for_it_anew(bench, flow, now, state):
    paper = order(flow, bench.officer, now)
    Job.objects.filter(pk=paper.job_id).update(state=state)
    assert Paper.objects.get(pk=paper.pk).has_failed
    again = order(flow, bench.officer, now)
    assert again.pk == paper.pk
    assert again.job_id != paper.job_id
    assert again.is_coming


def test_kinds_are_papers_of_their_own(bench, flow, now):
    assert order(flow, bench.officer, now) != order(flow, bench.officer, now, CHART)


def test_other_content_is_another_paper(bench, flow, now):
    first = order(flow, bench.officer, now)
    Office.objects.update_or_create(pk=1, defaults={"thai_digits": False})
    assert order(flow, bench.officer, now) != first


def test_edition_named_is_the_edition_printed(bench, now):
    content = make_shape([{"key": "one"}], code="two-editions")
    old = put_in_force(content).flows.get()
    new = put_in_force(
        make_shape([{"key": "one"}, {"key": "two"}], code="two-editions")
    ).flows.get()
    assert order(new, bench.officer, now).flow == new
    assert order(new, bench.officer, now, edition=1).flow == old
    with pytest.raises(Flow.DoesNotExist):
        order(new, bench.officer, now, edition=3)


def test_draft_written_anew_leaves_its_paper_behind(bench, flow, now):
    paper = order(flow, bench.officer, now)
    Flow.objects.filter(pk=flow.pk).delete()
    assert Paper.objects.visible_to(bench.officer).get(pk=paper.pk).flow is None


# -- cases


def test_chart_of_a_case_shows_the_case(bench, flow, now):
    case = bench.start(flow)
    paper = services.order_paper(CHART, {"case": case.code}, by=bench.officer, now=now)
    assert (paper.case, paper.title) == (case, f"ผังความก้าวหน้า เรื่อง {case.code} เรื่องทดสอบ")
    assert paper.content["case_code"] == case.code
    assert paper.content["states"] == [{"key": "study-law", "state": "overdue"}]


def test_chart_of_a_case_is_another_paper_the_day_after(bench, flow, now):
    case = bench.start(flow)
    papers = {
        services.order_paper(CHART, {"case": case.code}, by=bench.officer, now=moment).pk
        for moment in (now, now + timedelta(hours=1), now + timedelta(days=1))
    }
    assert len(papers) == 2


def test_table_of_a_case_is_the_one_of_its_edition(bench, flow, now):
    case = bench.start(flow)
    by_case = services.order_paper(TABLE, {"case": case.code}, by=bench.officer, now=now)
    assert (by_case, by_case.case) == (order(flow, bench.officer, now), None)


def test_case_nobody_may_see_cannot_be_printed(bench, flow, now):
    case = bench.start(flow)
    stranger = make_officer(make_unit("กลุ่มอื่น"))
    with pytest.raises(Case.DoesNotExist):
        services.order_paper(CHART, {"case": case.code}, by=stranger, now=now)


def test_school_cannot_print_the_standard(flow, school_user, now):
    with pytest.raises(Flow.DoesNotExist):
        order(flow, school_user, now)


# -- who sees a paper


def test_paper_of_a_standard_is_seen_by_any_officer_and_no_school(bench, flow, school_user, now):
    paper = order(flow, bench.officer, now)
    stranger = make_officer(make_unit("กลุ่มอื่น"))
    assert list(Paper.objects.visible_to(stranger)) == [paper]
    assert list(Paper.objects.visible_to(school_user)) == []


def test_paper_of_a_case_is_seen_by_who_sees_the_case(bench, flow, now):
    case = bench.start(flow)
    paper = services.order_paper(CHART, {"case": case.code}, by=bench.officer, now=now)
    stranger = make_officer(make_unit("กลุ่มอื่น"))
    assert list(Paper.objects.visible_to(bench.director)) == [paper]
    assert list(Paper.objects.visible_to(stranger)) == []


def test_paper_one_may_not_see_cannot_be_ordered_again(bench, flow, now):
    case = bench.start(flow)
    paper = services.order_paper(CHART, {"case": case.code}, by=bench.officer, now=now)
    with pytest.raises(NotAllowed):
        services.order_again(paper, by=make_officer(make_unit("กลุ่มอื่น")), now=now)


def test_own_papers_are_those_one_asked_for_newest_first(bench, flow, now):
    chart = order(flow, bench.officer, now, CHART)
    table = order(flow, bench.officer, now + timedelta(minutes=1))
    order(make_flow(["one"]), bench.head, now)
    assert list(Paper.objects.asked_for_by(bench.officer)) == [table, chart]
    order(flow, bench.officer, now + timedelta(minutes=2), CHART)
    assert list(Paper.objects.asked_for_by(bench.officer)) == [chart, table]


def test_paper_asked_for_by_two_stands_once_in_each_ones_list(bench, flow, now):
    paper = order(flow, bench.officer, now)
    order(flow, bench.head, now + timedelta(hours=1))
    assert [each.asked_at for each in Paper.objects.asked_for_by(bench.officer)] == [now]
    assert list(Paper.objects.asked_for_by(bench.head)) == [paper]


# -- files


def test_file_has_a_thai_name_and_the_bytes_that_were_made(bench, flow, now):
    stored = made(order(flow, bench.officer, now)).file
    assert stored.name == f"ตารางมาตรฐานงาน {flow.edition.name} ฉบับที่ 1.pdf"
    assert (stored.media_type, stored.added_by) == ("application/pdf", bench.officer)
    with default_storage.open(stored.path) as content:
        assert content.read() == b"%PDF-1.7 paper"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("ผัง ก/ข: \\ค?", "ผัง ก ข ค.pdf"),
        ("ผัง\n ยาว " + "ก" * 200, "ผัง ยาว " + "ก" * 67 + " … " + "ก" * 45 + ".pdf"),
    ],
)
def test_file_name_has_nothing_a_disk_refuses(title, name):
    assert services.file_name(title) == name


def test_second_worker_does_not_replace_the_file(bench, flow, now):
    paper = made(order(flow, bench.officer, now))
    again = services.keep_file(paper, b"%PDF-1.7 other", job=paper.job)
    assert again.file == paper.file
    assert StoredFile.objects.count() == 1


def test_expired_paper_loses_its_file_and_can_be_ordered_again(bench, flow, now):
    paper = made(order(flow, bench.officer, now))
    path = paper.file.path
    assert services.expire_papers(now=now + timedelta(days=31)) == 1
    paper.refresh_from_db()
    assert (paper.file, default_storage.exists(path), StoredFile.objects.count()) == (
        None,
        False,
        0,
    )
    assert (paper.is_coming, paper.has_failed) == (False, False)
    again = order(flow, bench.officer, now + timedelta(days=32))
    assert (again.pk, again.is_coming) == (paper.pk, True)


def test_paper_within_its_days_keeps_its_file(bench, flow, now):
    paper = made(order(flow, bench.officer, now))
    assert services.expire_papers(now=now + timedelta(days=29)) == 0
    assert Paper.objects.get(pk=paper.pk).file == paper.file


def test_expired_paper_attached_to_a_case_leaves_its_bytes_there(bench, flow, now):
    paper = made(order(flow, bench.officer, now))
    task = open_task(bench.start(flow))
    attachment = Attachment.objects.create(
        task=task,
        file=paper.file,
        kind=AttachmentKind.PAPER,
        title="ตาราง",
        added_by=bench.officer,
        added_at=now,
    )
    assert services.expire_papers(now=now + timedelta(days=31)) == 1
    attachment.refresh_from_db()
    assert Paper.objects.get(pk=paper.pk).file is None
    assert default_storage.exists(attachment.file.path)


def test_file_names_of_two_tables_of_one_process_differ():
    name = "ผังขั้นตอน วิเคราะห์" + " จัดทำข้อมูล" * 12
    first = services.file_name(f"{name} ขั้นจัดทำข้อมูล ฉบับที่ 1")
    second = services.file_name(f"{name} ขั้นการจัดสรร สนับสนุน บำรุงรักษา ฉบับที่ 1")
    assert first != second
    assert first.endswith("ขั้นจัดทำข้อมูล ฉบับที่ 1.pdf")
    assert len(first) <= 130
