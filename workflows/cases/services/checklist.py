"""What a row's checklist says: ticks, needs met by what is there, needs that fall away."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.exceptions import RuleBroken
from processes.shape import Need
from workflows.cases import history, moves
from workflows.cases.models import Task
from workflows.cases.services.locking import locked


@transaction.atomic
def tick_item(task: Task, item_key: str, *, done: bool, by: User, now: datetime) -> Task:
    """Tick or untick a checklist item. Items with a need tick themselves when it is met."""
    task = locked(task, "tick", by)
    item = next((item for item in task.step.items.all() if item.key == item_key), None)
    if item is None:
        raise RuleBroken("ไม่พบรายการตรวจสอบนี้ในขั้นตอน")
    if item.needs and not (not done and task.ticks.get(item_key, {}).get("waived")):
        raise RuleBroken(f"รายการนี้จะทำเครื่องหมายเองเมื่อมี{item.get_needs_display()}")
    _set_tick(task, item_key, _tick(by, now) if done else None)
    moves.start(task, now)
    return task


@transaction.atomic
def waive_item(task: Task, item_key: str, *, by: User, now: datetime) -> Task:
    """Say that a conditional item's condition does not hold here, so its need falls away."""
    task = locked(task, "tick", by)
    conditional = task.step.items.exclude(condition="").exclude(needs="")
    item = next((item for item in conditional if item.key == item_key), None)
    if item is None:
        raise RuleBroken("รายการนี้ไม่มีเงื่อนไข จึงละเว้นไม่ได้")
    said = f"ไม่เข้าเงื่อนไข “{item.condition}”"
    _set_tick(task, item_key, {**_tick(by, now), "met": said, "waived": True})
    moves.start(task, now)
    history.record(
        task.case,
        "waived",
        by=by,
        now=now,
        task=task,
        text=f"{moves.row_name(task)} ไม่ต้องมี{item.get_needs_display()} เพราะ{said}",
        data={"item": item_key},
    )
    return task


def meet(task: Task, need: Need, *, text: str, by: User, now: datetime) -> None:
    """Tick the row's items with this need; called by the room that provides it, case locked."""
    for key in items_with(task, need):
        _set_tick(task, key, {**_tick(by, now), "met": text})


def unmeet(task: Task, need: Need) -> None:
    """Take the tick back when what met the need is gone."""
    for key in items_with(task, need):
        _set_tick(task, key, None)


def items_with(task: Task, need: Need) -> list[str]:
    """Keys of the row's items with this need."""
    return list(task.step.items.filter(needs=need).values_list("key", flat=True))


def _tick(by: User, now: datetime) -> dict[str, Any]:
    return {"by": by.pk, "name": by.full_name, "at": now.isoformat()}


def _set_tick(task: Task, key: str, tick: dict[str, Any] | None) -> None:
    ticks = {name: value for name, value in task.ticks.items() if name != key}
    task.ticks = {**ticks, key: tick} if tick else ticks
    task.save(update_fields=["ticks"])
