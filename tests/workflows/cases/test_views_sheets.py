"""The sheet of a row over HTTP: typed without scripts, kept while typing, never overwritten."""

import re

import pytest

from tests.factories.people import make_officer, make_user
from tests.factories.standard import make_flow
from tests.factories.work import LEAST, MONDAY, open_task
from tests.workflows.cases.pages import hidden, post, raw, signed_in, words
from workflows.cases import moves, services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

BY_SCRIPT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def task(bench):
    return open_task(bench.start(make_flow([{"key": "a", "kind": "items"}, "b"])))


def row_of(bench, kind, items=()):
    return open_task(bench.start(make_flow([{"key": "a", "kind": kind}, "b"], items=items)))


def page_of(user, task, query=""):
    return signed_in(user).get(f"/tasks/{task.pk}/{query}")


def typed(answer, **cells):
    """What a browser sends of the page: its hidden fields and the cells that were filled in."""
    fields = ("seen", "sheet-seen", "sheet-first", "sheet-size")
    plain = {name: hidden(answer, name) for name in fields}
    return {**plain, **{name.replace("__", "-"): text for name, text in cells.items()}}


def save(user, task, cells, *, script=False):
    extra = BY_SCRIPT if script else {}
    return signed_in(user).post(f"/tasks/{task.pk}/save/", cells, **extra)


def lines_of(task):
    task.refresh_from_db()
    return task.sheet.get("lines", [])


LINE = {"line__0__item": "จอภาพ", "line__0__amount": "3", "line__0__price": "3,500"}
KEPT = {"item": "จอภาพ", "amount": 3, "price": "3500.00"}


class TestTyping:
    def test_by_button_keeps_the_line_and_shows_its_sum(self, bench, task):
        answer = save(bench.officer, task, typed(page_of(bench.officer, task), **LINE))
        assert (answer.status_code, lines_of(task)) == (302, [KEPT])
        assert "รวมเป็นเงิน (บาท) 10,500.00" in words(page_of(bench.officer, task))

    def test_by_script_tells_anew_what_the_row_lacks(self, bench, task):
        page = page_of(bench.officer, task)
        assert "รายการอย่างน้อยหนึ่งบรรทัด" in words(page)
        blank = save(bench.officer, task, {**typed(page), "result": "ก"}, script=True)
        filled = save(bench.officer, task, typed(page, **LINE), script=True)
        lacks = ["รายการอย่างน้อยหนึ่งบรรทัด" in words(each) for each in (blank, filled)]
        assert ('id="holds"' in raw(filled), lacks) == (True, [True, False])

    def test_going_back_shows_no_older_draft(self, bench, task):
        assert "no-store" in page_of(bench.officer, task)["Cache-Control"]

    def test_by_script_answers_with_the_sums(self, bench, task):
        answer = save(bench.officer, task, typed(page_of(bench.officer, task), **LINE), script=True)
        assert (answer.status_code, lines_of(task)) == (200, [KEPT])
        assert "บันทึกร่างแล้ว 09:00 น." in words(answer)
        assert "10,500.00" in words(answer)

    def test_is_no_event_and_begins_the_row(self, bench, task):
        before = task.case.events.count()
        save(bench.officer, task, typed(page_of(bench.officer, task), **LINE), script=True)
        task.refresh_from_db()
        assert (task.case.events.count(), task.status) == (before, "working")

    def test_one_page_goes_on_saving(self, bench, task):
        cells = typed(page_of(bench.officer, task), **LINE)
        for name in ("จอ", "จอภ", "จอภาพ"):
            answer = save(bench.officer, task, {**cells, "line-0-item": name}, script=True)
            cells = {**cells, "sheet-seen": hidden(answer, "sheet-seen")}
        assert (answer.status_code, lines_of(task)[0]["item"]) == (200, "จอภาพ")

    def test_comes_along_with_every_button(self, bench, task):
        cells = typed(page_of(bench.officer, task), **LINE, happened_on="2/11/2569")
        answer = post(bench.officer, f"/tasks/{task.pk}/complete/", **cells)
        task.refresh_from_db()
        assert (answer.status_code, task.status, task.sheet) == (302, "done", {"lines": [KEPT]})

    def test_more_lines_keep_what_was_typed(self, bench, task):
        cells = typed(page_of(bench.officer, task), **LINE)
        answer = save(bench.officer, task, {**cells, "more": "1"})
        assert lines_of(task) == [KEPT]
        page = signed_in(bench.officer).get(answer.url.partition("#")[0])
        assert hidden(page, "sheet-size") == "8"  # the line, two to spare, five more

    def test_clearing_a_line_takes_it_out(self, bench, task):
        services.save_task(task, sheet=LEAST["items"], by=bench.officer, now=MONDAY)
        save(bench.officer, task, typed(page_of(bench.officer, task)))
        task.refresh_from_db()
        assert task.sheet == {}

    def test_a_post_of_the_result_alone_leaves_the_sheet(self, bench, task):
        services.save_task(task, sheet=LEAST["items"], by=bench.officer, now=MONDAY)
        save(bench.officer, task, {"seen": "", "result": "ก"})
        task.refresh_from_db()
        assert (task.sheet, task.result) == (LEAST["items"], "ก")

    @pytest.mark.parametrize("size", ["-1", "x", "99999999999"])
    def test_a_page_that_lies_about_its_size_breaks_nothing(self, bench, task, size):
        cells = {**typed(page_of(bench.officer, task)), "sheet-size": size}
        assert save(bench.officer, task, cells).status_code == 302


class TestACellThatCannotBeRead:
    WRONG = {**LINE, "line__0__price": "แพง"}

    def test_is_told_beside_it_and_everything_is_kept(self, bench, task):
        answer = save(bench.officer, task, typed(page_of(bench.officer, task), **self.WRONG))
        assert answer.status_code == 400
        assert 'value="แพง"' in raw(answer)
        assert 'aria-describedby="line-0-price-error"' in raw(answer)
        assert "กรุณากรอกจำนวนเงินเป็นตัวเลข" in words(answer)
        assert lines_of(task) == [{**KEPT, "price": {"typed": "แพง"}}]

    def test_is_still_there_when_the_page_is_opened_again(self, bench, task):
        save(bench.officer, task, typed(page_of(bench.officer, task), **self.WRONG))
        page = page_of(bench.officer, task)
        assert 'value="แพง"' in raw(page)
        assert "บรรทัดที่ 1 ช่อง “ราคาต่อหน่วย (บาท)” ที่อ่านไม่ได้" in words(page)

    def test_by_script_is_kept_and_told(self, bench, task):
        cells = typed(page_of(bench.officer, task), **self.WRONG)
        answer = save(bench.officer, task, cells, script=True)
        assert answer.status_code == 200
        assert "อ่านไม่ได้: ราคาต่อหน่วย (บาท) บรรทัดที่ 1" in words(answer)

    def test_does_not_close_the_row(self, bench, task):
        cells = typed(page_of(bench.officer, task), **self.WRONG, happened_on="2/11/2569")
        answer = post(bench.officer, f"/tasks/{task.pk}/complete/", **cells)
        task.refresh_from_db()
        assert (answer.status_code, task.status) == (400, "working")
        assert 'value="แพง"' in raw(answer)


class TestTwoPeople:
    @pytest.mark.parametrize("script", [True, False])
    def test_a_newer_sheet_is_not_overwritten(self, bench, task, script):
        page = page_of(bench.officer, task)
        theirs = {"lines": [{"item": "ของเพื่อน"}]}
        services.save_task(task, sheet=theirs, by=make_officer(bench.unit), now=MONDAY)
        answer = save(bench.officer, task, typed(page, **LINE), script=script)
        task.refresh_from_db()
        assert (answer.status_code, task.sheet) == (409, theirs)
        assert "มีผู้แก้ไขรายละเอียดของขั้นตอนนี้" in words(answer)

    def test_both_are_shown_and_saving_again_is_a_choice(self, bench, task):
        page = page_of(bench.officer, task)
        theirs = {"lines": [{"item": "ของเพื่อน"}]}
        services.save_task(task, sheet=theirs, by=make_officer(bench.unit), now=MONDAY)
        answer = save(bench.officer, task, typed(page, **LINE))
        assert "จอภาพ</textarea>" in raw(answer)
        assert re.search("รายละเอียดที่บันทึกไว้ล่าสุด.*ของเพื่อน", words(answer))
        again = save(bench.officer, task, typed(answer, **LINE))
        assert (again.status_code, lines_of(task)) == (302, [KEPT])

    def test_by_script_the_page_does_not_learn_the_newer_one_unseen(self, bench, task):
        page = page_of(bench.officer, task)
        theirs = {"lines": [{"item": "ของเพื่อน"}]}
        services.save_task(task, sheet=theirs, by=make_officer(bench.unit), now=MONDAY)
        answer = save(bench.officer, task, typed(page, **LINE), script=True)
        assert hidden(answer, "sheet-seen") == hidden(page, "sheet-seen")

    def test_on_two_parts_of_a_long_table_are_no_conflict(self, bench, task):
        lines = [{"item": f"ที่ {number}"} for number in range(120)]
        services.save_task(task, sheet={"lines": lines}, by=bench.officer, now=MONDAY)
        first = page_of(bench.officer, task)
        last = page_of(bench.officer, task, "?lines=3")
        cells = {f"line-{at}-item": f"ที่ {at}" for at in range(120)}
        one = save(bench.officer, task, {**typed(first), **cells, "line-0-item": "แรก"})
        two = save(bench.officer, task, {**typed(last), **cells, "line-119-item": "ท้าย"})
        assert (one.status_code, two.status_code) == (302, 302)
        kept = lines_of(task)
        assert (len(kept), kept[0], kept[119]) == (120, {"item": "แรก"}, {"item": "ท้าย"})


class TestALongTable:
    @pytest.fixture
    def long(self, bench, task):
        services.paste_lines(
            task, "\n".join(f"ที่ {n}\t{n}" for n in range(1, 1001)), by=bench.officer, now=MONDAY
        )
        return task

    def test_is_shown_in_parts_with_all_of_its_sums(self, bench, long):
        page = page_of(bench.officer, long)
        assert (hidden(page, "sheet-first"), hidden(page, "sheet-size")) == ("0", "50")
        assert "ตอนที่ 20" in words(page)
        assert "จำนวนรายการ 1,000" in words(page)

    @pytest.mark.parametrize(
        ("query", "first", "size"),
        [("?lines=20", "950", "52"), ("?lines=last", "950", "52"), ("?lines=99", "950", "52"),
         ("?lines=x", "0", "50"), ("?lines=last&more=5", "950", "57")],
    )  # fmt: skip
    def test_opens_at_the_part_that_is_asked_for(self, bench, long, query, first, size):
        page = page_of(bench.officer, long, query)
        assert (hidden(page, "sheet-first"), hidden(page, "sheet-size")) == (first, size)

    def test_going_to_another_part_keeps_what_was_typed(self, bench, long):
        cells = {f"line-{at}-item": f"ที่ {at + 1}" for at in range(50)}
        page = page_of(bench.officer, long)
        answer = save(bench.officer, long, {**typed(page), **cells, "line-0-item": "แก้", "to": "2"})
        assert answer.url == f"/tasks/{long.pk}/?lines=2#lines"
        assert (lines_of(long)[0], len(lines_of(long))) == ({"item": "แก้"}, 1000)

    @pytest.mark.parametrize("script", [True, False])
    def test_longer_than_may_be_is_told_and_the_typed_lines_stay(self, bench, task, script):
        full = {"lines": [{"item": "เดิม"}] * 2_000}
        services.save_task(task, sheet=full, by=bench.officer, now=MONDAY)
        cells = typed(page_of(bench.officer, task, "?lines=last"), line__2000__item="เกินมา")
        assert int(cells["sheet-first"]) + int(cells["sheet-size"]) > 2_000
        answer = save(bench.officer, task, cells, script=script)
        assert (answer.status_code, len(lines_of(task))) == (400, 2_000)
        assert "ไม่เกิน 2,000 บรรทัด" in words(answer)
        assert script or "เกินมา" in raw(answer)


class TestPasting:
    def test_adds_lines_below_and_says_how_many(self, bench, task):
        client, typed = signed_in(bench.officer), {"pasted": "จอภาพ\t3\tจอ\t3500"}
        answer = client.post(f"/tasks/{task.pk}/paste/", typed)
        assert answer.url == f"/tasks/{task.pk}/?lines=last"
        assert lines_of(task) == [{**KEPT, "unit": "จอ"}]
        assert "นำเข้าตารางแล้ว 1 บรรทัด ต่อท้ายตาราง" in words(client.get(answer.url))

    def test_pressed_twice_adds_once(self, bench, task):
        client = signed_in(bench.officer)
        once = hidden(client.get(f"/tasks/{task.pk}/"), "once")
        for _ in range(2):
            client.post(f"/tasks/{task.pk}/paste/", {"pasted": "จอ\t1", "once": once})
        assert len(lines_of(task)) == 1

    def test_that_cannot_be_read_names_the_line_and_keeps_the_text(self, bench, task):
        answer = post(bench.officer, f"/tasks/{task.pk}/paste/", pasted="จอ\t1\nเมาส์\tสอง")
        assert (answer.status_code, lines_of(task)) == (400, [])
        assert "บรรทัดที่ 2 ช่อง “จำนวน”: กรุณากรอกเป็นจำนวนเต็ม" in words(answer)
        assert "เมาส์\tสอง</textarea>" in raw(answer)

    def test_nothing_is_told(self, bench, task):
        assert post(bench.officer, f"/tasks/{task.pk}/paste/", pasted="").status_code == 400

    def test_is_refused_to_who_only_reads_and_hidden_from_strangers(self, bench, task):
        address = f"/tasks/{task.pk}/paste/"
        assert post(bench.director, address, pasted="จอ").status_code == 403
        assert post(make_user(), address, pasted="จอ").status_code == 404
        assert lines_of(task) == []


class TestThePage:
    @pytest.mark.parametrize(
        ("kind", "label"),
        [("meeting", "ระเบียบวาระ"), ("plan", "แหล่งงบประมาณ"), ("items", "แหล่งราคา/สถานศึกษาผู้รับ"),
         ("register", "คำตอบ/การดำเนินการ"), ("activity", "เข้าร่วมจริง (คน)")],
    )  # fmt: skip
    def test_shows_the_form_of_the_kind_and_what_it_lacks(self, bench, kind, label):
        page = words(page_of(bench.officer, row_of(bench, kind)))
        assert label in page
        assert "ยังขาด:" in page

    def test_of_a_row_that_publishes_asks_where(self, bench):
        item = {"key": "out", "text": "เผยแพร่แล้ว", "step": "a", "needs": "publication"}
        page = words(page_of(bench.officer, row_of(bench, "letter", [item])))
        assert "ช่องทางเผยแพร่" in page
        assert "วางบรรทัดจาก Excel" not in page

    def test_of_a_closed_row_reads_it(self, bench, task):
        services.save_task(task, sheet=LEAST["items"], by=bench.officer, now=MONDAY)
        services.complete_task(task, happened_on=MONDAY.date(), by=bench.officer, now=MONDAY)
        page = words(page_of(bench.officer, task))
        assert "จอภาพ 2 จอ 3,500.00 7,000.00" in page
        story = words(signed_in(bench.officer).get(f"/cases/{task.case.code}/history/"))
        assert "จอภาพ 2 จอ 3,500.00 7,000.00" in story

    @pytest.mark.parametrize(("many", "scrolls"), [(20, False), (21, True)])
    def test_of_a_long_table_reads_it_in_a_box_of_its_own(self, bench, task, many, scrolls):
        sheet = {"lines": [{"item": "จอภาพ"}] * many}
        services.save_task(task, sheet=sheet, by=bench.officer, now=MONDAY)
        services.complete_task(task, happened_on=MONDAY.date(), by=bench.officer, now=MONDAY)
        assert ("kb-told-long" in raw(page_of(bench.officer, task))) == scrolls

    def test_of_the_next_round_tells_only_the_sums_of_the_one_before(self, bench, task):
        services.save_task(task, sheet=LEAST["items"], by=bench.officer, now=MONDAY)
        again = moves.go_to(moves.lock_case(task.case_id), "a", by=bench.head, now=MONDAY)
        page = words(page_of(bench.officer, again))
        assert "ผลรอบก่อน" in page
        assert ("รวมเป็นเงิน (บาท) 7,000.00" in page, "3,500.00" in page) == (True, False)

    def test_of_a_row_of_activities_adds_up_who_came(self, bench):
        per = {"unit": "day", "min": 3, "max": 5, "per": "activity"}
        row = open_task(bench.start(make_flow([{"key": "a", "kind": "activity", "duration": per}])))
        for many in (20, 22):
            each = services.add_activity(row, title="รุ่น", by=bench.officer, now=MONDAY)
            figures = [{"key": "actual", "label": "เข้าร่วมจริง (คน)", "value": many}]
            services.save_task(each, figures=figures, by=bench.officer, now=MONDAY)
        assert "เข้าร่วมจริง (คน) รวม 42" in words(page_of(bench.officer, row))

    @pytest.mark.parametrize("many", [1, 3, 40])
    def test_costs_the_same_number_of_queries(self, bench, task, many, django_assert_num_queries):
        sheet = {"lines": [{"item": f"ที่ {number}"} for number in range(many)]}
        services.save_task(task, sheet=sheet, by=bench.officer, now=MONDAY)
        client = signed_in(bench.officer)
        client.get(f"/tasks/{task.pk}/")
        with django_assert_num_queries(26):
            client.get(f"/tasks/{task.pk}/")
