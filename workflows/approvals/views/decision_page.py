"""The page a superior decides on: drawn from the frozen submission, never from live rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.proof import fresh_proof
from workflows.approvals.content import shown_hash
from workflows.approvals.deciding import targets, usual_target, what_happened
from workflows.approvals.drafts import drafts_of
from workflows.approvals.forms import GiveForm
from workflows.approvals.models import Decision, DecisionStatus, Outcome
from workflows.approvals.rights import lines_under, seat_for
from workflows.approvals.selectors import stops, waiting_for
from workflows.approvals.words import outcome_words, outcomes_for, verb_of

HINTS = {
    Outcome.APPROVED_IF: "เรื่องเดินต่อทันที โดยมีเงื่อนไขที่ท่านเขียนกำกับ",
    Outcome.OPPOSED: "ความเห็นของท่านจะเสนอขึ้นไปพร้อมเรื่อง",
    Outcome.SENT_BACK: "กลับไปที่ผู้เสนอเพื่อแก้ถ้อยคำ แล้วเสนอใหม่ในรอบเดิม",
    Outcome.RETURNED: "กลับไปทำขั้นตอนที่เลือกใหม่เป็นอีกรอบหนึ่ง",
    Outcome.REFUSED: "เรื่องนี้สิ้นสุดทันทีโดยไม่ดำเนินการต่อ",
}
ICONS = {
    Outcome.ENDORSED: "check", Outcome.APPROVED: "sign", Outcome.ACKNOWLEDGED: "sign",
    Outcome.APPROVED_IF: "sign", Outcome.OPPOSED: "x", Outcome.SENT_BACK: "pen",
    Outcome.RETURNED: "return", Outcome.REFUSED: "x",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome as the page offers it; opened where something was typed or refused."""

    outcome: Outcome
    words: str
    hint: str
    icon: str
    form: GiveForm
    is_opened: bool


def fetch(user: User, pk: int) -> Decision:
    """The decision, if this person may see it."""
    links = Decision.objects.select_related("post", "by", "return_to").order_by("position")
    visible = Decision.objects.visible_to(user).select_related(
        "post", "by", "return_to", "submission__by", "submission__task__step",
        "submission__task__case__unit", "submission__task__case__flow__edition__process",
    )  # fmt: skip
    return get_object_or_404(
        visible.prefetch_related(Prefetch("submission__decisions", links)), pk=pk
    )


def show(
    request: HttpRequest, decision: Decision, user: User, *,
    refused: GiveForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page; `refused` is the form to show again with what was typed."""
    now = timezone.now()
    seat, told = seat_for(decision, user, now), what_happened(decision)
    may = seat is not None and not told
    context = {
        **_reading(decision, now),
        "told": told,
        "given": decision.status == DecisionStatus.GIVEN,
        "seat": seat,
        "lines": lines_under(seat) if seat else [],
        "others_act": _others(decision, user) if not seat and not told else "",
        "refused": refused,
        "choices": _choices(decision, user, now, refused) if may else [],
        "waiting": waiting_for(user).exclude(pk=decision.pk).count() if seat else 0,
    }
    return render(request, "approvals/decision.html", context, status=status)


def blank_form(
    decision: Decision, user: User, outcome: Outcome, now: datetime, data: Any = None
) -> GiveForm:
    """The form of one outcome, as the page draws and the answer reads it."""
    return GiveForm(
        data, outcome=outcome,
        targets=targets(decision.submission.task) if outcome == Outcome.RETURNED else (),
        ask_password=fresh_proof(user, now) is None,
    )  # fmt: skip


def _reading(decision: Decision, now: datetime) -> dict[str, Any]:
    """Everything there is to read, from the frozen content and the links before."""
    submission = decision.submission
    content: Mapping[str, Any] = submission.content
    row, way = content["row"], stops(submission, now)
    return {
        "decision": decision, "submission": submission, "content": content,
        "case": content["case"], "row": row, "memo": content["memo"],
        "verb": verb_of(row["verb"], row["decides"]),
        "parts": [part for part in content["memo"]["parts"] if part["key"] != "proposal"],
        "figures": _figures(content),
        "opinions": [stop for stop in way if stop.decision.position < decision.position],
        "after": [
            stop
            for stop in way
            if stop.decision.position > decision.position and not stop.is_passed
        ],
        "stop": next(stop for stop in way if stop.decision.pk == decision.pk),
    }  # fmt: skip


def _figures(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The numbers of the row, then of the rows before it; older submissions have no sums."""
    if "totals" in content:
        return list(content["totals"])
    rows = [content["row"], *content["rows"]]
    return [figure for row in rows for figure in row["figures"]]


def _choices(
    decision: Decision, user: User, now: datetime, refused: GiveForm | None
) -> list[Choice]:
    row = decision.submission.content["row"]
    typed, seen = drafts_of(decision, user), shown_hash(decision)
    latest = next(iter(typed), None)
    ask = fresh_proof(user, now) is None
    if refused is not None and not ask:
        # the password was right, something else was not
        refused.fields.pop("password", None)
    rows = targets(decision.submission.task)

    def choice(outcome: Outcome) -> Choice:
        initial: dict[str, Any] = {"outcome": outcome, "seen": seen}
        initial["comment"] = typed.get(outcome, "")
        if outcome == Outcome.RETURNED:
            initial["return_to"] = usual_target(decision)
        mine = refused is not None and refused.data.get("outcome") == outcome
        form = GiveForm(initial=initial, outcome=outcome, targets=rows, ask_password=ask)
        return Choice(
            outcome,
            outcome_words(outcome, row["verb"], row["decides"]),
            HINTS.get(outcome, ""),
            ICONS[outcome],
            refused if mine and refused else form,
            is_opened=mine if refused else outcome == latest,
        )

    return [choice(each) for each in outcomes_for(row["decides"], is_last=decision.is_last)]


def _others(decision: Decision, user: User) -> str:
    """Why this person only reads an open paper."""
    if user.pk == decision.submission.by_id:
        return "ท่านเป็นผู้เสนอเรื่องนี้ จึงอ่านได้อย่างเดียว"
    return f"เรื่องนี้รอ{decision.post} ท่านอ่านได้อย่างเดียว"
