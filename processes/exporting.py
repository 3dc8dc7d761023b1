"""The standard for other programs: rows point at each other by their 0-based index. Pure."""

from typing import Any

from processes import durations
from processes.shape import Edition, Flow, Step, to_plain


def export_flow(edition: Edition, flow: Flow, manual: dict[str, Any]) -> dict[str, Any]:
    """One standards table with what its process says, as JSON-ready values.

    `source` is the manual and the whole plain form: what `importing` reads back without loss.
    """
    printed = [item for item in flow.items if item.number]
    return {
        "manual": edition.manual,
        "code": flow.code,
        "number": edition.number,
        "phase": flow.phase,
        "name": edition.name,
        "group": edition.group,
        "indicator": flow.indicator,
        "objectives": list(edition.objectives),
        "scope": edition.scope,
        "definitions": [
            {"term": each.term, "meaning": each.meaning} for each in edition.definitions
        ],
        "detailed_steps": [item.text for item in printed],
        "steps": [
            {
                **_row(flow, position, step),
                "detailed": [n for n, item in enumerate(printed) if item.step == step.key],
            }
            for position, step in enumerate(flow.steps)
        ],
        "forms": [each.printed for each in edition.forms],
        "references": [each.printed for each in edition.citations],
        "indicators": list(edition.indicators),
        "outputs": list(edition.outputs),
        "source": {"manual": manual, "edition": to_plain(edition)},
    }


def _row(flow: Flow, position: int, step: Step) -> dict[str, Any]:
    indexes = {each.key: index for index, each in enumerate(flow.steps)}
    return {
        "position": position,
        "number": step.number,
        "title": step.title,
        "chart_label": step.chart_text,
        "standard": step.standard,
        "kind": step.kind.value,
        "approval": step.decides.value if step.decides else None,
        "duration": {
            "min": step.duration.min,
            "max": step.duration.max,
            "unit": step.duration.unit.value,
            "per": step.duration.per.value if step.duration.per else None,
            "printed": durations.printed(step.duration),
        },
        "shares_duration_with": indexes.get(step.duration_from or ""),
        "shares_standard_with": _standard_owner(flow, position),
        "returns_to": indexes.get(step.returns_to or ""),
        "parent": indexes.get(step.parent or ""),
        "optional": step.optional,
        "condition": step.condition,
        "responsible": step.responsible,
        "approvers": [rank.value for rank in step.chain],
        "note": step.source_note,
    }


def _standard_owner(flow: Flow, position: int) -> int | None:
    """The row at the top of the merged standard cell; none for a cell of one's own."""
    owner = position
    while flow.steps[owner].standard_merged:
        owner -= 1
    return owner if owner != position else None
