"""Shape ⇄ rows, both ways and without loss. The only module that knows both."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from processes import models, shape

_FLOW_TEXTS = ("code", "phase", "table_name", "indicator", "trigger")
_DURATION = tuple(field.name for field in fields(shape.Duration))
_POINTERS = ("duration_from", "parent", "returns_to")
_EDITION_PLAIN = ("group", "name", "scope", "document_code", "source_note")
_EDITION_LISTS = ("indicators", "objectives", "outputs")
_STEP_PLAIN = tuple(
    field.name
    for field in fields(shape.Step)
    if field.name not in (*_POINTERS, "duration", "chain", "kind", "decides")
)

# a frozen edition never changes, so its digest names its shape for as long as the process lives
_frozen: dict[str, shape.Edition] = {}
_FROZEN_LIMIT = 500


def shape_of(edition: models.Edition) -> shape.Edition:
    """The plain form of an edition; kept by digest once the edition has left draft."""
    if edition.status == models.EditionStatus.DRAFT:
        return _read_edition(edition)
    if edition.content_hash not in _frozen:
        if len(_frozen) >= _FROZEN_LIMIT:
            _frozen.clear()
        _frozen[edition.content_hash] = _read_edition(edition)
    return _frozen[edition.content_hash]


def stored_shape(edition: models.Edition) -> shape.Edition:
    """The plain form as the rows say it now, whatever was read before: for verifying."""
    return _read_edition(edition)


def flow_shape(flow: models.Flow) -> shape.Flow:
    """The plain form of one flow of an edition."""
    return next(each for each in shape_of(flow.edition).flows if each.code == flow.code)


def step_rows(flow: models.Flow) -> dict[str, models.Step]:
    """The rows of a flow by step key, in printed order."""
    return {step.key: step for step in flow.steps.all()}


def write_rows(edition: models.Edition, content: shape.Edition) -> None:
    """Replace everything under a draft by what `content` says. Called by `editing` only."""
    for name in (*_EDITION_PLAIN, *_EDITION_LISTS):
        value = getattr(content, name)
        setattr(edition, name, list(value) if name in _EDITION_LISTS else value)
    edition.printed_number = content.number
    edition.save(update_fields=["printed_number", *_EDITION_PLAIN, *_EDITION_LISTS])
    for children in (edition.flows, edition.definitions, edition.forms, edition.citations):
        children.all().delete()
    for position, flow in enumerate(content.flows):
        _write_flow(edition, position, flow)
    models.Definition.objects.bulk_create(
        models.Definition(edition=edition, position=position, term=each.term, meaning=each.meaning)
        for position, each in enumerate(content.definitions)
    )
    _write_forms(edition, content.forms)
    _write_citations(edition, content.citations)


# -- rows to shape


def _read_edition(edition: models.Edition) -> shape.Edition:
    plain: dict[str, Any] = {name: getattr(edition, name) for name in _EDITION_PLAIN}
    plain |= {name: tuple(getattr(edition, name)) for name in _EDITION_LISTS}
    flows = edition.flows.prefetch_related("steps", "items").order_by("position")
    return shape.Edition(
        manual=edition.process.manual.code,
        code=edition.process.code,
        number=edition.printed_number,
        flows=tuple(_read_flow(flow) for flow in flows),
        definitions=tuple(
            shape.Definition(term=each.term, meaning=each.meaning)
            for each in edition.definitions.order_by("position")
        ),
        forms=tuple(
            shape.FormUse(each.form.code, each.printed, each.number, each.source_note)
            for each in edition.forms.select_related("form").order_by("position")
        ),
        citations=tuple(
            shape.Citation(each.law.code, each.printed, each.number, each.source_note)
            for each in edition.citations.select_related("law").order_by("position")
        ),
        **plain,
    )


def _read_flow(flow: models.Flow) -> shape.Flow:
    rows = sorted(flow.steps.all(), key=lambda row: row.position)
    keys = {row.pk: row.key for row in rows}
    items = sorted(flow.items.all(), key=lambda row: row.position)
    texts = {name: getattr(flow, name) for name in _FLOW_TEXTS}
    return shape.Flow(
        steps=tuple(_read_step(row, keys) for row in rows),
        items=tuple(_read_item(row, keys) for row in items),
        **texts,
    )


def _read_step(row: models.Step, keys: dict[int, str]) -> shape.Step:
    plain: dict[str, Any] = {name: getattr(row, name) for name in _STEP_PLAIN}
    plain |= {name: _key(getattr(row, f"{name}_id"), keys) for name in _POINTERS}
    return shape.Step(
        kind=shape.Kind(row.kind),
        decides=shape.Decides(row.decides) if row.decides else None,
        chain=tuple(shape.Rank(rank) for rank in row.chain),
        duration=shape.Duration(
            unit=shape.Unit(row.duration_unit),
            min=row.duration_min,
            max=row.duration_max,
            per=shape.Per(row.duration_per) if row.duration_per else None,
            printed=row.duration_printed,
            note=row.duration_note,
        ),
        **plain,
    )


def _read_item(row: models.ChecklistItem, keys: dict[int, str]) -> shape.Item:
    return shape.Item(
        key=row.key,
        text=row.text,
        number=row.number,
        step=_key(row.step_id, keys),
        after_decision=row.after_decision,
        condition=row.condition,
        needs=shape.Need(row.needs) if row.needs else None,
        source_note=row.source_note,
    )


def _key(pk: int | None, keys: dict[int, str]) -> str | None:
    return None if pk is None else keys[pk]


# -- shape to rows


def _write_flow(edition: models.Edition, position: int, content: shape.Flow) -> None:
    texts = {name: getattr(content, name) for name in _FLOW_TEXTS}
    flow = models.Flow.objects.create(edition=edition, position=position, **texts)
    rows = _write_steps(flow, content.steps)
    models.ChecklistItem.objects.bulk_create(
        models.ChecklistItem(
            flow=flow,
            step=rows[item.step] if item.step else None,
            position=index,
            key=item.key,
            number=item.number,
            text=item.text,
            after_decision=item.after_decision,
            condition=item.condition,
            needs=item.needs or "",
            source_note=item.source_note,
        )
        for index, item in enumerate(content.items)
    )


def _write_steps(flow: models.Flow, steps: Iterable[shape.Step]) -> dict[str, models.Step]:
    steps = list(steps)
    made = models.Step.objects.bulk_create(
        _step_row(flow, position, step) for position, step in enumerate(steps)
    )
    rows = {row.key: row for row in made}
    pointing = [step for step in steps if any(getattr(step, name) for name in _POINTERS)]
    for step in pointing:
        row = rows[step.key]
        row.duration_unit = step.duration.unit
        for name in _POINTERS:
            key = getattr(step, name)
            setattr(row, name, rows[key] if key else None)
    if pointing:
        models.Step.objects.bulk_update(
            [rows[step.key] for step in pointing], ["duration_unit", *_POINTERS]
        )
    return rows


def _step_row(flow: models.Flow, position: int, step: shape.Step) -> models.Step:
    plain = {name: getattr(step, name) for name in _STEP_PLAIN}
    duration = {f"duration_{name}": getattr(step.duration, name) for name in _DURATION}
    duration["duration_per"] = step.duration.per or ""
    if step.duration.unit == shape.Unit.INCLUDED:
        # the database wants the row it is included in, which may not have been written yet
        duration["duration_unit"] = shape.Unit.NONE
    return models.Step(
        flow=flow,
        position=position,
        kind=step.kind,
        decides=step.decides or "",
        chain=[str(rank) for rank in step.chain],
        **plain,
        **duration,
    )


def _write_forms(edition: models.Edition, uses: tuple[shape.FormUse, ...]) -> None:
    for position, use in enumerate(uses):
        form, _ = models.Form.objects.get_or_create(code=use.code, defaults={"name": use.printed})
        models.FormUse.objects.create(
            edition=edition,
            form=form,
            position=position,
            number=use.number,
            printed=use.printed,
            source_note=use.source_note,
        )


def _write_citations(edition: models.Edition, uses: tuple[shape.Citation, ...]) -> None:
    for position, use in enumerate(uses):
        law, _ = models.Law.objects.get_or_create(code=use.code, defaults={"name": use.printed})
        models.Citation.objects.create(
            edition=edition,
            law=law,
            position=position,
            number=use.number,
            printed=use.printed,
            source_note=use.source_note,
        )
