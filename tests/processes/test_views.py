"""The pages of the standard: who sees what, what is found, at what cost."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from processes import editing
from processes.models import EditionOrigin, Process
from tests.factories.people import make_officer, make_unit, make_user
from tests.factories.standard import dlit_flow, make_manual, make_shape, put_in_force

pytestmark = pytest.mark.django_db
LIST = "/processes/"


@pytest.fixture
def officer():
    return make_officer(make_unit())


def make_draft(content):
    process = editing.open_process(make_manual(content.manual), content)
    return editing.write_draft(process, content, origin=EditionOrigin.OFFICE)


@pytest.fixture
def standard():
    """A process with a retired, an effective and a draft edition, and one of a draft only."""
    content = make_shape(["a"], code="demo", name="ฉบับเก่า")
    put_in_force(content, day=date(2025, 10, 1))
    put_in_force(replace(content, name="ฉบับใช้จริง"), day=date(2026, 10, 1))
    make_draft(replace(content, name="ฉบับร่าง"))
    make_draft(make_shape(["a"], code="new", name="ยังไม่เคยใช้"))


def person(role):
    unit = make_unit()
    if role == "officer":
        return make_officer(unit)
    if role == "administrator":
        return make_user(administers=True)
    return make_user(account="school")


PAGES = [
    ("officer", "/processes/", 200),
    ("officer", "/processes/demo/", 200),
    ("officer", "/processes/demo/editions/1/", 200),
    ("officer", "/processes/demo/editions/3/", 200),
    ("officer", "/processes/new/", 200),
    ("officer", "/processes/demo/editions/4/", 404),
    ("officer", "/processes/none/", 404),
    ("administrator", "/processes/demo/editions/3/", 200),
    ("administrator", "/processes/new/", 200),
    ("school", "/processes/", 200),
    ("school", "/processes/demo/", 200),
    ("school", "/processes/demo/editions/1/", 200),
    ("school", "/processes/demo/editions/3/", 404),
    ("school", "/processes/new/", 404),
    ("school", "/processes/new/editions/1/", 404),
]


@pytest.mark.parametrize(("role", "path", "status"), PAGES)
def test_page_opens_for_whom_it_is_for(client, standard, role, path, status):
    client.force_login(person(role))
    assert client.get(path).status_code == status


def test_pages_want_a_login(client, standard):
    for path in (LIST, "/processes/demo/", "/processes/demo/editions/3/"):
        assert client.get(path).status_code == 302


def test_pages_refuse_to_be_posted_to(client, standard, officer):
    client.force_login(officer)
    for path in (LIST, "/processes/demo/", "/processes/demo/editions/1/"):
        assert client.post(path).status_code == 405


def names(response):
    return [process.name for process in response.context["processes"]]


def test_school_is_not_told_of_drafts(client, standard):
    client.force_login(person("school"))
    response = client.get(LIST)
    assert names(response) == ["ฉบับใช้จริง"]
    assert "ร่าง" not in response.content.decode()
    page = client.get("/processes/demo/")
    assert [each.number for each in page.context["editions"]] == [2, 1]
    assert "ฉบับร่าง" not in page.content.decode()


def test_officer_is_led_to_the_draft(client, standard, officer):
    client.force_login(officer)
    response = client.get(LIST)
    assert "/processes/demo/editions/3/" in response.content.decode()
    page = client.get("/processes/demo/editions/3/").content.decode()
    assert "ฉบับที่ 3 ยังเป็นร่าง ไม่มีผลใช้บังคับ" in page


def test_process_page_shows_the_effective_edition(client, standard, officer):
    client.force_login(officer)
    response = client.get("/processes/demo/")
    assert response.context["content"].name == "ฉบับใช้จริง"


def test_retired_edition_says_when_it_was_retired(client, standard, officer):
    client.force_login(officer)
    response = client.get("/processes/demo/editions/1/")
    assert response.context["content"].name == "ฉบับเก่า"
    assert "เลิกใช้แล้วเมื่อ 1 ตุลาคม 2569" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "path", "may"),
    [
        ("officer", "/processes/demo/", True),
        ("officer", "/processes/demo/editions/1/", False),
        ("officer", "/processes/demo/editions/3/", False),
        ("administrator", "/processes/demo/", False),
        ("school", "/processes/demo/", False),
    ],
)
def test_case_is_offered_to_officers_on_the_effective_edition(client, standard, role, path, may):
    client.force_login(person(role))
    page = client.get(path).content.decode()
    assert (f"{reverse('cases:start')}?flow=demo" in page) == may


def test_sections_stand_in_the_order_of_the_manual(client, officer):
    dlit_flow()
    client.force_login(officer)
    page = client.get("/processes/dlit/").content.decode()
    places = [page.index(f'id="section-{number}"') for number in range(1, 10)]
    assert places == sorted(places)
    for words in (
        "5. ขั้นตอนการปฏิบัติงาน",
        "เสนอ ผอ.กลุ่ม → รอง ผอ.สพท. → ผอ.สพท. ให้ความเห็นชอบ",
        "ไม่ผ่าน กลับไปลำดับที่ 3 ทบทวน ปรับปรุง",
        "3 – 5 วันต่อกิจกรรม",
        "มาตรฐานร่วมกับลำดับที่ 3",
        "๘.๑",
        "(คิดที่หนึ่งกิจกรรมหรือหนึ่งครั้งต่อขั้นตอน)",
        "หมายเหตุต้นฉบับ: ข้อ 5.7",
    ):
        assert words in page


def test_empty_sections_say_so(client, standard, officer):
    client.force_login(officer)
    page = client.get("/processes/demo/").content.decode()
    assert page.count("<p>ไม่มี</p>") == 5


# -- finding


@pytest.fixture
def found(client, officer):
    dlit_flow()
    put_in_force(make_shape(["a"], name="งานซ่อมคอมพิวเตอร์", code="repair"))
    client.force_login(officer)
    return lambda words: names(client.get(LIST, {"q": words}))


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("", ["repair", "dlit"]),
        ("dlit", ["dlit"]),
        ("ซ่อม", ["repair"]),
        ("พรบ", []),
        ("ลิขสิทธิ์", ["dlit"]),
        ("ลิขสิทธิ 2537", ["dlit"]),
        ("แบบสำรวจ ทางไกล", ["dlit"]),
        ("สร้างความรู้", ["dlit"]),
        ("ซ่อม dlit", []),
        ("100%", []),
    ],
)
def test_every_word_is_looked_for_in_names_steps_forms_and_laws(found, words, codes):
    wanted = [Process.objects.get(code=code).name for code in codes]
    assert found(words) == wanted


def test_search_without_a_result_offers_the_way_back(client, standard, officer):
    client.force_login(officer)
    page = client.get(LIST, {"q": "ไม่มีแน่นอน"}).content.decode()
    assert "ไม่พบกระบวนงานที่ค้นหา" in page


def test_list_without_any_process_says_what_is_missing(client, officer):
    client.force_login(officer)
    assert "ยังไม่มีกระบวนงานที่ใช้บังคับ" in client.get(LIST).content.decode()


def test_processes_stand_under_their_manual_in_order(client, officer):
    make_manual("b", "คู่มือสอง")
    for manual, number in (("b", "2"), ("b", "10"), ("a", "1")):
        content = make_shape(["a"], name=f"{manual}{number}")
        make_manual(manual)
        put_in_force(replace(content, manual=manual, number=number))
    client.force_login(officer)
    assert names(client.get(LIST)) == ["a1", "b2", "b10"]


# -- cost


def queries_of(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_list_costs_the_same_with_one_and_three_rows(
    client, officer, django_assert_max_num_queries
):
    client.force_login(officer)
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            put_in_force(make_shape(["a", "b"]))
        counts.append(queries_of(client, LIST, django_assert_max_num_queries))
    assert counts[0] == counts[1]


def test_page_costs_the_same_with_one_and_three_rows(
    client, officer, django_assert_max_num_queries
):
    client.force_login(officer)
    counts = []
    for code, steps in (("one", ["a"]), ("three", ["a", "b", "c"])):
        put_in_force(make_shape(steps, code=code))
        counts.append(queries_of(client, f"/processes/{code}/", django_assert_max_num_queries))
    assert counts[0] == counts[1]
