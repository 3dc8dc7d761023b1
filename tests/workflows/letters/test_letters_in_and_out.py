"""The letter a row waited for, and the letter a row sends."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.exceptions import NotAllowed, RuleBroken, StateConflict
from tests.factories.people import make_user
from tests.factories.work import MONDAY, Bench, make_bench, open_task
from tests.workflows.letters.rows import letter_task, needs_met, sending_task
from workflows.cases import history
from workflows.cases.models import Case, Task
from workflows.letters.models import Letter
from workflows.letters.services import save_incoming, save_outgoing

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()
DEADLINE = date(2026, 12, 15)


@pytest.fixture
def bench() -> Bench:
    return make_bench()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path


def receive(task: Task, bench: Bench, **values: object) -> Letter:
    facts = {
        "received_number": "๑๒๓", "received_on": TODAY, "number": "ศธ 04002/ว 99",
        "dated_on": TODAY - timedelta(days=4), "sender": "สพฐ.", "subject": "ขอให้จัดทำข้อมูล",
        "deadline": DEADLINE, "by": bench.officer, "now": MONDAY,
    }  # fmt: skip
    return save_incoming(task, **{**facts, **values})


def send(task: Task, bench: Bench, **values: object) -> Letter:
    facts = {
        "to": "สพฐ.", "subject": "รายงานผล", "number": "ศธ 04999/12", "dated_on": TODAY,
        "by": bench.officer, "now": MONDAY,
    }  # fmt: skip
    return save_outgoing(task, **{**facts, **values})


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.pdf", b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n")


def test_a_received_letter_meets_the_need_and_ends_the_wait(bench: Bench) -> None:
    task = letter_task(bench)
    receive(task, bench)
    assert needs_met(task) == ["letter"]
    assert [wait.outcome for wait in task.waits.all()] == ["ได้รับหนังสือ ศธ 04002/ว 99"]


def test_a_received_letter_sets_the_deadline_of_the_case(bench: Bench) -> None:
    task = letter_task(bench)
    receive(task, bench)
    assert Case.objects.get(pk=task.case_id).letter_due_on == DEADLINE
    assert open_task(task.case).letter_due_on == DEADLINE


def test_a_received_letter_is_told_in_history(bench: Bench) -> None:
    task = letter_task(bench)
    receive(task, bench)
    assert task.case.events.get(action="letter_received").text == (
        "รับหนังสือ ศธ 04002/ว 99 ลงวันที่ 29 ต.ค. 2569 จาก สพฐ. เรื่อง ขอให้จัดทำข้อมูล เลขรับ 123"
    )
    assert history.verify(Case.objects.get(pk=task.case_id)) == []


def test_a_letter_without_a_deadline_leaves_the_one_of_the_case(bench: Bench) -> None:
    task = letter_task(bench)
    Case.objects.filter(pk=task.case_id).update(letter_due_on=DEADLINE)
    receive(task, bench, deadline=None)
    assert Case.objects.get(pk=task.case_id).letter_due_on == DEADLINE


def test_a_mended_letter_mends_the_deadline(bench: Bench) -> None:
    task = letter_task(bench)
    receive(task, bench)
    receive(task, bench, deadline=None)
    assert Case.objects.get(pk=task.case_id).letter_due_on is None


def test_the_file_of_a_letter_is_attached(bench: Bench) -> None:
    task = letter_task(bench)
    receive(task, bench, upload=pdf())
    assert [file.title for file in task.attachments.all()] == ["หนังสือ ศธ 04002/ว 99"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"received_number": ""}, "received_number"),
        ({"number": " "}, "number"),
        ({"sender": ""}, "sender"),
        ({"subject": ""}, "subject"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ({"deadline": TODAY - timedelta(days=9)}, "deadline"),
    ],
)
def test_an_impossible_letter_is_refused_beside_its_field(
    bench: Bench, values: dict, field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        receive(letter_task(bench), bench, **values)
    assert (refusal.value.field, Letter.objects.count()) == (field, 0)


def test_a_refused_file_keeps_nothing_of_the_letter(bench: Bench) -> None:
    task = letter_task(bench)
    with pytest.raises(RuleBroken) as refusal:
        receive(task, bench, upload=SimpleUploadedFile("letter.pdf", b""))
    assert (refusal.value.field, Letter.objects.count(), needs_met(task)) == ("file", 0, [])


def test_a_row_that_waits_for_nobody_receives_no_letter(bench: Bench) -> None:
    with pytest.raises(StateConflict):
        receive(open_task(bench.start()), bench)


def test_a_stranger_receives_no_letter(bench: Bench) -> None:
    with pytest.raises(NotAllowed):
        receive(letter_task(bench), bench, by=make_user())


def test_a_sent_letter_meets_the_need_for_a_number(bench: Bench) -> None:
    task = sending_task(bench)
    letter = send(task, bench)
    assert (letter.sender, needs_met(task)) == (bench.unit.name, ["number"])
    assert task.case.events.get(action="letter_sent").text == (
        "ส่งหนังสือ ศธ 04999/12 ลงวันที่ 2 พ.ย. 2569 ถึง สพฐ. เรื่อง รายงานผล"
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"to": ""}, "to"),
        ({"subject": ""}, "subject"),
        ({"number": ""}, "number"),
        ({"dated_on": TODAY + timedelta(days=1)}, "dated_on"),
        ({"dated_on": TODAY - timedelta(days=1)}, "dated_on"),
    ],
)
def test_an_impossible_outgoing_letter_is_refused(bench: Bench, values: dict, field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        send(sending_task(bench), bench, **values)
    assert refusal.value.field == field


def test_a_row_from_outside_sends_no_letter(bench: Bench) -> None:
    with pytest.raises(StateConflict, match="ไม่มีหนังสือส่ง"):
        send(letter_task(bench), bench)
