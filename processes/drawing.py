"""From a flow's shape to its chart: symbols, the lines between them, the return lanes.

The one source of the chart on the screen, the printed chart and the second column of the
standards table. Pure; it speaks of strokes (names of style classes), never of millimetres.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from processes.shape import Decides, Flow, Step, Unit

# right of the symbols there is room for so many return lanes; a loop more gets a lettered circle
LANES = 3
# more sub-rows than this would be too narrow beside each other
SIDE_BY_SIDE = 5
LETTERS = "กขคงจฉชซฌญฐฑฒณดตถทธนบปผพภมยรลวศษสหอฮ"


class Form(StrEnum):
    """The outline of a symbol."""

    TERMINATOR = "terminator"
    PROCESS = "process"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Symbol:
    """One box of the chart, which is one row of the standards table.

    `yes` is written on the line that goes on, `no` on the line that goes back,
    `notes` are the marks of an optional, conditional or throughout row.
    """

    key: str
    number: str
    text: str
    form: Form
    parent: str | None = None
    notes: tuple[str, ...] = ()
    yes: str = ""
    no: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """A return from a deciding row to an earlier one; `box` stands on its line."""

    source: str
    target: str
    box: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Symbols in printed order, and the loops between them."""

    symbols: tuple[Symbol, ...]
    loops: tuple[Loop, ...]

    @property
    def spine(self) -> tuple[Symbol, ...]:
        """The symbols the line runs through; the others hang under their parent."""
        return tuple(symbol for symbol in self.symbols if symbol.parent is None)

    @property
    def ends_deciding(self) -> bool:
        """The last symbol is a question, so the line needs an end of its own."""
        return bool(self.spine) and self.spine[-1].form is Form.DECISION

    def children(self, key: str) -> tuple[Symbol, ...]:
        """The sub-rows that run side by side under this row."""
        return tuple(symbol for symbol in self.symbols if symbol.parent == key)

    def symbol(self, key: str) -> Symbol:
        """The symbol of a row; KeyError if the chart has none."""
        for symbol in self.symbols:
            if symbol.key == key:
                return symbol
        raise KeyError(key)

    def loop_from(self, key: str) -> Loop | None:
        """The printed return of a row, if it has one."""
        return next((loop for loop in self.loops if loop.source == key), None)

    def fits_side_by_side(self, key: str) -> bool:
        """The sub-rows of a row may be drawn in one line: few, and no loop passes them."""
        order = [symbol.key for symbol in self.symbols]
        rows = {order.index(child.key) for child in self.children(key)}
        passed = any(
            rows.intersection(range(order.index(loop.target), order.index(loop.source)))
            for loop in self.loops
        )
        return 0 < len(rows) <= SIDE_BY_SIDE and not passed


def chart_of(flow: Flow) -> Chart:
    """The chart of a flow."""
    loops = tuple(_loops(flow))
    returning = {loop.source for loop in loops}
    return Chart(tuple(_symbol(flow, step, step.key in returning) for step in flow.steps), loops)


def _loops(flow: Flow) -> Iterator[Loop]:
    above: set[str] = set()
    for step in flow.steps:
        if step.returns_to in above and step.returns_to is not None:
            yield Loop(step.key, step.returns_to, step.return_label)
        above.add(step.key)


def _symbol(flow: Flow, step: Step, returning: bool) -> Symbol:
    yes, no = answers(step)
    form = _form(flow, step)
    return Symbol(
        key=step.key,
        number=step.number,
        text=step.chart_text,
        form=form,
        parent=step.parent,
        notes=tuple(_notes(step)),
        yes=yes if form is Form.DECISION else "",
        no=no if returning else "",
    )


def _form(flow: Flow, step: Step) -> Form:
    if step.decides is Decides.DECIDE:
        return Form.DECISION
    spine = [row.key for row in flow.steps if row.parent is None]
    bracket = any(row.parent == step.key for row in flow.steps)
    if step.key == spine[0] or (step.key == spine[-1] and not bracket):
        return Form.TERMINATOR
    return Form.PROCESS


def _notes(step: Step) -> Iterator[str]:
    if step.optional and "ถ้ามี" not in step.chart_text:
        yield "ถ้ามี"
    if step.condition and step.condition not in step.chart_text:
        yield step.condition
    if step.duration.unit is Unit.THROUGHOUT and "ตลอดระยะเวลา" not in step.chart_text:
        yield "ตลอดระยะเวลา"


def answers(step: Step) -> tuple[str, str]:
    """What is written on the way on and on the way back: as printed, else the step's verb."""
    yes, no = _answers_by_verb(step)
    return step.yes_label or yes, step.no_label or no


def _answers_by_verb(step: Step) -> tuple[str, str]:
    if step.decides is Decides.ACKNOWLEDGE:
        return "รับทราบ", "คืนเรื่อง"
    for word in ("อนุมัติ", "เห็นชอบ", "ลงนาม"):
        if word in step.verb:
            return word, f"ไม่{word}"
    return "ผ่าน", "ไม่ผ่าน"


# -- sheets: the chart laid on one or more pages


class Way(StrEnum):
    """Where a lettered circle hangs: at the way out, at the way in, or above it."""

    OUT = "out"
    IN = "in"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Knob:
    """A lettered circle that stands for a line too far to draw."""

    letter: str
    lane: int
    way: Way


@dataclass(frozen=True, slots=True)
class Place:
    """A symbol where it stands: the strokes of its cell and what hangs beside it.

    `lines` is the room its text needs, `entry` that a return arrives at its right side,
    `back` the row it returns to. `box` stands on its return line, on the lane itself where
    `boxed` says there is room.
    """

    symbol: Symbol
    strokes: tuple[str, ...]
    lines: int = 1
    entry: bool = False
    back: Symbol | None = None
    lane: int | None = None
    box: str = ""
    boxed: bool = False
    knobs: tuple[Knob, ...] = ()


Page = tuple[Place, ...]


def lay(
    chart: Chart, pages: Sequence[Sequence[str]] | None = None, *, room: float = 8.0
) -> tuple[Page, ...]:
    """The chart on pages, each a run of row keys; on one page when none are named.

    A loop within a page runs in the first free lane, the shortest loops nearest to the symbols.
    One that crosses pages, or finds no lane, becomes a pair of lettered circles.
    `room` is the width of a decision's text in ems.
    """
    order = [symbol.key for symbol in chart.symbols]
    sheets = [_Sheet(chart, page, room) for page in (pages if pages is not None else [order])]
    drawn = {loop for sheet in sheets for loop in sheet.lanes}
    cut = [loop for loop in chart.loops if loop not in drawn]
    targets = sorted({loop.target for loop in cut}, key=order.index)
    letters = {target: _letter(number) for number, target in enumerate(targets)}
    return tuple(sheet.places(letters) for sheet in sheets)


def _letter(number: int) -> str:
    turn, place = divmod(number, len(LETTERS))
    return LETTERS[place] + (str(turn) if turn else "")


@dataclass(frozen=True, slots=True)
class Branch:
    """A place on the spine with the sub-rows under it, `side` by side where they fit."""

    place: Place
    under: Page
    side: bool


def branches(chart: Chart, page: Page) -> tuple[Branch, ...]:
    """A page as an outline. Sub-rows cut off from their parent by a page end stand alone."""
    here = {place.symbol.key for place in page}
    return tuple(
        Branch(
            place,
            tuple(each for each in page if each.symbol.parent == place.symbol.key),
            chart.fits_side_by_side(place.symbol.key),
        )
        for place in page
        if place.symbol.parent not in here
    )


class _Sheet:
    """One page: which loop runs in which lane, and the strokes that make each row."""

    def __init__(self, chart: Chart, keys: Sequence[str], room: float) -> None:
        self.chart = chart
        self.room = room
        self.row = {key: number for number, key in enumerate(keys)}
        self.lanes = self._lanes()

    def _rows(self, loop: Loop) -> set[int]:
        return set(range(self.row[loop.target], self.row[loop.source] + 1))

    def _lanes(self) -> dict[Loop, int]:
        whole = [x for x in self.chart.loops if x.source in self.row and x.target in self.row]
        lanes: dict[Loop, int] = {}
        for loop in sorted(whole, key=lambda x: (len(self._rows(x)), self.row[x.target])):
            busy = {lane for other, lane in lanes.items() if self._rows(loop) & self._rows(other)}
            free = [lane for lane in range(LANES) if lane not in busy]
            if free:
                lanes[loop] = free[0]
        return lanes

    def places(self, letters: dict[str, str]) -> Page:
        return tuple(self._place(key, letters) for key in self.row)

    def _place(self, key: str, letters: dict[str, str]) -> Place:
        symbol, own = self.chart.symbol(key), self.chart.loop_from(key)
        lanes, knobs = tuple(self._lane_strokes(key)), tuple(self._knobs(key, letters))
        return Place(
            symbol=symbol,
            strokes=(*_line(self.chart, symbol), *lanes, *map(_knob_stroke, knobs)),
            lines=sum(lines_needed(text, self.room) for text in (symbol.text, *symbol.notes)),
            entry=any(stroke.endswith("-to") for stroke in lanes)
            or any(knob.way is Way.IN for knob in knobs),
            back=self.chart.symbol(own.target) if own else None,
            lane=self.lanes.get(own) if own else None,
            box=own.box if own else "",
            boxed=own is not None and bool(own.box) and self._has_room(own),
            knobs=knobs,
        )

    def _has_room(self, loop: Loop) -> bool:
        """The box stands between two rows, beside which no other loop may pass."""
        if self.lanes.get(loop) != 0:
            return False
        gap = {self.row[loop.source], self.row[loop.source] - 1}
        return not any(gap & self._rows(other) for other in self.lanes if other != loop)

    def _lane_strokes(self, key: str) -> Iterator[str]:
        for loop, lane in sorted(self.lanes.items(), key=lambda pair: pair[1]):
            if self.row[key] not in self._rows(loop):
                continue
            if key == loop.source:
                yield f"lane{lane}-from"
            elif key == loop.target:
                # beside a way out there is no room for a way in: join the line above the symbol
                yield f"lane{lane}-{'over' if self.chart.loop_from(key) else 'to'}"
            else:
                yield f"lane{lane}-pass"

    def _knobs(self, key: str, letters: dict[str, str]) -> Iterator[Knob]:
        own, lane = self.chart.loop_from(key), self._lane_outside(key)
        if own is not None and own not in self.lanes and own.target in letters:
            yield Knob(letters[own.target], lane, Way.OUT)
        if key in letters:
            yield Knob(letters[key], lane, Way.OVER if own else Way.IN)

    def _lane_outside(self, key: str) -> int:
        """The first lane outside all that pass this row: a circle would hide them."""
        row = self.row[key]
        busy = [lane for loop, lane in self.lanes.items() if row in self._rows(loop)]
        return max(busy, default=-1) + 1


def _knob_stroke(knob: Knob) -> str:
    return f"knob{knob.lane}-{knob.way}"


def _line(chart: Chart, symbol: Symbol) -> Iterator[str]:
    """The strokes of the line itself: the spine, or a bracket of sub-rows beside it."""
    spine = chart.spine
    if symbol.parent is not None:
        siblings = chart.children(symbol.parent)
        yield "rung-last" if symbol == siblings[-1] else "rung"
        if symbol.parent != spine[-1].key:
            yield "join-first" if symbol == siblings[0] else "join"
            if symbol == siblings[-1]:
                yield "join-last"
        return
    if symbol != spine[0]:
        yield "up"
    if chart.children(symbol.key):
        yield "fork"
    elif symbol != spine[-1] or chart.ends_deciding:
        yield "down"


def between(chart: Chart, key: str) -> tuple[str, ...]:
    """The strokes of the way from a row to the next one, where a page end cuts it."""
    keys = [symbol.key for symbol in chart.symbols]
    after = keys.index(key) + 1
    if after == len(keys):
        return ()
    below = chart.symbols[after]
    if below.parent is None:
        return ("axis",)
    joined = key != below.parent and below.parent != chart.spine[-1].key
    return ("bus", "joined") if joined else ("bus",)


# letters that take about a third of an em; the others take a little over half of one
_NARROW = frozenset("เโใไๅ .,:;'()[]/-|!iljtfrI1")


def lines_needed(text: str, width: float) -> int:
    """How many lines a text takes in a column so many ems wide, rather one too many.

    A mark above or below a letter takes no room, and some of each line's end stays empty.
    """
    letters = [char for char in text if unicodedata.category(char) != "Mn"]
    long = sum(0.36 if char in _NARROW else 0.59 for char in letters)
    return max(1, ceil(long / (width * 0.93)))
