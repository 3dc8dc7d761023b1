"""What is put on a row: files, reports, numbers, activities, waits; and every bad file."""

import pytest

from portal.office.models import Office
from tests.factories.people import make_officer, make_school, make_school_user, make_unit
from tests.factories.standard import make_flow
from tests.factories.uploads import EXE, HTML, PDF, PNG, make_upload
from tests.factories.work import MONDAY, complete, open_task
from tests.workflows.cases.pages import hidden, post, raw, signed_in, words
from workflows.cases import evidence, services
from workflows.cases.models import Attachment, OutsideReport, WaitParty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

PER_ACTIVITY = {"unit": "day", "min": 3, "max": 5, "per": "activity"}
NEEDS = [
    {"key": "told", "text": "รายงาน สพฐ.", "step": "one", "needs": "outside_report"},
    {"key": "asked", "text": "มีผลสำรวจ", "step": "one", "needs": "survey"},
]
REPORT = {
    "to": "สพฐ.", "system": "ระบบ e-Budget", "reference": "อ 12/2569", "reported_on": "2/11/2569",
}  # fmt: skip
WAIT = {"party": "supplier", "whom": "ร้านตัวอย่าง", "reason": "รอส่งของ", "expected_on": "9/11/2569"}


@pytest.fixture
def task(bench):
    return open_task(bench.start(make_flow(["one", "two"], items=NEEDS)))


@pytest.fixture
def row(bench):
    return open_task(bench.start(make_flow([{"key": "train", "duration": PER_ACTIVITY}])))


def attach(bench, task, upload=None, **typed):
    return post(bench.officer, f"/tasks/{task.pk}/attach/", file=upload or make_upload(), **typed)


class TestAttaching:
    def test_puts_the_file_on_the_row_and_leads_back_to_the_files(self, bench, task):
        answer = attach(bench, task, title="ระเบียบ")
        assert answer.url == f"/tasks/{task.pk}/#files"
        assert [each.title for each in task.attachments.all()] == ["ระเบียบ"]

    def test_without_a_title_the_file_keeps_its_name(self, bench, task):
        attach(bench, task)
        assert task.attachments.get().title == "หลักฐาน.pdf"

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("ว่าง.pdf", b""), ("โปรแกรม.exe", EXE), ("ปลอม.pdf", EXE), ("หน้าเว็บ.pdf", HTML),
            ("รูป.pdf", PNG), ("ไม่มีนามสกุล", PDF),
        ],
    )  # fmt: skip
    def test_a_bad_file_is_told_beside_the_field_and_the_title_stays(
        self, bench, task, name, content
    ):
        answer = attach(bench, task, make_upload(name, content), title="ชื่อที่พิมพ์ไว้")
        assert answer.status_code == 400
        assert answer.context["forms"]["attach"].errors["file"]
        assert 'value="ชื่อที่พิมพ์ไว้"' in raw(answer)
        assert not task.attachments.exists()

    @pytest.mark.parametrize("name", ["../../ลับ.pdf", "C:\\โฟลเดอร์\\ลับ.pdf", "ลั\x07บ.pdf"])
    def test_a_name_never_carries_a_path_or_a_control_character(self, bench, task, name):
        attach(bench, task, make_upload(name))
        assert [each.title for each in task.attachments.all()] in ([], ["ลับ.pdf"])

    def test_a_file_over_the_limit_is_refused(self, bench, task):
        Office.objects.update_or_create(pk=1, defaults={"upload_limit_mb": 1})
        answer = attach(bench, task, make_upload("ใหญ่.pdf", PDF + b"0" * 1024 * 1024))
        assert answer.status_code == 400
        assert answer.context["forms"]["attach"].errors["file"]

    def test_no_file_at_all_is_told_beside_the_field(self, bench, task):
        answer = post(bench.officer, f"/tasks/{task.pk}/attach/", title="ลืมเลือกไฟล์")
        assert answer.status_code == 400
        assert answer.context["forms"]["attach"].errors["file"]

    def test_a_closed_row_takes_no_file(self, bench, task):
        task = open_task(bench.start())
        complete(task, make_officer(bench.unit))
        assert attach(bench, task).status_code == 409


class TestRemoving:
    @pytest.fixture
    def file(self, bench, task):
        return evidence.attach(task, make_upload(), title="ผิดไฟล์", by=bench.officer, now=MONDAY)

    def test_takes_it_off_with_the_reason(self, bench, task, file):
        post(bench.officer, f"/tasks/{task.pk}/remove/", file=file.pk, reason="แนบผิด")
        page = words(signed_in(bench.officer).get(f"/tasks/{task.pk}/"))
        assert "ไฟล์ที่ถอนแล้ว (1)" in page
        assert "เพราะ แนบผิด" in page

    def test_needs_a_reason_beside_the_file(self, bench, task, file):
        answer = post(bench.officer, f"/tasks/{task.pk}/remove/", file=file.pk, reason=" ")
        file.refresh_from_db()
        assert (answer.status_code, file.removed_at) == (400, None)
        assert answer.context["refused_file"] == file.pk

    @pytest.mark.parametrize("pk", ["999", "x", "", "9" * 30])
    def test_a_file_of_no_or_another_row_is_refused(self, bench, task, pk):
        answer = post(bench.officer, f"/tasks/{task.pk}/remove/", file=pk, reason="แนบผิด")
        assert answer.status_code == 400
        assert "ไม่พบไฟล์นี้ในขั้นตอน" in words(answer)


class TestReadingAFile:
    @pytest.fixture
    def file(self, bench, task):
        return evidence.attach(task, make_upload(), title="ไฟล์", by=bench.officer, now=MONDAY)

    @pytest.mark.parametrize(
        ("role", "status"),
        [("officer", 200), ("director", 200), ("stranger", 404), ("school", 404)],
    )
    def test_is_for_those_who_see_the_row(self, bench, task, file, role, status):
        school = make_school_user(make_school())
        services.add_participant(task.case, user=school, why="แจ้ง", by=bench.officer, now=MONDAY)
        user = {
            "officer": bench.officer, "director": bench.director, "school": school,
            "stranger": make_officer(make_unit("กลุ่มอื่น")),
        }[role]  # fmt: skip
        answer = signed_in(user).get(f"/cases/files/{file.pk}/")
        answer.close()
        assert answer.status_code == status

    def test_a_pdf_is_shown_and_its_type_is_not_guessed(self, bench, file):
        answer = signed_in(bench.officer).get(f"/cases/files/{file.pk}/")
        answer.close()
        assert answer["Content-Disposition"].startswith("inline")
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
            "application/pdf", "nosniff",
        )  # fmt: skip

    def test_other_types_are_saved_to_disk(self, bench, task):
        text = evidence.attach(
            task, make_upload("รายชื่อ.csv", "ชื่อ,โรงเรียน\n".encode()), title="", by=bench.officer,
            now=MONDAY,
        )  # fmt: skip
        answer = signed_in(bench.officer).get(f"/cases/files/{text.pk}/")
        answer.close()
        assert answer["Content-Disposition"].startswith("attachment")


class TestReportingOutside:
    def send(self, bench, task, **typed):
        return post(bench.officer, f"/tasks/{task.pk}/report/", **{**REPORT, **typed})

    def test_is_kept_with_a_new_file_as_proof(self, bench, task):
        answer = self.send(bench, task, upload=make_upload("ใบตอบรับ.pdf"))
        report = OutsideReport.objects.get()
        assert answer.url == f"/tasks/{task.pk}/#report"
        assert (report.reference, report.proof.title) == ("อ 12/2569", "หลักฐานการรายงาน สพฐ.")

    def test_is_kept_with_a_file_that_is_there(self, bench, task):
        proof = evidence.attach(task, make_upload(), title="ภาพ", by=bench.officer, now=MONDAY)
        self.send(bench, task, proof=proof.pk)
        assert OutsideReport.objects.get().proof == proof

    @pytest.mark.parametrize(
        ("name", "typed", "said"),
        [
            ("reported_on", "3/11/2569", "วันที่รายงานต้องไม่เป็นวันในอนาคต"),
            ("reported_on", "1/11/2569", "วันที่รายงานต้องไม่ก่อนวันเปิดเรื่อง"),
            ("reported_on", "2/11/2026", "ปี 2026 เป็น ค.ศ."),
            ("reference", "  ", "กรุณากรอกช่องนี้"),
        ],
    )
    def test_a_wrong_fact_is_told_and_the_others_stay(self, bench, task, name, typed, said):
        answer = self.send(bench, task, **{name: typed})
        assert answer.status_code == 400
        assert said in words(answer)
        assert 'value="ระบบ e-Budget"' in raw(answer)
        assert not OutsideReport.objects.exists()

    def test_the_file_of_a_refused_report_need_not_be_sent_again(self, bench, task):
        answer = self.send(bench, task, reported_on="3/11/2569", upload=make_upload())
        kept = Attachment.objects.get()
        assert answer.status_code == 400
        assert f'<option value="{kept.pk}" selected' in raw(answer)

    def test_pressing_twice_reports_once(self, bench, task):
        client = signed_in(bench.officer)
        token = hidden(client.get(f"/tasks/{task.pk}/"), "once")
        for _ in range(2):
            upload = make_upload()
            client.post(f"/tasks/{task.pk}/report/", {**REPORT, "once": token, "upload": upload})
        assert (OutsideReport.objects.count(), Attachment.objects.count()) == (1, 1)


class TestASurvey:
    def test_keeps_its_numbers_and_its_file(self, bench, task):
        typed = {"asked": "42", "answered": "40", "upload": make_upload("คำตอบ.pdf")}
        post(bench.officer, f"/tasks/{task.pk}/survey/", **typed)
        task.refresh_from_db()
        assert [figure["value"] for figure in task.figures] == [42, 40]
        assert task.attachments.get().title == "ผลสำรวจ"
        assert "asked" in task.ticks

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"asked": "0", "answered": "0"}, "asked"),
            ({"asked": "10", "answered": "11"}, "answered"),
            ({"asked": "สิบ", "answered": "1"}, "asked"),
            ({"asked": "10"}, "answered"),
        ],
    )
    def test_impossible_numbers_are_told_beside_the_field(self, bench, task, typed, field):
        answer = post(bench.officer, f"/tasks/{task.pk}/survey/", **typed)
        assert answer.status_code == 400
        assert answer.context["forms"]["survey"].errors[field]


class TestActivities:
    def test_are_added_with_their_dates(self, bench, row):
        typed = {"title": "อบรมรุ่น 1", "from_on": "3/11/2569", "until_on": "4/11/2569"}
        answer = post(bench.officer, f"/tasks/{row.pk}/activity/", **typed)
        assert answer.url == f"/tasks/{row.pk}/#activities"
        page = words(signed_in(bench.officer).get(f"/tasks/{row.pk}/"))
        assert "1. อบรมรุ่น 1 3–4 พ.ย. 2569" in page

    def test_pressing_twice_adds_one(self, bench, row):
        client = signed_in(bench.officer)
        token = hidden(client.get(f"/tasks/{row.pk}/"), "once")
        for _ in range(2):
            client.post(f"/tasks/{row.pk}/activity/", {"title": "อบรม", "once": token})
        assert row.children.count() == 1

    def test_days_in_the_wrong_order_are_refused_with_the_name_kept(self, bench, row):
        typed = {"title": "อบรม", "from_on": "4/11/2569", "until_on": "3/11/2569"}
        answer = post(bench.officer, f"/tasks/{row.pk}/activity/", **typed)
        assert answer.status_code == 400
        assert 'value="อบรม"' in raw(answer)

    def test_a_row_without_activities_takes_none(self, bench, task):
        answer = post(bench.officer, f"/tasks/{task.pk}/activity/", title="อบรม")
        assert answer.status_code == 409

    def test_an_open_activity_holds_the_row_open(self, bench, row):
        services.add_activity(row, title="อบรม", by=bench.officer, now=MONDAY)
        page = words(signed_in(bench.officer).get(f"/tasks/{row.pk}/"))
        assert "ยังขาด: กิจกรรมหรือขั้นตอนย่อยที่ยังไม่เสร็จ 1 รายการ" in page


class TestWaits:
    def test_begin_and_end_with_what_came_of_it(self, bench, task):
        post(bench.officer, f"/tasks/{task.pk}/wait/", **WAIT, stops_clock="on")
        wait = task.waits.get()
        assert (wait.party, wait.whom, wait.stops_clock) == (
            WaitParty.SUPPLIER, "ร้านตัวอย่าง", True,
        )  # fmt: skip
        post(bench.officer, f"/tasks/{task.pk}/end-wait/", outcome="ได้ของครบ")
        wait.refresh_from_db()
        assert (wait.outcome, wait.ended_at) == ("ได้ของครบ", MONDAY)

    @pytest.mark.parametrize(
        ("name", "typed"), [("reason", " "), ("party", "nobody"), ("expected_on", "9/11/2026")]
    )
    def test_a_wrong_fact_is_refused_and_the_rest_stays_typed(self, bench, task, name, typed):
        answer = post(bench.officer, f"/tasks/{task.pk}/wait/", **{**WAIT, name: typed})
        assert answer.status_code == 400
        assert 'value="ร้านตัวอย่าง"' in raw(answer)
        assert not task.waits.exists()

    def test_a_second_wait_is_a_conflict_that_keeps_what_was_typed(self, bench, task):
        post(bench.officer, f"/tasks/{task.pk}/wait/", **WAIT)
        answer = post(bench.officer, f"/tasks/{task.pk}/wait/", **{**WAIT, "reason": "รอซ้ำ"})
        assert answer.status_code == 409
        assert "รอซ้ำ" in raw(answer)
        assert task.waits.count() == 1

    def test_ending_what_somebody_else_ended_says_so(self, bench, task):
        answer = post(bench.officer, f"/tasks/{task.pk}/end-wait/", outcome="ได้แล้ว")
        assert answer.status_code == 409
        assert "ไม่ได้กำลังรอ หรือมีผู้บันทึกผลไปแล้ว" in words(answer)
