"""The pages of letters: drafts kept while typing, refusals where the person looks."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.thai.dates import be_year
from tests.factories.people import make_officer, make_unit
from tests.factories.standard import make_flow
from tests.factories.work import Bench, fresh, make_bench, open_task
from tests.workflows.letters.rows import (
    APPOINT_ITEMS,
    appoint_task,
    asking_task,
    letter_task,
    needs_met,
    sending_task,
    write_order,
)
from workflows.cases import moves
from workflows.cases.models import Case, Task
from workflows.letters.models import Letter
from workflows.letters.services import MemberLine

pytestmark = pytest.mark.django_db

TYPED = {
    "subject": "ขอความเห็นชอบ", "to": "ผู้อำนวยการ", "urgency": "", "facts": "ข้อมูล",
    "considerations": "ควรทำ", "proposal": "จึงเรียนมา", "background": "", "law": "", "seen": "0",
    "page": "mine",
}  # fmt: skip
AUTOSAVE = {"HX-Request": "true"}


@pytest.fixture
def bench() -> Bench:
    return make_bench()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def typed_today() -> str:
    today = timezone.localdate()
    return f"{today:%d/%m}/{be_year(today)}"


def panel(task: Task, user: User) -> str:
    template = Template("{% load letters %}{% letter_panel task user %}")
    return template.render(Context({"task": Task.objects.get(pk=task.pk), "user": fresh(user)}))


# -- memo


def test_the_form_begins_with_what_the_case_offers(bench: Bench) -> None:
    task = asking_task(bench)
    form = client_of(bench.officer).get(reverse("letters:memo", args=[task.pk])).context["form"]
    assert (form["subject"].value(), form["proposal"].value()) == (
        task.case.title, "จึงเรียนมาเพื่อโปรดพิจารณาให้ความเห็นชอบ",
    )  # fmt: skip


def test_saving_a_memo_leads_back_to_the_row(bench: Bench) -> None:
    task = asking_task(bench)
    url = reverse("letters:memo", args=[task.pk])
    response = client_of(bench.officer).post(url, TYPED)
    assert response.headers["Location"] == reverse("cases:task", args=[task.pk])
    assert Letter.objects.get().fields["facts"] == "ข้อมูล"


def test_a_memo_is_kept_while_it_is_typed(bench: Bench) -> None:
    task = asking_task(bench)
    url = reverse("letters:memo", args=[task.pk])
    response = client_of(bench.officer).post(url, {**TYPED, "proposal": ""}, headers=AUTOSAVE)
    assert (response.status_code, "เก็บร่างแล้ว" in response.content.decode()) == (200, True)
    assert Letter.objects.get().fields["proposal"] == ""


def test_a_page_saves_as_often_as_it_likes(bench: Bench) -> None:
    task = asking_task(bench)
    client, url = client_of(bench.officer), reverse("letters:memo", args=[task.pk])
    client.post(url, TYPED, headers=AUTOSAVE)
    client.post(url, {**TYPED, "facts": "พิมพ์ต่อ"}, headers=AUTOSAVE)
    assert client.post(url, {**TYPED, "facts": "พิมพ์จบ"}).status_code == 302
    assert Letter.objects.get().fields["facts"] == "พิมพ์จบ"


def test_a_newer_text_of_somebody_else_is_shown_beside_ones_own(bench: Bench) -> None:
    task, colleague = asking_task(bench), make_officer(bench.unit)
    url = reverse("letters:memo", args=[task.pk])
    client_of(colleague).post(url, {**TYPED, "facts": "ของเพื่อน", "page": "theirs"})
    response = client_of(bench.officer).post(url, {**TYPED, "facts": "ของฉัน"})
    assert response.status_code == 409
    assert response.context["theirs"] == [("ข้อเท็จจริง", "ของเพื่อน")]
    form = response.context["form"]
    assert (form["facts"].value(), form["seen"].value()) == ("ของฉัน", "1")


def test_saving_again_after_the_conflict_is_ones_choice(bench: Bench) -> None:
    task, colleague = asking_task(bench), make_officer(bench.unit)
    url = reverse("letters:memo", args=[task.pk])
    client_of(colleague).post(url, {**TYPED, "facts": "ของเพื่อน", "page": "theirs"})
    response = client_of(bench.officer).post(url, {**TYPED, "facts": "ของฉัน", "seen": "1"})
    assert (response.status_code, Letter.objects.get().fields["facts"]) == (302, "ของฉัน")


def test_too_long_a_part_is_refused_with_the_text_still_there(bench: Bench) -> None:
    task = asking_task(bench)
    url = reverse("letters:memo", args=[task.pk])
    response = client_of(bench.officer).post(url, {**TYPED, "facts": "ก" * 20_001})
    form = response.context["form"]
    assert (response.status_code, list(form.errors), len(form["facts"].value())) == (
        400, ["facts"], 20_001,
    )  # fmt: skip


def test_a_decided_row_shows_its_memo_to_read(bench: Bench) -> None:
    task = asking_task(bench)
    client, url = client_of(bench.officer), reverse("letters:memo", args=[task.pk])
    client.post(url, TYPED)
    moves.mark_decided(moves.lock_task(task.pk), now=timezone.now())
    assert client.post(url, {**TYPED, "seen": "1"}).status_code == 409
    assert [text for _, text in client.get(url).context["parts"]] == ["ข้อมูล", "ควรทำ", "จึงเรียนมา"]


def test_the_director_reads_the_memo(bench: Bench) -> None:
    task = asking_task(bench)
    url = reverse("letters:memo", args=[task.pk])
    client_of(bench.officer).post(url, TYPED)
    response = client_of(bench.director).get(url)
    assert [text for _, text in response.context["parts"]] == ["ข้อมูล", "ควรทำ", "จึงเรียนมา"]


def test_somebody_who_only_reads_may_not_save(bench: Bench) -> None:
    url = reverse("letters:memo", args=[asking_task(bench).pk])
    response = client_of(bench.director).post(url, TYPED)
    assert (response.status_code, Letter.objects.count()) == (403, 0)


@pytest.mark.parametrize("name", ["memo", "order", "incoming", "outgoing"])
def test_a_row_has_only_its_own_letters(bench: Bench, name: str) -> None:
    task = open_task(bench.start(make_flow(["plain"])))
    url = reverse(f"letters:{name}", args=[task.pk])
    assert client_of(bench.officer).get(url).status_code == 404


def test_another_unit_finds_no_letter(bench: Bench) -> None:
    url = reverse("letters:memo", args=[asking_task(bench).pk])
    assert client_of(make_officer(make_unit("อื่น"))).get(url).status_code == 404


# -- order


def member_fields(
    *lines: tuple[str, str, str], users: dict[int, int] | None = None
) -> dict[str, str]:
    fields = {"members-TOTAL_FORMS": str(len(lines)), "members-INITIAL_FORMS": "0"}
    for index, (name, post, role) in enumerate(lines):
        fields |= {
            f"members-{index}-name": name, f"members-{index}-post": post,
            f"members-{index}-role": role,
            f"members-{index}-user": str((users or {}).get(index, "")),
        }  # fmt: skip
    return fields


ORDER = {
    "subject": "แต่งตั้งคณะทำงาน", "authority": "มาตรา 37", "duties": "", "signer": "นาย ก",
    "signer_post": "ผู้อำนวยการ", "seen": "0", "page": "mine",
}  # fmt: skip


def test_an_order_is_saved_with_its_members(bench: Bench) -> None:
    task = appoint_task(bench)
    url = reverse("letters:order", args=[task.pk])
    lines = member_fields(("นาย ข", "ครู", "ประธาน"), ("", "", ""), ("นาย ค", "", "กรรมการ"))
    assert client_of(bench.officer).post(url, {**ORDER, **lines}).status_code == 302
    assert [member.name for member in Letter.objects.get().members.all()] == ["นาย ข", "นาย ค"]
    assert needs_met(task) == ["members"]


def test_a_chosen_person_brings_name_and_post(bench: Bench) -> None:
    bench.head.position = "ผู้อำนวยการกลุ่ม"
    bench.head.save()
    url = reverse("letters:order", args=[appoint_task(bench).pk])
    lines = member_fields(("", "", "ประธาน"), users={0: bench.head.pk})
    client_of(bench.officer).post(url, {**ORDER, **lines})
    member = Letter.objects.get().members.get()
    assert (member.user, member.name, member.post) == (
        bench.head, bench.head.full_name, "ผู้อำนวยการกลุ่ม",
    )  # fmt: skip


def test_more_lines_keep_what_was_typed(bench: Bench) -> None:
    url = reverse("letters:order", args=[appoint_task(bench).pk])
    lines = member_fields(("นาย ข", "ครู", "ประธาน"))
    response = client_of(bench.officer).post(url, {**ORDER, **lines, "more": "1"})
    members = response.context["members"]
    assert (len(members.forms), members.forms[0]["name"].value()) == (6, "นาย ข")
    assert response.context["form"]["authority"].value() == "มาตรา 37"


def test_a_half_written_line_is_kept_and_marked(bench: Bench) -> None:
    task = appoint_task(bench)
    client, url = client_of(bench.officer), reverse("letters:order", args=[task.pk])
    client.post(url, {**ORDER, **member_fields(("นาย ข", "ครู", ""))})
    assert client.get(url).context["lacking"] == [1]
    assert needs_met(task) == []


def test_the_number_of_an_order_is_recorded(bench: Bench) -> None:
    task = appoint_task(bench)
    write_order(task, bench)
    Case.objects.filter(pk=task.case_id).update(opened_on=timezone.localdate() - timedelta(days=30))
    url = reverse("letters:order-issue", args=[task.pk])
    facts = {"number": "12/2569", "dated_on": typed_today(), "told_on": typed_today()}
    response = client_of(bench.officer).post(url, facts)
    assert response.headers["Location"] == reverse("cases:task", args=[task.pk])
    assert needs_met(task) == ["members", "number", "order"]


def test_a_number_dated_in_the_wrong_era_offers_the_right_day(bench: Bench) -> None:
    task = appoint_task(bench)
    write_order(task, bench)
    facts = {"number": "12/2569", "dated_on": "2/11/2026", "told_on": ""}
    response = client_of(bench.officer).post(reverse("letters:order-issue", args=[task.pk]), facts)
    form = response.context["issue_form"]
    assert (response.status_code, form["number"].value()) == (400, "12/2569")
    assert form.errors["dated_on"] == ["ปี 2026 เป็น ค.ศ. หากหมายถึง 2 พ.ย. 2569 ให้พิมพ์ 02/11/2569"]


def test_an_unwritten_order_gets_no_number(bench: Bench) -> None:
    url = reverse("letters:order-issue", args=[appoint_task(bench).pk])
    facts = {"number": "12/2569", "dated_on": typed_today()}
    assert client_of(bench.officer).post(url, facts).status_code == 404


def test_a_number_is_recalled_with_a_reason(bench: Bench) -> None:
    task = appoint_task(bench)
    order = write_order(task, bench)
    Letter.objects.filter(pk=order.pk).update(number="12/2569", dated_on=timezone.localdate())
    client, url = client_of(bench.officer), reverse("letters:order-recall", args=[task.pk])
    assert client.post(url, {"reason": ""}).status_code == 400
    assert client.post(url, {"reason": "พิมพ์เลขผิด"}).status_code == 302
    assert Letter.objects.get().number == ""


def test_a_new_round_offers_the_order_with_its_members_and_number(bench: Bench) -> None:
    task = appoint_task(bench)
    order = write_order(task, bench)
    Letter.objects.filter(pk=order.pk).update(number="12/2569", dated_on=timezone.localdate())
    again = moves.go_to(moves.lock_case(task.case_id), "appoint", by=bench.head, now=timezone.now())
    context = client_of(bench.officer).get(reverse("letters:order", args=[again.pk])).context
    assert context["offered"] == order
    assert (context["form"]["signer"].value(), context["form"]["seen"].value()) == (
        "นายผู้ลงนาม ตัวอย่าง", 0,
    )  # fmt: skip
    assert context["members"].forms[1]["role"].value() == "กรรมการ"
    assert context["issue_form"]["number"].value() == "12/2569"


# -- letters in and out


def incoming() -> dict[str, str]:
    return {
        "received_number": "123", "received_on": typed_today(), "number": "ศธ 04002/ว 9",
        "dated_on": typed_today(), "sender": "สพฐ.", "subject": "ขอข้อมูล", "deadline": "",
    }  # fmt: skip


def test_a_received_letter_leads_back_to_the_row(bench: Bench) -> None:
    task = letter_task(bench)
    url = reverse("letters:incoming", args=[task.pk])
    assert client_of(bench.officer).post(url, incoming()).status_code == 302
    assert needs_met(task) == ["letter"]


def test_a_refused_file_keeps_the_typed_letter_on_the_page(bench: Bench) -> None:
    url = reverse("letters:incoming", args=[letter_task(bench).pk])
    empty = SimpleUploadedFile("letter.pdf", b"")
    response = client_of(bench.officer).post(url, {**incoming(), "file": empty})
    form = response.context["form"]
    assert (response.status_code, list(form.errors), form["sender"].value()) == (
        400, ["file"], "สพฐ.",
    )  # fmt: skip


def test_a_letter_received_in_the_future_is_refused(bench: Bench) -> None:
    url = reverse("letters:incoming", args=[letter_task(bench).pk])
    tomorrow = timezone.localdate() + timedelta(days=1)
    facts = {**incoming(), "received_on": f"{tomorrow:%d/%m}/{be_year(tomorrow)}"}
    response = client_of(bench.officer).post(url, facts)
    assert (response.status_code, list(response.context["form"].errors)) == (400, ["received_on"])


def test_a_sent_letter_meets_the_row(bench: Bench) -> None:
    task = sending_task(bench)
    Case.objects.filter(pk=task.case_id).update(opened_on=timezone.localdate() - timedelta(days=30))
    facts = {"to": "สพฐ.", "subject": "รายงาน", "number": "ศธ 1/2", "dated_on": typed_today()}
    url = reverse("letters:outgoing", args=[task.pk])
    assert client_of(bench.officer).post(url, facts).status_code == 302
    assert needs_met(task) == ["number"]


def test_the_director_reads_a_received_letter(bench: Bench) -> None:
    url = reverse("letters:incoming", args=[letter_task(bench).pk])
    client_of(bench.officer).post(url, incoming())
    facts = client_of(bench.director).get(url).context["facts"]
    assert ("จาก", "สพฐ.") in facts


# -- the panel


def test_a_row_without_letters_has_no_panel(bench: Bench) -> None:
    assert panel(open_task(bench.start(make_flow(["plain"]))), bench.officer).strip() == ""


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (asking_task, "memo"), (appoint_task, "order"), (letter_task, "incoming"),
        (sending_task, "outgoing"),
    ],
)  # fmt: skip
def test_the_panel_leads_to_the_letter_of_the_row(bench: Bench, make, name: str) -> None:  # type: ignore[no-untyped-def]
    task = make(bench)
    assert reverse(f"letters:{name}", args=[task.pk]) in panel(task, bench.officer)


def test_the_panel_says_what_an_order_still_lacks(bench: Bench) -> None:
    task = appoint_task(bench)
    write_order(task, bench)
    assert "<b>ยังขาด</b> เลขที่และวันที่ · วันที่แจ้งผู้ได้รับแต่งตั้ง" in panel(task, bench.officer)


def test_a_row_that_appoints_by_decision_has_memo_and_order(bench: Bench) -> None:
    deciding = {"key": "appoint", "kind": "appoint", "decides": "decide", "chain": ["director"]}
    task = open_task(bench.start(make_flow([deciding, "work"], items=APPOINT_ITEMS[:1])))
    text = panel(task, bench.officer)
    assert [text.count(f'id="letter-{kind}"') for kind in ("memo", "order")] == [1, 1]


def test_somebody_who_only_reads_is_offered_no_writing(bench: Bench) -> None:
    assert "btn" not in panel(asking_task(bench), bench.director)


@pytest.mark.parametrize("people", [1, 3])
def test_the_panel_costs_the_same_with_one_and_three_members(
    bench: Bench, django_assert_num_queries: DjangoAssertNumQueries, people: int
) -> None:
    task = appoint_task(bench)
    write_order(task, bench, members=[MemberLine(f"นาย {n}", "", "กรรมการ") for n in range(people)])
    task = Task.objects.select_related("case__unit", "step").get(pk=task.pk)
    officer = fresh(bench.officer)
    officer.access  # noqa: B018 - a page has read it long before
    template = Template("{% load letters %}{% letter_panel task user %}")
    with django_assert_num_queries(4):
        template.render(Context({"task": task, "user": officer}))
