"""Reading the standard."""

from django.db.models import QuerySet

from processes.models import EditionStatus, Flow


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
