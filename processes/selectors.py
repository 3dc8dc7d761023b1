"""Reading the standard."""

from django.db.models import Count, Prefetch, QuerySet

from portal.accounts.models import User
from portal.thai.searching import search_text
from processes.models import Edition, EditionStatus, Flow, Process


def startable_flows() -> QuerySet[Flow]:
    """Every flow a case may be opened on now, in the order of the manuals."""
    return (
        Flow.objects.filter(edition__status=EditionStatus.EFFECTIVE)
        .select_related("edition__process__manual")
        .order_by("edition__process__manual__code", "edition__process__sort_key", "position")
    )


def effective_flow(code: str) -> Flow:
    """The flow of that code in the effective edition. Raises Flow.DoesNotExist."""
    return startable_flows().get(code=code)


def processes_found(user: User, words: str = "") -> QuerySet[Process]:
    """What `user` may see that has every word somewhere in it; manual by manual.

    `current` of each are its effective edition and, for the office, its draft.
    """
    found = Process.objects.visible_to(user).select_related("manual")
    for word in search_text(words).split():
        found = found.filter(search_text__contains=word)
    flows = Flow.objects.annotate(rows=Count("steps")).order_by("position")
    current = (
        Edition.objects.visible_to(user)
        .exclude(status=EditionStatus.RETIRED)
        .order_by("number")
        .prefetch_related(Prefetch("flows", flows))
    )
    return found.order_by("manual__code", "sort_key").prefetch_related(
        Prefetch("editions", current, to_attr="current")
    )


def shown_edition(process: Process, user: User) -> Edition | None:
    """The edition in force; where there is none, the newest the person may see."""
    seen = process.editions.visible_to(user)
    return seen.in_force().first() or seen.order_by("-number").first()
