"""The sheets by themselves: reading cells, lines from a spreadsheet, sums, what is missing."""

from datetime import date

import pytest

from portal.exceptions import RuleBroken
from workflows.cases import sheet_cells, sheets
from workflows.cases.sheet_cells import BadCell, Field, Type
from workflows.cases.sheet_kinds import ITEMS, MEETING, PLAN, REGISTER, for_row

TODAY = date(2026, 11, 2)
ITEM = {"item": "จอภาพ", "amount": 3, "unit": "จอ", "price": "3500.50"}


def read(kind, typed):
    return sheet_cells.read(Field("x", "ช่อง", kind), typed, TODAY)


class TestACell:
    @pytest.mark.parametrize(
        ("kind", "typed", "value"),
        [
            (Type.WHOLE, "1,200", 1200), (Type.WHOLE, "๑๒", 12), (Type.WHOLE, "12.00", 12),
            (Type.WHOLE, "-", None), (Type.MONEY, " 12,500 ", "12500.00"),
            (Type.MONEY, "๓๐๐.๕", "300.50"), (Type.MONEY, "฿ 90 บาท", "90.00"),
            (Type.MONEY, "-", None), (Type.DATE, "2/11/2569", "2026-11-02"),
            (Type.DATE, "2 พ.ย. 2569", "2026-11-02"), (Type.TEXT, "  ก\x00ข ", "กข"),
            (Type.LONG, "หนึ่ง\r\nสอง", "หนึ่ง\nสอง"), (Type.TEXT, "   ", None), (Type.TICK, "1", True),
        ],
    )  # fmt: skip
    def test_is_read_as_offices_type_it(self, kind, typed, value):
        assert read(kind, typed) == value

    @pytest.mark.parametrize(
        ("kind", "typed", "said"),
        [
            (Type.WHOLE, "1.5", "จำนวนเต็ม"), (Type.WHOLE, "-3", "จำนวนเต็ม"),
            (Type.MONEY, "สามพัน", "จำนวนเงิน"), (Type.MONEY, "1.234", "จำนวนเงิน"),
            (Type.DATE, "2/11/2026", "ค.ศ."), (Type.DATE, "พรุ่งนี้", "อ่านวันที่ไม่ออก"),
            (Type.TEXT, "ก" * 301, "ยาวเกิน 300"),
        ],
    )  # fmt: skip
    def test_that_cannot_be_read_says_why(self, kind, typed, said):
        with pytest.raises(BadCell, match=said):
            read(kind, typed)

    def test_that_cannot_be_read_is_kept_as_typed(self):
        field = Field("x", "ช่อง", Type.MONEY)
        kept = sheet_cells.keep(field, "สามพัน", TODAY)
        assert sheet_cells.as_typed(field, kept) == "สามพัน"
        assert "จำนวนเงิน" in sheet_cells.error_of(field, kept, TODAY)
        assert sheet_cells.as_read(field, kept) == ""

    def test_goes_back_into_its_input_as_people_type(self):
        day = Field("x", "ช่อง", Type.DATE)
        assert sheet_cells.as_typed(day, "2026-11-02") == "02/11/2569"
        assert sheet_cells.as_read(day, "2026-11-02") == "2 พ.ย. 2569"


class TestPuttingLines:
    def test_replaces_only_the_lines_that_were_shown(self):
        plain = {"lines": [{"item": str(number)} for number in range(5)]}
        put = sheets.put(plain, {}, 1, [{"item": "ใหม่"}, {}])
        assert [line.get("item") for line in put["lines"]] == ["0", "ใหม่", None, "3", "4"]

    def test_drops_blank_lines_at_the_end_only(self):
        assert sheets.put({}, {}, 0, [{}, {"item": "ก"}, {}, {}]) == {"lines": [{}, {"item": "ก"}]}

    def test_of_nothing_is_nothing(self):
        assert sheets.put({"lines": [ITEM]}, {}, 0, [{}, {}]) == {}

    def test_beyond_the_end_leaves_no_hole_without_a_line(self):
        put = sheets.put({}, {}, 2, [{"item": "ก"}])
        assert put == {"lines": [{}, {}, {"item": "ก"}]}

    def test_beyond_the_most_is_refused(self):
        with pytest.raises(RuleBroken, match="2,000"):
            sheets.check_length({"lines": [ITEM] * 2001})
        sheets.check_length({"lines": [ITEM] * 2000})

    def test_tidying_takes_the_blank_lines_out(self):
        assert sheets.tidy({"lines": [{}, ITEM, {}, ITEM]}) == {"lines": [ITEM, ITEM]}


class TestPasting:
    def test_reads_columns_in_the_order_of_the_form(self):
        lines = sheets.pasted(ITEMS, "จอภาพ\t3\tจอ\t3,500.50\tร้านสมมติ\n\nเมาส์\t10\n", TODAY)
        assert lines == [{**ITEM, "source": "ร้านสมมติ"}, {"item": "เมาส์", "amount": 10}]

    def test_leaves_out_a_line_of_headings(self):
        assert sheets.pasted(ITEMS, "รายการ\tจำนวน\nเมาส์\t10", TODAY) == [
            {"item": "เมาส์", "amount": 10}
        ]

    def test_understands_a_cell_of_several_lines(self):
        assert sheets.pasted(ITEMS, '"จอภาพ\n24 ""นิ้ว"""\t1', TODAY) == [
            {"item": 'จอภาพ\n24 "นิ้ว"', "amount": 1}
        ]

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ('"สื่อ" ระดับเขต\nเมาส์', ['"สื่อ" ระดับเขต', "เมาส์"]),
            ('"สื่อ"\nเมาส์', ['"สื่อ"', "เมาส์"]),
            ('"สื่อ\nเมาส์\nสาย', ['"สื่อ', "เมาส์", "สาย"]),
            ('จอ 24"\nเมาส์', ['จอ 24"', "เมาส์"]),
            ('"จอ\tเมาส์"\nสาย', ["จอ\tเมาส์", "สาย"]),
        ],
    )
    def test_keeps_quotes_that_were_typed_and_swallows_no_line(self, text, names):
        assert [line["item"] for line in sheets.pasted(ITEMS, text, TODAY)] == names

    @pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x85", "\u2028"])
    def test_a_break_inside_a_cell_begins_no_line(self, mark):
        assert sheets.pasted(ITEMS, f"จอ{mark}ภาพ\t1\r\nเมาส์\r\n", TODAY) == [
            {"item": f"จอ{mark}ภาพ", "amount": 1}, {"item": "เมาส์"},
        ]  # fmt: skip

    def test_takes_a_thousand_lines(self):
        text = "\n".join(f"รายการ {number}\t{number}\tชุด\t10" for number in range(1000))
        assert len(sheets.pasted(ITEMS, text, TODAY)) == 1000

    def test_names_every_line_that_cannot_be_read_and_takes_nothing(self):
        text = "จอ\tสาม\nเมาส์\t2\nสาย\t1\tเส้น\tแพง"
        with pytest.raises(RuleBroken) as caught:
            sheets.pasted(ITEMS, text, TODAY)
        said = caught.value.user_message
        assert "บรรทัดที่ 1 ช่อง “จำนวน”" in said
        assert "บรรทัดที่ 3 ช่อง “ราคาต่อหน่วย (บาท)”" in said
        assert "บรรทัดที่ 2" not in said

    def test_says_how_many_more_are_wrong(self):
        with pytest.raises(RuleBroken, match="และอีก 3 แห่ง"):
            sheets.pasted(ITEMS, "\n".join(["จอ\tสาม"] * 8), TODAY)

    @pytest.mark.parametrize(
        ("text", "said"), [(" \n\t\n", "ไม่พบบรรทัด"), ("\t".join("กขคงจฉช"), "มี 7 ช่อง แต่ตารางมี 6")]
    )
    def test_that_brings_nothing_usable_is_refused(self, text, said):
        with pytest.raises(RuleBroken, match=said):
            sheets.pasted(ITEMS, text, TODAY)


class TestSums:
    def test_of_items_are_amount_times_price(self):
        lines = [ITEM, {**ITEM, "amount": 2, "price": "100.00"}, {"item": "ไม่มีราคา"}]
        assert sheets.totals(ITEMS, {"lines": lines}) == [
            {"label": "จำนวนรายการ", "text": "3"},
            {"label": "จำนวนรวม (จอ)", "text": "5"},
            {"label": "รวมเป็นเงิน (บาท)", "text": "10,701.50"},
        ]

    def test_do_not_add_pieces_of_different_units(self):
        lines = [ITEM, {"item": "สาย", "amount": 30, "unit": "เมตร"}]
        assert "จำนวนรวม" not in str(sheets.totals(ITEMS, {"lines": lines}))

    def test_leave_out_what_could_not_be_read(self):
        wrong = {
            "item": "สาย",
            "amount": 2,
            "unit": {"typed": "ม" * 301},
            "price": {"typed": "แพง"},
        }
        labels = [total["label"] for total in sheets.totals(ITEMS, {"lines": [ITEM, wrong]})]
        assert labels == ["จำนวนรายการ", "จำนวนรวม (จอ)", "รวมเป็นเงิน (บาท)"]

    def test_of_a_plan_are_its_money(self):
        lines = [{"activity": "ก", "budget": "0.10"}, {"activity": "ข", "budget": "0.20"}]
        assert sheets.totals(PLAN, {"lines": lines})[-1]["text"] == "0.30"

    def test_of_nothing_are_none(self):
        assert sheets.totals(ITEMS, {}) == []

    def test_of_people_add_up_all_activities(self):
        one = [{"key": "target", "value": 30}, {"key": "actual", "value": 28}]
        two = [{"key": "actual", "value": 0}, {"key": "asked", "value": 9}]
        assert [(f["key"], f["value"]) for f in sheets.people([one, two])] == [
            ("target", 30), ("actual", 28),
        ]  # fmt: skip


MET = {"met_on": "2026-11-02", "attended": 9}


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("sheet", "plain", "has_file", "lacks"),
        [
            (MEETING, {}, False, "วันที่ประชุม"),
            (MEETING, {"head": MET}, False, "มติที่ประชุม"),
            (MEETING, {"head": {"met_on": "2026-11-02"}, "lines": [{"resolution": "ก"}]}, False,
             "ผู้เข้าประชุม"),
            (MEETING, {}, True, "วันที่ประชุม"),
            (PLAN, {"lines": [{"activity": "ก"}]}, False, "วัตถุประสงค์"),
            (PLAN, {"head": {"objective": "ก"}}, False, "กิจกรรมในแผน"),
            (ITEMS, {}, False, "รายการอย่างน้อยหนึ่งบรรทัด"),
            (ITEMS, {"lines": [{"amount": 2}]}, True, "บรรทัดที่ 1 ช่อง “รายการ”"),
            (ITEMS, {"lines": [{}, {"item": "ก", "price": {"typed": "แพง"}}]}, True,
             "บรรทัดที่ 2 ช่อง “ราคาต่อหน่วย (บาท)” ที่อ่านไม่ได้"),
            (REGISTER, {}, True, "คำขออย่างน้อยหนึ่งบรรทัด"),
            (REGISTER, {"head": {"nothing": True}}, False, "ผลการดำเนินงานที่อธิบาย"),
            (REGISTER, {"head": {"nothing": True}, "lines": [{"subject": "ก"}]}, False,
             "ทะเบียนมีรายการแล้ว"),
        ],
    )  # fmt: skip
    def test_is_said(self, sheet, plain, has_file, lacks):
        assert lacks in " ".join(sheets.missing(sheet, plain, has_file=has_file, result=""))

    @pytest.mark.parametrize(
        ("sheet", "plain", "has_file", "result"),
        [
            (MEETING, {"head": MET, "lines": [{"resolution": "ก"}]}, False, ""),
            (MEETING, {"head": {"met_on": "2026-11-02"}}, True, ""),
            (PLAN, {"head": {"objective": "ก"}, "lines": [{"activity": "ข"}]}, False, ""),
            (PLAN, {}, True, ""),
            (ITEMS, {"lines": [ITEM]}, False, ""),
            (ITEMS, {}, True, ""),
            (REGISTER, {"lines": [{"subject": "ก"}]}, False, ""),
            (REGISTER, {"head": {"nothing": True}}, False, "ไม่มีผู้ขอ"),
        ],
    )
    def test_is_nothing_when_it_is_all_there(self, sheet, plain, has_file, result):
        assert sheets.missing(sheet, plain, has_file=has_file, result=result) == []

    def test_of_a_row_that_publishes_stands_in_its_head(self):
        sheet = for_row("letter", {"publication"})
        assert [field.key for field in sheet.head] == ["channel", "published_on", "address"]
        assert for_row("items", {"publication"}).columns == ITEMS.columns
        assert for_row("letter", {"letter"}) is None

    def test_days_after_the_row_was_done_are_named(self):
        plain = {"lines": [{"asked_on": "2026-11-02"}, {"asked_on": "2026-11-03"}]}
        assert sheets.later_than(REGISTER, plain, TODAY) == ["วันที่ บรรทัดที่ 2"]
        assert sheets.later_than(MEETING, {"lines": [{"due_on": "2026-12-01"}]}, TODAY) == []


def test_the_next_round_takes_over_all_that_has_a_place():
    plain = {"head": {"nothing": True, "address": "x"}, "lines": [{}, {"subject": "ก", "old": 1}]}
    assert sheets.taken_over(REGISTER, plain) == {
        "head": {"nothing": True}, "lines": [{}, {"subject": "ก"}],
    }  # fmt: skip


def test_the_next_round_takes_over_what_could_not_be_read():
    typed = {"typed": "ประมาณสามสิบ"}
    plain = {"lines": [{"item": "ก", "amount": typed}]}
    assert sheets.taken_over(ITEMS, plain) == plain
    met = {"head": {"met_on": typed}}
    assert sheets.taken_over(MEETING, met) == met


class TestNextYear:
    def test_a_meeting_lends_agenda_and_place_but_no_day_and_no_resolution(self):
        plain = {"head": {**MET, "agenda": "วาระ", "place": "ห้อง"}, "lines": [{"resolution": "ก"}]}
        assert sheets.lent(MEETING, plain) == {"head": {"agenda": "วาระ", "place": "ห้อง"}}

    def test_a_plan_lends_its_lines_without_their_time(self):
        plain = {"lines": [{"activity": "ก", "period": "ม.ค. 2569", "budget": "5.00"}]}
        assert sheets.lent(PLAN, plain) == {"lines": [{"activity": "ก", "budget": "5.00"}]}

    def test_a_register_lends_nothing(self):
        assert sheets.lent(REGISTER, {"lines": [{"subject": "ก"}], "head": {"nothing": True}}) == {}

    def test_what_could_not_be_read_is_not_lent(self):
        plain = {"lines": [{"item": "ก", "price": {"typed": "แพง"}}]}
        assert sheets.lent(ITEMS, plain) == {"lines": [{"item": "ก"}]}


class TestReading:
    def test_carries_its_own_words(self):
        shown = sheets.readable(ITEMS, {"lines": [{}, ITEM]})
        assert shown["columns"][1] == {"label": "จำนวน", "number": True}
        assert shown["lines"] == [["จอภาพ", "3", "จอ", "3,500.50", "", "", "10,501.50"]]
        assert shown["totals"][-1] == {"label": "รวมเป็นเงิน (บาท)", "text": "10,501.50"}

    def test_of_nothing_is_nothing(self):
        assert (sheets.readable(ITEMS, {}), sheets.readable(None, {}), sheets.as_text({})) == (
            {},
            {},
            "",
        )

    def test_as_text_says_all_of_it(self):
        plain = {
            "head": {"objective": "เพื่อทดสอบ"},
            "lines": [{"activity": "อบรม", "budget": "5.00"}],
        }
        text = sheets.as_text(sheets.readable(PLAN, plain))
        assert text.splitlines() == [
            "วัตถุประสงค์: เพื่อทดสอบ", "จำนวนกิจกรรม: 1", "งบประมาณรวม (บาท): 5.00", "1. อบรม | 5.00",
        ]  # fmt: skip

    def test_cells_of_another_sheet_are_a_slip_of_the_programmer(self):
        with pytest.raises(TypeError, match="budget"):
            sheets.check_known(ITEMS, {"lines": [{"budget": "5.00"}]})
