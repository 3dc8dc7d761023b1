"""Forms and laws as things of their own: which processes in force use a form, or cite a law."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from portal.accounts.models import User
from portal.thai.searching import search_text
from portal.thai.sorting import sort_key
from processes.models import Citation, EditionStatus, Form, FormUse, Law, Process


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is kept, the rows in which editions name it, how each calls the other; pages, words."""

    things: type[Form] | type[Law]
    mentions: type[FormUse] | type[Citation]
    thing: str
    related: str
    list_url: str
    page_url: str
    title: str
    kicker: str
    used: str


FORMS = Shelf(
    Form, FormUse, "form", "uses", "processes:forms", "processes:form",
    title="แบบฟอร์ม", kicker="แบบฟอร์ม", used="ใช้ใน",
)  # fmt: skip
LAWS = Shelf(
    Law, Citation, "law", "citations", "processes:laws", "processes:law",
    title="กฎหมายและเอกสารอ้างอิง", kicker="เอกสารอ้างอิง", used="อ้างอิงใน",
)  # fmt: skip


def things_found(shelf: Shelf, user: User, words: str = "") -> list[Any]:
    """What the processes this person sees name, in Thai order; `processes` of each counts them."""
    seen = Q(**{f"{shelf.related}__in": _mentions(shelf, user)})
    counted = Count(f"{shelf.related}__edition__process", filter=seen, distinct=True)
    rows = shelf.things.objects.annotate(processes=counted).filter(processes__gt=0)
    wanted = search_text(words).split()
    found = [row for row in rows if all(word in search_text(row.name) for word in wanted)]
    return sorted(found, key=lambda row: sort_key(row.name))


def mentions_of(shelf: Shelf, code: str, user: User) -> list[Any]:
    """Where it is named, manual by manual, as each process prints it; empty if nowhere."""
    mentions = _mentions(shelf, user).filter(**{f"{shelf.thing}__code": code})
    return list(
        mentions.select_related(shelf.thing, "edition__process__manual").order_by(
            "edition__process__manual", "edition__process__sort_key", "position"
        )
    )


def _mentions(shelf: Shelf, user: User) -> QuerySet[Any]:
    """Of editions in force that the office uses: what is retired or a draft is nobody's today."""
    return shelf.mentions.objects.filter(
        edition__status=EditionStatus.EFFECTIVE,
        edition__process__in=Process.objects.visible_to(user).in_use(),
    )
