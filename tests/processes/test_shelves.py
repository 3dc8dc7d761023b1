"""Which processes use a form, or cite a law."""

from dataclasses import replace

import pytest

from processes import editing
from processes.models import EditionOrigin, Process
from processes.shape import Citation, FormUse
from tests.factories.people import make_officer, make_unit, make_user
from tests.factories.standard import make_manual, make_shape, put_in_force

pytestmark = pytest.mark.django_db
ACT = "พระราชบัญญัติว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ พ.ศ. ๒๕๕๐"


def make_process(code, *, form="แบบสำรวจ", law=ACT, form_note=""):
    content = make_shape(["a"], code=code, name=f"กระบวนงาน {code}")
    uses = (FormUse("survey", form, "", form_note),)
    return replace(content, forms=uses, citations=(Citation("act", law),))


@pytest.fixture
def officer(client):
    user = make_officer(make_unit())
    client.force_login(user)
    return user


@pytest.fixture
def school(client):
    client.force_login(make_user(account="school"))


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_form_names_every_process_that_uses_it(client, officer):
    put_in_force(make_process("one"))
    put_in_force(make_process("two", form="แบบสำรวจ (ปรับปรุง)", form_note="พิมพ์ต่างจากกระบวนงานอื่น"))
    text = page(client, "/forms/survey/")
    assert "ใช้ใน 2 กระบวนงาน" in text
    assert "/processes/one/" in text
    assert "พิมพ์ว่า แบบสำรวจ (ปรับปรุง)" in text
    assert "พิมพ์ต่างจากกระบวนงานอื่น" in text


def test_law_names_every_process_that_cites_it(client, officer):
    put_in_force(make_process("one"))
    assert "อ้างอิงใน 1 กระบวนงาน" in page(client, "/laws/act/")


def test_edition_that_retired_uses_nothing(client, officer):
    old = make_process("one")
    put_in_force(old)
    put_in_force(replace(old, forms=(), citations=()))
    assert client.get("/forms/survey/").status_code == 404
    assert "ยังไม่มีรายการ" in page(client, "/forms/")


def test_draft_uses_nothing_even_for_the_office(client, officer):
    content = make_process("one")
    process = editing.open_process(make_manual(content.manual), content)
    editing.write_draft(process, content, origin=EditionOrigin.OFFICE)
    assert Process.objects.exists()
    assert client.get("/forms/survey/").status_code == 404


def test_process_the_office_does_not_use_is_left_out_and_its_own_name_is_shown(client, officer):
    put_in_force(make_process("one"))
    put_in_force(make_process("two"))
    Process.objects.filter(code="one").update(adopted=False)
    Process.objects.filter(code="two").update(own_name="ชื่อของสำนักงาน")
    text = page(client, "/forms/survey/")
    assert "ใช้ใน 1 กระบวนงาน" in text
    assert "ชื่อของสำนักงาน" in text
    assert "/processes/one/" not in text


def test_unknown_form_and_law_are_not_found(client, officer):
    assert client.get("/forms/none/").status_code == 404
    assert client.get("/laws/none/").status_code == 404


def test_school_reads_what_is_in_force(client, school):
    put_in_force(make_process("one"))
    assert "กระบวนงาน one" in page(client, "/forms/survey/")


def test_list_finds_a_law_whatever_its_digits_and_tone_marks(client, officer):
    put_in_force(make_process("one"))
    for typed in ("2550", "๒๕๕๐", "คอมพิวเตอร", "พระราชบัญญัติ  2550"):
        assert ACT in page(client, f"/laws/?q={typed}")
    assert "ไม่พบรายการที่ค้นหา" in page(client, "/laws/?q=ปฏิทิน")


def test_list_is_in_thai_order(client, officer):
    put_in_force(make_process("one", law="แผนแม่บท"))
    content = make_process("two")
    put_in_force(replace(content, citations=(Citation("kor", "กฎกระทรวง"),)))
    text = page(client, "/laws/")
    assert text.index("กฎกระทรวง") < text.index("แผนแม่บท")


def test_sections_seven_and_eight_lead_there(client, officer):
    put_in_force(make_process("one"))
    text = page(client, "/processes/one/")
    assert 'href="/forms/survey/"' in text
    assert 'href="/laws/act/"' in text


def test_sections_of_a_process_not_in_use_lead_nowhere(client, officer):
    put_in_force(make_process("one"))
    Process.objects.update(adopted=False)
    assert client.get("/forms/survey/").status_code == 404
    text = page(client, "/processes/one/")
    assert 'href="/forms/survey/"' not in text
    assert 'href="/laws/act/"' not in text


def test_pages_refuse_to_be_posted_to(client, officer):
    put_in_force(make_process("one"))
    for path in ("/forms/", "/forms/survey/", "/laws/", "/laws/act/"):
        assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/forms/", "/laws/", "/forms/survey/", "/laws/act/"])
@pytest.mark.parametrize("many", [1, 3])
def test_page_costs_the_same_number_of_queries(
    client, officer, path, many, django_assert_num_queries
):
    for number in range(many):
        put_in_force(make_process(f"process-{number}"))
    with django_assert_num_queries(5):
        client.get(path)
