"""Reading the standard."""

from django.db.models import Count, Prefetch, Q, QuerySet

from portal.accounts.models import User
from portal.thai.searching import search_text
from processes.models import Edition, EditionStatus, Flow, Process


def effective_flows() -> QuerySet[Flow]:
    """Every flow in force, in the order of the manuals, whether the office uses it or not."""
    return (
        Flow.objects.filter(edition__status=EditionStatus.EFFECTIVE)
        .select_related("edition__process__manual")
        .order_by("edition__process__manual", "edition__process__sort_key", "position")
    )


def startable_flows() -> QuerySet[Flow]:
    """Every flow a case may be opened on now."""
    return effective_flows().filter(edition__process__adopted=True)


def effective_flow(code: str) -> Flow:
    """The flow of that code in the effective edition. Raises Flow.DoesNotExist."""
    return effective_flows().get(code=code)


def said_in(words: str, prefix: str = "") -> Q:
    """Processes that have every word somewhere in the standard or in the office's own words."""
    found = Q()
    for word in search_text(words).split():
        found &= Q(**{f"{prefix}search_text__contains": word}) | Q(
            **{f"{prefix}own_search_text__contains": word}
        )
    return found


def processes_found(user: User, words: str = "", *, used: bool = True) -> QuerySet[Process]:
    """What `user` may see that has every word somewhere in it; manual by manual.

    Of what the office uses, or else of what it has switched off. `current` of each are its
    effective edition and, for the office, its draft.
    """
    seen = Process.objects.visible_to(user).in_use(used).select_related("manual")
    found = seen.filter(said_in(words))
    flows = Flow.objects.annotate(rows=Count("steps")).order_by("position")
    current = (
        Edition.objects.visible_to(user)
        .exclude(status=EditionStatus.RETIRED)
        .order_by("number")
        .prefetch_related(Prefetch("flows", flows))
    )
    return found.order_by("manual", "sort_key").prefetch_related(
        Prefetch("editions", current, to_attr="current")
    )


def shown_edition(process: Process, user: User) -> Edition | None:
    """The edition in force; where there is none, the newest the person may see."""
    seen = process.editions.visible_to(user)
    return seen.in_force().first() or seen.order_by("-number").first()
