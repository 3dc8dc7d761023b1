"""The pages of papers: ordered, watched, read, asked for again, hidden from others."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.jobs.models import Job
from reports.models import Paper, PaperKind
from reports.services import keep_file, order_paper
from tests.factories.people import make_officer, make_unit
from tests.factories.standard import make_flow
from tests.factories.work import fresh

pytestmark = pytest.mark.django_db

ORDER, LIST = "/papers/order/", "/papers/"


@pytest.fixture
def client(signed_in, bench):
    return signed_in(bench.officer)


def ordered(flow, by, kind=PaperKind.FLOWCHART):
    return order_paper(kind, {"flow": flow.code}, by=by, now=timezone.now())


def made(paper, data=b"%PDF-1.7 paper"):
    keep_file(paper, data, job=paper.job)
    Job.objects.filter(pk=paper.job_id).update(state="done")
    return Paper.objects.get(pk=paper.pk)


def address(paper, name="paper"):
    return reverse(f"reports:{name}", args=[paper.pk])


def words(response):
    return response.content.decode()


# -- ordering


def test_order_leads_to_the_paper(client, flow):
    response = client.post(ORDER, {"kind": "flowchart", "flow": flow.code, "edition": 1})
    paper = Paper.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/papers/{paper.pk}/")


def test_order_of_everything_leads_to_the_list(client, flow):
    response = client.post(ORDER, {"kind": "all", "flow": flow.code, "edition": 1}, follow=True)
    assert response.redirect_chain == [("/papers/", 302)]
    assert sorted(Paper.objects.values_list("kind", flat=True)) == ["flowchart", "standards_table"]
    assert "สั่งพิมพ์ 2 รายการแล้ว" in words(response)


def test_order_twice_leads_to_the_same_paper(client, flow):
    facts = {"kind": "flowchart", "flow": flow.code, "edition": 1}
    assert client.post(ORDER, facts)["Location"] == client.post(ORDER, facts)["Location"]


def test_order_of_a_case_shows_the_case(client, bench, flow):
    case = bench.start(flow)
    client.post(ORDER, {"kind": "flowchart", "case": case.code})
    assert Paper.objects.get().case == case


def test_order_by_get_leads_to_the_list(client):
    response = client.get(ORDER)
    assert (response.status_code, response["Location"]) == (302, LIST)


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "flowchart"},
        {"kind": "novel", "flow": "dlit"},
        {"kind": "flowchart", "flow": "unknown"},
        {"kind": "flowchart", "flow": "dlit", "edition": "9"},
        {"kind": "flowchart", "flow": "dlit", "edition": "first"},
        {"kind": "flowchart", "flow": "dlit", "case": "2570-1"},
        {"kind": "flowchart", "case": "2570-999"},
        {"kind": "flowchart", "case": "../etc"},
    ],
)
def test_order_of_what_is_not_there_is_not_found(client, flow, facts):
    assert client.post(ORDER, facts).status_code == 404
    assert Paper.objects.count() == 0


def test_order_of_another_units_case_is_not_found(signed_in, bench, flow):
    case = bench.start(flow)
    stranger = signed_in(make_officer(make_unit("กลุ่มอื่น")))
    assert stranger.post(ORDER, {"kind": "flowchart", "case": case.code}).status_code == 404


def test_school_finds_no_standard_to_print(signed_in, school_user, flow):
    facts = {"kind": "flowchart", "flow": flow.code, "edition": 1}
    assert signed_in(school_user).post(ORDER, facts).status_code == 404


# -- watching


def test_paper_that_is_coming_tells_how_far_it_is(client, bench, flow):
    paper = ordered(flow, bench.officer)
    Job.objects.filter(pk=paper.job_id).update(
        state="running", done=2, total=4, saying="กำลังเขียนไฟล์ PDF", lease_until=timezone.now()
    )
    page = words(client.get(address(paper)))
    assert 'max="4" value="2"' in page
    assert "กำลังเขียนไฟล์ PDF" in page
    assert f'hx-get="/papers/{paper.pk}/"' in page


def test_paper_in_the_queue_says_that_it_waits(client, bench, flow):
    assert "รอคิวจัดทำเอกสาร" in words(client.get(address(ordered(flow, bench.officer))))


def test_page_without_scripts_comes_again_by_itself_while_it_waits(client, bench, flow):
    again = '<noscript><meta http-equiv="refresh" content="2"></noscript>'
    paper = ordered(flow, bench.officer)
    assert again in words(client.get(address(paper)))
    made(paper)
    assert again not in words(client.get(address(paper)))


def test_page_that_asks_for_itself_gets_only_what_changes(client, bench, flow):
    paper = ordered(flow, bench.officer)
    part = words(client.get(address(paper), headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert part.strip().startswith('<div id="paper"')


def test_made_paper_no_longer_asks_for_itself(client, bench, flow):
    part = words(client.get(address(made(ordered(flow, bench.officer)))))
    assert "hx-get" not in part


# -- reading


def test_made_paper_is_shown_and_can_be_kept(client, bench, flow):
    paper = made(ordered(flow, bench.officer))
    page = words(client.get(address(paper)))
    assert f'<iframe class="papers-view" src="/papers/{paper.pk}/file/"' in page
    assert f'href="/papers/{paper.pk}/file/?download"' in page


def test_file_is_shown_in_the_browser(client, bench, flow):
    response = client.get(address(made(ordered(flow, bench.officer)), "paper-file"))
    assert b"".join(response.streaming_content) == b"%PDF-1.7 paper"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline;")


def test_file_is_downloaded_under_its_thai_name(client, bench, flow):
    paper = made(ordered(flow, bench.officer))
    response = client.get(address(paper, "paper-file") + "?download")
    name = f"ผังขั้นตอนการดำเนินงาน {flow.edition.name} ฉบับที่ 1.pdf"
    assert paper.file.name == name
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    response.close()


def test_file_that_is_not_there_yet_is_not_found(client, bench, flow):
    assert client.get(address(ordered(flow, bench.officer), "paper-file")).status_code == 404


# -- again


def test_failed_paper_says_why_and_offers_another_try(client, bench, flow):
    paper = ordered(flow, bench.officer)
    Job.objects.filter(pk=paper.job_id).update(state="failed", error="ระบบขัดข้องชั่วคราว")
    page = words(client.get(address(paper)))
    assert "จัดทำเอกสารไม่สำเร็จ" in page
    assert "ระบบขัดข้องชั่วคราว" in page
    assert "ลองอีกครั้ง" in page
    response = client.post(address(paper, "paper-again"))
    assert response["Location"] == address(paper)
    assert Paper.objects.get(pk=paper.pk).is_coming


def test_cleared_away_paper_can_be_ordered_again(client, bench, flow):
    paper = made(ordered(flow, bench.officer))
    Paper.objects.filter(pk=paper.pk).update(file=None)
    page = words(client.get(address(paper)))
    assert "ไฟล์นี้พ้นกำหนดเก็บแล้ว" in page
    client.post(address(paper, "paper-again"))
    assert Paper.objects.get(pk=paper.pk).is_coming


def test_asking_again_wants_a_post(client, bench, flow):
    assert client.get(address(ordered(flow, bench.officer), "paper-again")).status_code == 405


# -- others' papers


@pytest.mark.parametrize("name", ["paper", "paper-file", "paper-again"])
def test_paper_of_a_case_one_may_not_see_is_not_found(signed_in, bench, flow, name):
    case = bench.start(flow)
    paper = made(
        order_paper(
            PaperKind.FLOWCHART, {"case": case.code}, by=fresh(bench.officer), now=timezone.now()
        )
    )
    stranger = signed_in(make_officer(make_unit("กลุ่มอื่น")))
    ask = stranger.post if name == "paper-again" else stranger.get
    assert ask(address(paper, name)).status_code == 404


@pytest.mark.parametrize("name", ["paper", "paper-file", "paper-again"])
def test_school_finds_no_paper_of_a_standard(signed_in, bench, school_user, flow, name):
    paper = made(ordered(flow, bench.officer))
    client = signed_in(school_user)
    ask = client.post if name == "paper-again" else client.get
    assert ask(address(paper, name)).status_code == 404


def test_nobody_reads_papers_without_signing_in(db, client, bench, flow):
    paper = made(ordered(flow, bench.officer))
    client.logout()
    for name in ("paper", "paper-file"):
        assert client.get(address(paper, name))["Location"].startswith("/login/")


# -- the list


def test_list_shows_what_one_asked_for_and_how_it_stands(client, bench, flow):
    coming = ordered(flow, bench.officer)
    ready = made(ordered(flow, bench.officer, PaperKind.STANDARDS_TABLE))
    others = ordered(make_flow(["one"], name="งานของคนอื่น"), bench.head)
    page = words(client.get(LIST))
    assert [paper.title in page for paper in (coming, ready, others)] == [True, True, False]
    assert ["รอคิว" in page, "พร้อมใช้" in page] == [True, True]
    assert 'hx-get="/papers/?"' in page or 'hx-get="/papers/"' in page


def test_list_without_waiting_papers_is_still(client, bench, flow):
    made(ordered(flow, bench.officer))
    assert "hx-get" not in words(client.get(LIST))


def test_empty_list_says_where_to_begin(client, bench):
    page = words(client.get(LIST))
    assert "ยังไม่ได้สั่งพิมพ์เอกสาร" in page
    assert reverse("processes:list") in page


def test_list_costs_the_same_with_one_and_three_papers(
    client, bench, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            ordered(make_flow(["one"]), bench.officer)
        with django_assert_max_num_queries(20) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]
