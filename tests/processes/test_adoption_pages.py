"""The pages on which the office takes its manuals into use: who sees what, what comes of it."""

from io import BytesIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from processes.in_use import targets_of
from processes.models import Manual, Process, TargetDays
from tests.factories.people import (
    ROLES,
    delegate,
    make_office,
    make_officer,
    make_post,
    make_unit,
    make_user,
    seat,
)
from tests.factories.standard import make_manual, make_shape, put_in_force
from tests.factories.work import Bench
from tests.workflows.cases.pages import hidden, post, raw, signed_in, words

pytestmark = pytest.mark.django_db
LIST, PAGE, ADOPT = "/processes/", "/processes/alpha/", "/processes/alpha/adoption/"
MANUAL = "/processes/manuals/demo/adoption/"
MAY = {"head", "deputy", "director", "administrator"}


@pytest.fixture
def people():
    return make_office()


@pytest.fixture
def process():
    content = make_shape(["a", "b"], code="alpha", name="ชื่อในคู่มือ", table_name="ชื่อในตาราง")
    return put_in_force(content).process


def typed(**values):
    return {"adopted": "on", "own_name": "", "own_document_code": "", **values}


def codes(answer):
    return [each.code for each in answer.context["processes"]]


# -- who


@pytest.mark.parametrize("role", ROLES)
def test_buttons_and_pages_are_for_who_may_adopt(people, process, role):
    client, may = signed_in(people[role]), role in MAY
    assert (ADOPT in raw(client.get(PAGE))) == may
    assert (MANUAL in raw(client.get(LIST))) == may
    for address, form in ((ADOPT, typed(own_name="ใหม่")), (MANUAL, {"adopted": "no"})):
        assert client.get(address).status_code == (200 if may else 403)
        answer = client.post(address, form)
        assert answer.status_code == (302 if may else 403)
        assert may or "กำหนดการใช้กระบวนงานได้เฉพาะผู้ดูแลระบบ" in words(answer)
    process.refresh_from_db()
    assert (process.own_name, process.adopted) == (("ใหม่", False) if may else ("", True))


def test_a_process_or_manual_nobody_knows_is_not_there(people):
    for address in ("/processes/none/adoption/", "/processes/manuals/none/adoption/"):
        assert post(people["head"], address, **typed()).status_code == 404


# -- the form


def test_everything_is_saved_at_once_and_shown_again(people, process):
    head, deputy = (people[role].holdings.get().post for role in ("head", "deputy"))
    form = typed(
        own_name="ชื่อของเรา", own_document_code="กสทท 1", in_charge=head.pk, stand_in=deputy.pk,
        **{"days-alpha--a": "5", "days-alpha--b": ""},
    )  # fmt: skip
    answer = post(people["head"], ADOPT, **form)
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert targets_of(process.pk) == {("alpha", "a"): 5}
    page = words(signed_in(people["officer"]).get(PAGE))
    for said in (
        "ชื่อตามคู่มือ: ชื่อในคู่มือ",
        "ตำแหน่งที่รับผิดชอบ ตำแหน่ง head นายhead",
        "ตำแหน่งที่ทำแทน ตำแหน่ง deputy นายdeputy",
        "ชื่อกระบวนงาน ชื่อของเรา",
        "รหัสเอกสาร กสทท 1",
        "เป้าหมายของสำนักงาน 5 วันทำการ",
        "ไม่กำหนดเวลา",
    ):
        assert said in page
    assert "ชื่อในตาราง" not in page
    again = raw(signed_in(people["head"]).get(ADOPT))
    assert 'value="ชื่อของเรา"' in again
    assert f'<option value="{head.pk}" selected>' in again


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"own_name": "ย" * 401}, "own_name", "400"),
        ({"own_document_code": "ก" * 61}, "own_document_code", "60"),
        ({"in_charge": "999999"}, "in_charge", "เลือก"),
        ({"days-alpha--a": "0"}, "days-alpha--a", "1"),
        ({"days-alpha--a": "367"}, "days-alpha--a", "366"),
        ({"days-alpha--a": "1.5"}, "days-alpha--a", "จำนวนเต็ม"),
        ({"days-alpha--a": "ห้า"}, "days-alpha--a", "จำนวนเต็ม"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    people, process, values, field, said
):
    answer = post(people["head"], ADOPT, **typed(**{"own_document_code": "คงอยู่", **values}))
    assert answer.status_code == 400
    assert said in " ".join(answer.context["form"].errors[field])
    assert "own_document_code" in values or 'value="คงอยู่"' in raw(answer)
    process.refresh_from_db()
    assert (process.own_document_code, TargetDays.objects.count()) == ("", 0)


def test_a_stand_in_who_is_in_charge_himself_is_told_beside_the_field(people, process):
    chosen = make_post("deputy").pk
    answer = post(people["head"], ADOPT, **typed(in_charge=chosen, stand_in=chosen))
    assert answer.status_code == 400
    assert "ต้องไม่ใช่ตำแหน่งที่รับผิดชอบเอง" in answer.context["form"].errors["stand_in"][0]


def test_who_saves_after_another_is_told_and_may_save_again(people, process):
    first, second = signed_in(people["head"]), signed_in(people["deputy"])
    seen = hidden(second.get(ADOPT), "seen")
    first.post(ADOPT, typed(own_name="ของหัวหน้า", seen=hidden(first.get(ADOPT), "seen")))
    answer = second.post(ADOPT, typed(own_name="ของรอง", seen=seen))
    assert answer.status_code == 409
    assert "มีผู้แก้ไขการใช้กระบวนงานนี้" in words(answer)
    assert 'value="ของรอง"' in raw(answer)
    again = second.post(ADOPT, typed(own_name="ของรอง", seen=hidden(answer, "seen")))
    assert (again.status_code, Process.objects.get().own_name) == (302, "ของรอง")


def test_who_saves_a_page_older_than_the_edition_is_told(people, process):
    client = signed_in(people["head"])
    seen = hidden(client.get(ADOPT), "seen")
    put_in_force(make_shape(["a", "c"], code="alpha", name="ชื่อในคู่มือ"))
    answer = client.post(ADOPT, typed(seen=seen, own_name="ใหม่", **{"days-alpha--a": "5"}))
    assert (answer.status_code, targets_of(process.pk)) == (409, {})
    assert 'name="days-alpha--c"' in raw(answer)
    assert 'value="ใหม่"' in raw(answer)


@pytest.mark.parametrize("row", ["days-alpha--gone", "days-other--a", "days-"])
def test_days_of_a_row_that_is_not_there_are_told_and_nothing_is_saved(people, process, row):
    answer = post(people["head"], ADOPT, **typed(own_name="ใหม่", **{row: "5"}))
    assert answer.status_code == 400
    assert "ขั้นตอนที่ไม่อยู่ในฉบับที่ใช้บังคับ" in words(answer)
    process.refresh_from_db()
    assert (process.own_name, TargetDays.objects.count()) == ("", 0)


def test_a_double_press_saves_once(people, process):
    client = signed_in(people["head"])
    form = typed(own_name="ชื่อของเรา", seen=hidden(client.get(ADOPT), "seen"))
    assert [client.post(ADOPT, form).status_code for _ in range(2)] == [302, 302]


# -- switched off


def test_what_is_switched_off_leaves_the_list_and_can_be_read(people, process):
    put_in_force(make_shape(["a"], code="beta"))
    post(people["head"], ADOPT, own_name="", own_document_code="")
    for role in ("officer", "head", "school"):
        client = signed_in(people[role])
        assert codes(client.get(LIST)) == ["beta"]
        page = client.get(PAGE)
        assert page.status_code == 200
        assert "สำนักงานไม่ใช้กระบวนงานนี้" in words(page)
    assert "/cases/start/" not in raw(signed_in(people["officer"]).get(PAGE))


@pytest.mark.parametrize("role", ["head", "administrator", "officer", "school"])
def test_what_is_not_used_is_listed_for_who_may_take_it_up(people, process, role):
    put_in_force(make_shape(["a"], code="beta"))
    Process.objects.filter(code="alpha").update(adopted=False)
    answer = signed_in(people[role]).get(LIST, {"show": "unused"})
    assert codes(answer) == (["alpha"] if role in MAY else ["beta"])
    assert ("กำหนดการใช้" in words(answer)) == (role in MAY)


def test_the_catalogue_commands_still_speak_of_it(process, capsys):
    Process.objects.update(adopted=False)
    call_command("export_catalogue")
    call_command("plan", "alpha", "--start", "2026-11-02")
    call_command("rehearse", "--all")
    said = capsys.readouterr().out
    assert '"code": "alpha"' in said
    assert "ไม่กำหนดเวลา" in said
    assert "alpha: จบเรื่อง" in said


# -- names


@pytest.mark.parametrize(
    ("q", "found"), [("ของเรา", True), ("กสทท", True), ("คู่มือ", True), ("ไม่มีแน่", False)]
)
def test_own_words_are_searched_beside_the_manuals(people, process, q, found):
    post(people["head"], ADOPT, **typed(own_name="ชื่อของเรา", own_document_code="กสทท 1"))
    answer = signed_in(people["officer"]).get(LIST, {"q": q})
    assert codes(answer) == (["alpha"] if found else [])
    assert ("ชื่อของเรา" in words(answer)) == found


def test_the_workbook_is_under_the_offices_name_and_code(people, process):
    post(
        people["head"], ADOPT,
        **typed(own_name="ชื่อของเรา", own_document_code="กสทท 1", **{"days-alpha--a": "5"}),
    )  # fmt: skip
    file = signed_in(people["officer"]).get("/processes/alpha/editions/1/table.xlsx").content
    rows = list(load_workbook(BytesIO(file)).active.values)
    assert (rows[0][0], rows[2][0]) == ("ชื่อกระบวนงาน : ชื่อของเรา", "รหัสเอกสาร กสทท 1")
    # printed as the manual leaves it: the target is the office's own
    assert rows[4][3] is None


def test_marks_nobody_sees_break_neither_name_nor_workbook(people, process):
    post(
        people["head"], ADOPT,
        **typed(own_name="ชื่อ\x01ของ\r\n\u202eเรา", own_document_code="กสทท\x0b1"),
    )  # fmt: skip
    file = signed_in(people["officer"]).get("/processes/alpha/editions/1/table.xlsx").content
    rows = list(load_workbook(BytesIO(file)).active.values)
    assert (rows[0][0], rows[2][0]) == ("ชื่อกระบวนงาน : ชื่อของ เรา", "รหัสเอกสาร กสทท 1")


def test_a_name_of_nothing_that_can_be_seen_is_none(people, process):
    post(people["head"], ADOPT, **typed(own_name="\u200b\u202e"))
    process.refresh_from_db()
    assert process.shown_name == "ชื่อในคู่มือ"


# -- who answers


@pytest.fixture
def in_charge(people, process):
    """The post in charge and the one that stands in, each with a person."""
    unit = make_unit("กลุ่มอื่น")
    posts = [make_post("officer", unit=unit, title=title) for title in ("ตำแหน่งหลัก", "ตำแหน่งรอง")]
    sitting = [seat(make_user(title="นาง", first_name=name), each)
               for name, each in zip(("หนึ่ง", "สอง"), posts, strict=True)]  # fmt: skip
    Process.objects.update(in_charge=posts[0], stand_in=posts[1])
    return sitting


def test_the_list_says_who_is_in_charge_now(people, in_charge):
    assert "ผู้รับผิดชอบ ตำแหน่งหลัก (นางหนึ่ง)" in words(signed_in(people["officer"]).get(LIST))


def test_an_empty_post_is_answered_for_by_the_stand_in(people, in_charge):
    in_charge[0].delete()
    client = signed_in(people["officer"])
    assert "ตำแหน่งหลัก ตำแหน่งว่าง ตำแหน่งรอง ทำแทน (นางสอง)" in words(client.get(LIST))
    page = words(client.get(PAGE))
    assert "ตำแหน่งหลัก ตำแหน่งว่าง" in page
    assert "ผู้ทำแทนเป็นผู้รับผิดชอบในขณะนี้" in page


def test_two_empty_posts_break_nothing(people, in_charge):
    for holding in in_charge:
        holding.user.is_active = False
        holding.user.save()
    client = signed_in(people["head"])
    assert "ตำแหน่งหลัก (ตำแหน่งว่าง)" in words(client.get(LIST))
    assert "ตำแหน่งหลัก (กลุ่มอื่น) · ตำแหน่งว่าง" in words(client.get(ADOPT))


def test_who_acts_in_the_post_is_named_in_his_right(people, in_charge):
    delegate(in_charge[0].post, make_user(first_name="สาม"), "vacant")
    assert "ตำแหน่งหลัก (นายสาม รักษาราชการแทน)" in words(signed_in(people["officer"]).get(LIST))


def test_a_school_reads_the_post_and_no_names(people, in_charge):
    client = signed_in(people["school"])
    for address in (LIST, PAGE):
        page = words(client.get(address))
        assert "ตำแหน่งหลัก" in page
        assert "นางหนึ่ง" not in page


# -- a whole manual


def test_the_confirmation_says_how_many_processes_and_running_cases(people, process):
    bench = bench_of(people)
    put_in_force(make_shape(["a"], code="beta"))
    bench.start(process.editions.get().flows.get())
    page = words(signed_in(people["head"]).get(MANUAL))
    assert "เลิกใช้ 2 กระบวนงาน มีเรื่องที่กำลังดำเนินการ 1 เรื่อง" in page
    answer = post(people["head"], MANUAL, adopted="no")
    assert (answer.status_code, Process.objects.in_use().count()) == (302, 0)
    page = words(signed_in(people["head"]).get(MANUAL))
    assert "นำกลับมาใช้ 2 กระบวนงาน" in page
    assert "เลิกใช้ทั้งคู่มือ" not in page


def bench_of(people):
    """The same people, with their unit, at work."""
    leading = [people[role] for role in ("head", "deputy", "director")]
    posts = [user.holdings.get().post for user in leading]
    return Bench(posts[0].unit, people["officer"], *leading, *posts)


@pytest.mark.parametrize("form", [{}, {"adopted": "maybe"}])
def test_an_answer_nobody_gave_switches_nothing(people, process, form):
    answer = post(people["head"], MANUAL, **form)
    assert (answer.status_code, Process.objects.in_use().count()) == (400, 1)


def test_another_manual_stays_as_it_is(people, process):
    make_manual("other", "อีกคู่มือ")
    post(people["head"], "/processes/manuals/other/adoption/", adopted="no")
    assert (Process.objects.in_use().count(), Manual.objects.count()) == (1, 2)


# -- cost


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_with_one_and_three_rows(people, rows, django_assert_num_queries):
    unit = make_unit()
    make_officer(unit)
    for _ in range(rows):
        process = put_in_force(make_shape(["a"])).process
        process.in_charge = make_post("officer", unit=unit)
        process.save()
    client = signed_in(people["head"])
    with django_assert_num_queries(12):
        client.get(LIST)
