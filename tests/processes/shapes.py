"""Hypothesis strategies: editions that are right in every way the rules know."""

from dataclasses import replace

from hypothesis import strategies as st

from processes.shape import (
    Citation,
    Decides,
    Definition,
    Duration,
    Edition,
    Flow,
    FormUse,
    Item,
    Kind,
    Need,
    Per,
    Rank,
    Step,
    Unit,
)

LETTERS = "กขคงจฉชซญฎฐณดตถทธนบปผฝพฟภมยรลวศษสหอฮะาำิีึืุูเแโใไ็่้๊๋์ๆฯ ABCabc0123๐๑๒๓ -–/()“”.,:\n"
COUNTED = (Unit.WORKING_DAY, Unit.DAY, Unit.HOUR, Unit.MINUTE, Unit.MONTH)


def words(longest: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, max_size=min(longest, 40))


def some_words(longest: int) -> st.SearchStrategy[str]:
    return words(longest).filter(str.strip)


@st.composite
def durations(draw: st.DrawFn) -> Duration:
    unit = draw(st.sampled_from([*COUNTED, Unit.THROUGHOUT, Unit.PER_PLAN, Unit.NONE]))
    printed, note = draw(words(120)), draw(words(200))
    if unit not in COUNTED:
        return Duration(unit=unit, printed=printed, note=note)
    least = draw(st.integers(1, 500))
    most = draw(st.integers(least, 900))
    per = draw(st.sampled_from([None, *Per]))
    return Duration(unit, least, most, per, printed, note)


@st.composite
def plain_steps(draw: st.DrawFn, key: str) -> Step:
    return Step(
        key=key,
        number=draw(words(20)),
        title=draw(some_words(400)),
        chart_text=draw(some_words(300)),
        kind=draw(st.sampled_from([kind for kind in Kind if kind != Kind.APPOINT])),
        external=draw(st.booleans()),
        standard=draw(words(300)),
        responsible=draw(words(300)),
        duration=draw(durations()),
        optional=draw(st.booleans()),
        condition=draw(words(300)),
        source_note=draw(words(300)),
    )


def deciding(draw: st.DrawFn, step: Step, earlier: list[Step]) -> Step:
    below = draw(st.lists(st.sampled_from([Rank.HEAD, Rank.DEPUTY]), unique=True))
    chain = (*sorted(below, key=list(Rank).index), Rank.DIRECTOR)
    targets = (each.key for each in earlier if each.duration.unit != Unit.THROUGHOUT)
    target = draw(st.sampled_from([None, *targets]))
    return replace(
        step,
        external=False,
        decides=draw(st.sampled_from(Decides)),
        verb=draw(words(60)),
        chain=chain,
        returns_to=target,
        return_label=draw(words(120)) if target else "",
        yes_label=draw(words(60)),
        no_label=draw(words(60)),
    )


def under(step: Step, above: Step) -> Step:
    return replace(step, parent=above.parent or above.key)


def sharing(draw: st.DrawFn, step: Step, above: Step) -> Step:
    return replace(
        step,
        duration=Duration(unit=Unit.INCLUDED, printed=draw(words(120))),
        duration_from=above.duration_from or above.key,
        duration_merged=draw(st.booleans()),
    )


@st.composite
def flows(draw: st.DrawFn, code: str) -> Flow:
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 6))):
        step, above = draw(plain_steps(f"step-{number}")), steps[-1] if steps else None
        if above and draw(st.booleans()):
            step = sharing(draw, step, above)
        if above and draw(st.booleans()):
            step = replace(step, standard=above.standard, standard_merged=True)
        if above and not above.decides and draw(st.booleans()):
            step = under(step, above)
        elif draw(st.booleans()):
            step = deciding(draw, step, steps)
        steps.append(step)
    return Flow(
        code=code,
        steps=tuple(steps),
        phase=draw(words(200)),
        table_name=draw(words(400)),
        indicator=draw(words(400)),
        trigger=draw(words(400)),
        items=tuple(draw(items(number, steps)) for number in range(draw(st.integers(0, 4)))),
    )


@st.composite
def items(draw: st.DrawFn, number: int, steps: list[Step]) -> Item:
    step = draw(st.sampled_from([None, *steps]))
    item = Item(
        key=f"item-{number}",
        text=draw(some_words(400)),
        number=draw(words(20)),
        step=step.key if step else None,
        condition=draw(words(300)),
    )
    if step and step.decides and draw(st.booleans()):
        return replace(item, after_decision=True, needs=Need.OUTSIDE_REPORT)
    if step:
        return replace(item, needs=draw(st.sampled_from([None, Need.LETTER, Need.SURVEY])))
    return item


def codes(name: str, count: int) -> list[str]:
    return [f"{name}-{number}" for number in range(count)]


@st.composite
def editions(draw: st.DrawFn, code: str = "made-up") -> Edition:
    texts = st.lists(words(100), max_size=3).map(tuple)
    return Edition(
        manual="demo",
        code=code,
        number=draw(words(20)),
        name=draw(some_words(400)),
        flows=tuple(draw(flows(each)) for each in codes(f"{code}-flow", draw(st.integers(1, 2)))),
        group=draw(words(200)),
        indicators=draw(texts),
        objectives=draw(texts),
        scope=draw(words(400)),
        outputs=draw(texts),
        document_code=draw(words(60)),
        definitions=tuple(
            Definition(draw(some_words(300)), draw(words(400)))
            for _ in range(draw(st.integers(0, 2)))
        ),
        forms=tuple(
            FormUse(each, draw(some_words(400)), draw(words(20)), draw(words(200)))
            for each in codes("form", draw(st.integers(0, 2)))
        ),
        citations=tuple(
            Citation(each, draw(some_words(400)), draw(words(20)), draw(words(200)))
            for each in codes("law", draw(st.integers(0, 2)))
        ),
        source_note=draw(words(200)),
    )
