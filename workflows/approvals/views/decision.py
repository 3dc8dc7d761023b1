"""Deciding: the page, the answer, the draft, and what was done."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import Proof, User
from portal.accounts.proof import fresh_proof, prove
from portal.exceptions import DomainError, RuleBroken
from portal.web.actions import refuse
from portal.web.pagination import paginate
from workflows.approvals.deciding import decide, words_of
from workflows.approvals.drafts import save_draft
from workflows.approvals.forms import GiveForm
from workflows.approvals.models import Decision, DecisionStatus, Outcome
from workflows.approvals.selectors import given_by, waiting_for
from workflows.approvals.views import decision_page
from workflows.cases.views.doors import person


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what was put up, and say what one says."""
    link = decision_page.fetch(person(request), pk)
    if request.method == "POST":
        return _give(request, link)
    return decision_page.show(request, link, person(request))


def _give(request: HttpRequest, link: Decision) -> HttpResponse:
    user, now = person(request), timezone.now()
    form = decision_page.blank_form(link, user, _outcome(request), now, request.POST)
    status = _do(request, link, form, now)
    if status == 200:
        return redirect("approvals:saved", link.pk)
    link = decision_page.fetch(user, link.pk)
    return decision_page.show(request, link, user, refused=form, status=status)


def _do(request: HttpRequest, link: Decision, form: GiveForm, now: datetime) -> int:
    """Decide if the form can be read; the status of the answer, refusals put on the form."""
    user = person(request)
    if not form.is_valid():
        return 400
    typed = form.cleaned_data
    try:
        decide(
            link, by=user, outcome=typed["outcome"], comment=typed["comment"],
            return_to=typed.get("return_to"), seen_hash=typed["seen"], now=now,
            proof=_proof(request, user, typed.get("password", ""), now),
        )  # fmt: skip
    except DomainError as error:
        refuse(form, error)
        return error.status
    return 200


def _proof(request: HttpRequest, user: User, password: str, now: datetime) -> Proof:
    """The proof of a moment ago, or a new one."""
    return fresh_proof(user, now) or prove(
        user, password, now=now,
        request_address=request.META.get("REMOTE_ADDR"),
        device=request.headers.get("User-Agent", ""),
    )  # fmt: skip


def _outcome(request: HttpRequest) -> Outcome:
    text = request.POST.get("outcome", "")
    if text not in Outcome.values:
        raise RuleBroken("กรุณาเลือกผลการพิจารณา")
    return Outcome(text)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed. The page asks by itself while one types; a button works too."""
    link = decision_page.fetch(person(request), pk)
    now = timezone.now()
    save_draft(
        link, outcome=_outcome(request), comment=request.POST.get("comment", ""),
        by=person(request), now=now,
    )  # fmt: skip
    if "HX-Request" in request.headers:
        return render(request, "approvals/_kept.html", {"now": now})
    return redirect("approvals:decision", link.pk)


@require_safe
def saved(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recorded, and the next paper that waits."""
    user = person(request)
    link = decision_page.fetch(user, pk)
    if link.status != DecisionStatus.GIVEN:
        return redirect("approvals:decision", link.pk)
    waiting = waiting_for(user)
    context = {
        "decision": link, "submission": link.submission, "words": words_of(link),
        "mine": link.by_id == user.pk, "next": waiting.first(), "waiting": waiting.count(),
    }  # fmt: skip
    return render(request, "approvals/saved.html", context)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What this person has said, newest first."""
    page = paginate(request, given_by(person(request)))
    rows = [{"decision": link, "words": words_of(link)} for link in page]
    context = {"page": page, "rows": rows, "waiting": waiting_for(person(request)).count()}
    return render(request, "approvals/decisions.html", context)
