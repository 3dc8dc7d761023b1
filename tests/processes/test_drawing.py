"""The chart of a flow: symbols, lines, lanes, pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.drawing import (
    LANES,
    Form,
    Knob,
    Loop,
    Way,
    answers,
    branches,
    chart_of,
    lay,
    lines_needed,
)
from processes.shape import Decides, Duration, Rank, Unit
from tests.factories.papers import (
    a_flow,
    a_step,
    crossing_loops,
    cyber_security,
    deciding,
    digital_platform,
    line,
)


def strokes(flow, pages=None):
    return {
        place.symbol.key: place.strokes for page in lay(chart_of(flow), pages) for place in page
    }


def test_first_and_last_symbols_are_terminators():
    assert [symbol.form for symbol in chart_of(line(4)).symbols] == [
        Form.TERMINATOR,
        Form.PROCESS,
        Form.PROCESS,
        Form.TERMINATOR,
    ]


def test_deciding_row_is_a_decision_and_acknowledging_row_a_box():
    flow = a_flow(
        a_step(1),
        deciding(2),
        a_step(3, decides=Decides.ACKNOWLEDGE, chain=(Rank.DIRECTOR,), verb="รับทราบ"),
        a_step(4),
    )
    assert [symbol.form for symbol in chart_of(flow).symbols] == [
        Form.TERMINATOR,
        Form.DECISION,
        Form.PROCESS,
        Form.TERMINATOR,
    ]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("เห็นชอบ", ("เห็นชอบ", "ไม่เห็นชอบ")),
        ("พิจารณาให้ความเห็นชอบ", ("เห็นชอบ", "ไม่เห็นชอบ")),
        ("อนุมัติ", ("อนุมัติ", "ไม่อนุมัติ")),
        ("ลงนาม", ("ลงนาม", "ไม่ลงนาม")),
        ("พิจารณา", ("ผ่าน", "ไม่ผ่าน")),
        ("", ("ผ่าน", "ไม่ผ่าน")),
    ],
)
def test_answers_speak_with_the_verb_of_the_step(verb, expected):
    assert answers(deciding(1, verb=verb)) == expected


def test_answers_of_an_acknowledging_row_return_the_paper():
    assert answers(a_step(1, decides=Decides.ACKNOWLEDGE)) == ("รับทราบ", "คืนเรื่อง")


def test_way_back_is_labelled_only_where_a_return_is_printed():
    flow = a_flow(a_step(1), deciding(2), deciding(3, returns_to="r1"), a_step(4))
    assert [(s.yes, s.no) for s in chart_of(flow).symbols] == [
        ("", ""),
        ("เห็นชอบ", ""),
        ("เห็นชอบ", "ไม่เห็นชอบ"),
        ("", ""),
    ]


def test_printed_return_becomes_a_loop_with_its_box():
    assert chart_of(digital_platform()).loops == (Loop("r4", "r3", "ทบทวน ปรับปรุง"),)


def test_return_that_does_not_go_up_is_not_drawn():
    flow = a_flow(a_step(1), deciding(2, returns_to="r2"), a_step(3))
    assert chart_of(flow).loops == ()


@pytest.mark.parametrize(
    ("values", "notes"),
    [
        ({"optional": True}, ("ถ้ามี",)),
        ({"optional": True, "chart_text": "รายงานผล (ถ้ามี)"}, ()),
        ({"condition": "วงเงินเกิน 5 ล้านบาท"}, ("วงเงินเกิน 5 ล้านบาท",)),
        ({"duration": Duration(Unit.THROUGHOUT)}, ("ตลอดระยะเวลา",)),
        ({"optional": True, "duration": Duration(Unit.THROUGHOUT)}, ("ถ้ามี", "ตลอดระยะเวลา")),
        ({}, ()),
    ],
)
def test_optional_conditional_and_throughout_rows_are_marked(values, notes):
    flow = a_flow(a_step(1), a_step(2, **values), a_step(3))
    assert chart_of(flow).symbol("r2").notes == notes


def test_line_runs_from_the_first_symbol_to_the_last():
    assert strokes(line(3)) == {"r1": ("down",), "r2": ("up", "down"), "r3": ("up",)}


def test_flow_of_one_row_has_no_line():
    assert strokes(line(1)) == {"r1": ()}


def test_last_row_that_decides_leads_on_to_an_end():
    chart = chart_of(a_flow(a_step(1), deciding(2)))
    assert chart.ends_deciding is True
    assert lay(chart)[0][1].strokes == ("up", "down")
    assert chart_of(line(2)).ends_deciding is False


def test_return_lane_leaves_the_decision_and_enters_the_target():
    (page,) = lay(chart_of(digital_platform()))
    by_key = {place.symbol.key: place for place in page}
    assert by_key["r4"].strokes == ("up", "down", "lane0-from")
    assert by_key["r3"].strokes == ("up", "down", "lane0-to")
    assert (by_key["r3"].entry, by_key["r4"].entry) == (True, False)
    assert (by_key["r4"].lane, by_key["r4"].box, by_key["r4"].boxed) == (0, "ทบทวน ปรับปรุง", True)
    assert by_key["r4"].back == by_key["r3"].symbol


def test_short_loops_take_the_lanes_nearest_to_the_symbols():
    assert {
        key: row[2:] if row[0] == "up" else row[1:]
        for key, row in strokes(crossing_loops()).items()
    } == {
        "r1": ("lane2-to",),
        "r2": ("lane0-to", "lane2-pass"),
        "r3": ("lane0-from", "lane1-over", "lane2-pass"),
        "r4": ("lane1-pass", "lane2-pass"),
        "r5": ("lane0-to", "lane1-pass", "lane2-pass"),
        "r6": ("lane0-pass", "lane1-from", "lane2-pass"),
        "r7": ("lane0-pass", "lane2-pass"),
        "r8": ("lane0-from", "lane2-pass"),
        "r9": ("lane2-from",),
        "r10": (),
    }


def test_box_of_a_return_leaves_the_lane_where_another_loop_passes():
    (page,) = lay(chart_of(crossing_loops()))
    assert [(p.symbol.key, p.box, p.boxed) for p in page if p.box] == [
        ("r3", "ทบทวน ปรับปรุง", False),
        ("r6", "แก้ไข", False),
        ("r8", "ทบทวน", False),
        ("r9", "เริ่มใหม่", False),
    ]


def test_two_returns_to_one_row_share_its_entry_on_two_lanes():
    flow = a_flow(
        a_step(1), a_step(2), deciding(3, returns_to="r2"), deciding(4, returns_to="r2"), a_step(5)
    )
    assert strokes(flow)["r2"] == ("up", "down", "lane0-to", "lane1-to")


def test_loop_without_a_free_lane_becomes_a_pair_of_circles():
    steps = [a_step(1), *(deciding(n, returns_to="r1") for n in range(2, 6)), a_step(6)]
    (page,) = lay(chart_of(a_flow(*steps)))
    knobs = {place.symbol.key: place.knobs for place in page if place.knobs}
    assert knobs == {
        "r1": (Knob("ก", LANES, Way.IN),),
        "r5": (Knob("ก", 0, Way.OUT),),
    }


def test_loop_over_a_page_end_becomes_a_pair_of_circles():
    pages = lay(
        chart_of(crossing_loops()), [["r1", "r2", "r3", "r4"], [f"r{n}" for n in range(5, 11)]]
    )
    knobs = {p.symbol.key: p.knobs for page in pages for p in page if p.knobs}
    assert knobs == {
        "r1": (Knob("ก", 0, Way.IN),),
        "r3": (Knob("ข", 1, Way.OVER),),
        "r6": (Knob("ข", 1, Way.OUT),),
        "r9": (Knob("ก", 0, Way.OUT),),
    }
    assert pages[0][2].strokes == ("up", "down", "lane0-from", "knob1-over")


def test_lines_do_not_stop_at_a_page_end():
    assert strokes(line(4), [["r1", "r2"], ["r3", "r4"]]) == strokes(line(4))


def test_sub_rows_hang_between_two_bars_under_their_parent():
    drawn = strokes(cyber_security())
    assert drawn["r5"] == ("up", "fork")
    assert drawn["r6"] == ("rung", "join-first")
    assert drawn["r7"] == ("rung", "join")
    assert drawn["r10"] == ("rung-last", "join", "join-last")
    assert drawn["r11"] == ("up", "down")


def test_sub_rows_at_the_end_are_not_joined_again():
    flow = a_flow(a_step(1), a_step(2), a_step(3, parent="r2"), a_step(4, parent="r2"))
    assert strokes(flow) == {
        "r1": ("down",),
        "r2": ("up", "fork"),
        "r3": ("rung",),
        "r4": ("rung-last",),
    }
    assert chart_of(flow).symbol("r2").form is Form.PROCESS


def test_sub_rows_stand_side_by_side_when_few_and_no_loop_passes():
    chart = chart_of(cyber_security())
    assert chart.fits_side_by_side("r5") is True
    assert chart.fits_side_by_side("r1") is False


def test_sub_rows_stand_below_each_other_when_many():
    under = [a_step(n, parent="r1") for n in range(2, 8)]
    assert chart_of(a_flow(a_step(1), *under)).fits_side_by_side("r1") is False


@pytest.mark.parametrize(("target", "fits"), [("r1", False), ("r2", False), ("r5", True)])
def test_sub_rows_stand_below_each_other_when_a_loop_passes(target, fits):
    flow = a_flow(
        a_step(1),
        a_step(2),
        a_step(3, parent="r2"),
        a_step(4, parent="r2"),
        a_step(5),
        deciding(6, returns_to=target),
    )
    assert chart_of(flow).fits_side_by_side("r2") is fits


def test_outline_puts_sub_rows_under_their_parent():
    chart = chart_of(cyber_security())
    (page,) = lay(chart)
    shape = [
        (b.place.symbol.key, [u.symbol.key for u in b.under], b.side) for b in branches(chart, page)
    ]
    assert shape[4] == ("r5", ["r6", "r7", "r8", "r9", "r10"], True)
    assert [key for key, _, _ in shape] == ["r1", "r2", "r3", "r4", "r5", "r11", "r12"]


def test_outline_loses_no_sub_row_at_a_page_end():
    chart = chart_of(cyber_security())
    keys = [symbol.key for symbol in chart.symbols]
    first, second = lay(chart, [keys[:7], keys[7:]])
    assert [b.place.symbol.key for b in branches(chart, second)] == [
        "r8",
        "r9",
        "r10",
        "r11",
        "r12",
    ]
    assert [u.symbol.key for u in branches(chart, first)[-1].under] == ["r6", "r7"]


def test_unknown_row_has_no_symbol():
    with pytest.raises(KeyError):
        chart_of(line(2)).symbol("r9")


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("เสนอ", 1), ("เสนอ ผอ.สพท. ให้ความเห็นชอบ", 2)]
)
def test_lines_needed_does_not_count_marks_above_and_below(text, lines):
    assert lines_needed(text, 8.0) == lines


@st.composite
def flows(draw):
    """Any line with any printed returns."""
    steps = [a_step(1)]
    for number in range(2, draw(st.integers(2, 14)) + 1):
        back = draw(st.one_of(st.none(), st.integers(1, number - 1)))
        steps.append(deciding(number, returns_to=f"r{back}") if back else a_step(number))
    return a_flow(*steps)


@given(flows(), st.integers(1, 14))
def test_every_loop_is_drawn_once_and_no_two_share_a_place(flow, cut):
    chart = chart_of(flow)
    keys = [symbol.key for symbol in chart.symbols]
    pages = lay(chart, [page for page in (keys[:cut], keys[cut:]) if page])
    places = [place for page in pages for place in page]
    assert [place.symbol.key for place in places] == keys
    for place in places:
        lanes = [s.split("-")[0][-1] for s in place.strokes if s.startswith(("lane", "knob"))]
        both = {knob.way for knob in place.knobs} == {Way.OUT, Way.OVER}
        assert len(lanes) == len(set(lanes)) + both
    for loop in chart.loops:
        source = next(place for place in places if place.symbol.key == loop.source)
        target = next(place for place in places if place.symbol.key == loop.target)
        out = [knob.letter for knob in source.knobs if knob.way is Way.OUT]
        into = [knob.letter for knob in target.knobs if knob.way is not Way.OUT]
        assert (source.lane is not None) != (out != [] and out == into)
