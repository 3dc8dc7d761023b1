"""Reading people and posts for the pages that keep them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import (
    AccountKind,
    Delegation,
    Holding,
    LoginReset,
    Post,
    PostRank,
    SchoolMember,
    Unit,
    User,
)
from portal.accounts.posts import Seat, orders_running, running, seats_in
from portal.thai.searching import search_text

RESET_LIFETIME = timedelta(hours=24)
DEMO_PASSWORD = "krabuan-demo"  # noqa: S105 - printed on the login page of a demo office
RANK_ORDER = [
    PostRank.DIRECTOR,
    PostRank.DEPUTY,
    PostRank.HEAD,
    PostRank.OFFICER,
    PostRank.RECORDS,
]


def with_places(people: QuerySet[User], at: datetime) -> QuerySet[User]:
    """Give each person what he holds at a moment: holdings_now, orders_now, schools_now."""
    day = timezone.localdate(at)
    members = SchoolMember.objects.filter(from_on__lte=day).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day)
    )
    return people.prefetch_related(
        Prefetch(
            "holdings",
            Holding.objects.filter(running(at)).select_related("post__unit"),
            to_attr="holdings_now",
        ),
        Prefetch(
            "delegations",
            Delegation.objects.filter(orders_running(at)).select_related("post__unit"),
            to_attr="orders_now",
        ),
        Prefetch("schools", members.select_related("school"), to_attr="schools_now"),
    )


def people_found(text: str, kind: str, at: datetime) -> QuerySet[User]:
    """People in Thai order whose name, user name or position holds `text`."""
    found = with_places(User.objects.order_by("sort_key", "pk"), at)
    if text:
        found = found.filter(search_text__contains=search_text(text))
    if kind == "closed":
        return found.filter(is_active=False)
    if kind in AccountKind.values:
        return found.filter(is_active=True, account=kind)
    return found


class DemoLogin(NamedTuple):
    """One way into the demo office."""

    username: str
    name: str
    roles: tuple[str, ...]


def demo_logins(at: datetime) -> list[DemoLogin]:
    """Everybody with something to do in the demo office: posts first, schools last.

    Whoever was added by hand has a one-time password and is left out.
    """
    people = with_places(User.objects.filter(is_active=True, password_is_temporary=False), at)
    logins = [(_standing(user), _demo_login(user)) for user in people]
    return [login for _, login in sorted(logins, key=lambda pair: pair[0]) if login.roles]


def _demo_login(user: User) -> DemoLogin:
    places = [*user.holdings_now, *user.orders_now]  # type: ignore[attr-defined]
    roles = [
        *(_role(place) for place in places),
        *(["ผู้ดูแลระบบ"] if user.administers else []),
        *(member.school.name for member in user.schools_now),  # type: ignore[attr-defined]
    ]
    return DemoLogin(user.username, user.full_name, tuple(roles))


def _role(place: Holding | Delegation) -> str:
    if isinstance(place, Delegation):
        return f"{place.get_kind_display()} {place.post}"
    return str(place.post)


def _standing(user: User) -> tuple[int, str]:
    places = [*user.holdings_now, *user.orders_now]  # type: ignore[attr-defined]
    ranks = [RANK_ORDER.index(PostRank(place.post.rank)) for place in places]
    if user.account == AccountKind.SCHOOL:
        return len(RANK_ORDER) + 1, user.username
    return min(ranks, default=len(RANK_ORDER)), user.username


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and who may act in it now."""

    post: Post
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class PostGroup:
    """The posts of a unit, or of the office's leaders."""

    unit: Unit | None
    rows: list[PostRow]


def post_groups(at: datetime) -> list[PostGroup]:
    """Every post with who sits there: the leaders, then the units; four queries."""
    posts = list(Post.objects.select_related("unit"))
    seats = seats_in(posts, at)
    units = [None, *Unit.objects.select_related("deputy")]
    groups = [
        PostGroup(unit, [PostRow(post, seats[post.pk]) for post in _in_order(posts, unit)])
        for unit in units
    ]
    return [group for group in groups if group.unit or group.rows]


def _in_order(posts: list[Post], unit: Unit | None) -> list[Post]:
    own = [post for post in posts if post.unit_id == (unit.pk if unit else None)]
    return sorted(own, key=lambda post: (RANK_ORDER.index(PostRank(post.rank)), post.pk))


def is_open(reset: LoginReset, at: datetime) -> bool:
    """Not yet confirmed and not yet lapsed."""
    return reset.used_at is None and reset.at > at - RESET_LIFETIME


def open_resets(at: datetime) -> QuerySet[LoginReset]:
    """Requests for a new password that wait for a second person, newest first."""
    waiting = LoginReset.objects.filter(used_at__isnull=True, at__gt=at - RESET_LIFETIME)
    return waiting.select_related("user", "asked_by").order_by("-at")
