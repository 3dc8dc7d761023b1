"""Who sits in which post at a moment, in which right, and what follows from that.

A holding or an order counts from its first moment up to, not including, its last. While an
order for รักษาราชการแทน runs only the acting person acts in the post; ปฏิบัติราชการแทน adds a
person and takes nothing away. People who can no longer sign in sit nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import (
    AccountKind,
    Capacity,
    Delegation,
    DelegationKind,
    Holding,
    Post,
    PostRank,
    SchoolMember,
    Unit,
    User,
)

LEADING_RANKS = frozenset({PostRank.DEPUTY, PostRank.DIRECTOR})
RIGHT_LABELS = dict([*Capacity.choices, *DelegationKind.choices])
DECIDING_RANKS = LEADING_RANKS | {PostRank.HEAD}


@dataclass(frozen=True, slots=True)
class Seat:
    """That a person may act in a post; `right` is own, duty, vacant or delegated."""

    user: User
    post: Post
    right: str
    holding: Holding | None = None
    delegation: Delegation | None = None

    @property
    def right_label(self) -> str:
        """The right in Thai, as it is printed under a name."""
        return RIGHT_LABELS[self.right]


@dataclass(frozen=True, slots=True)
class Access:
    """What a person may do at a moment. Units, posts and schools are primary keys.

    `units` and `sees_all` follow the post even while somebody else acts for its absent holder;
    `head_of`, `leads`, `directs` and `post_ids` are about acting and go to the acting person.
    """

    officer_of: frozenset[int] = frozenset()
    head_of: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    sees_all: bool = False
    leads: bool = False
    directs: bool = False
    post_ids: frozenset[int] = frozenset()
    administers: bool = False
    schools: frozenset[int] = frozenset()


NO_ACCESS = Access()


def running(at: datetime) -> Q:
    """Rows with `from_at` and `until_at` that are in force at the moment `at`."""
    return Q(from_at__lte=at) & (Q(until_at__isnull=True) | Q(until_at__gt=at))


def orders_running(at: datetime) -> Q:
    """Delegations in force at the moment `at`."""
    return running(at) & (Q(revoked_at__isnull=True) | Q(revoked_at__gt=at))


def sitting_in(post: Post, at: datetime) -> tuple[Seat, ...]:
    """Who may act in `post` at the moment `at`: holders first, then by order."""
    return seats_in([post], at)[post.pk]


def seats_in(posts: Iterable[Post], at: datetime) -> dict[int, tuple[Seat, ...]]:
    """`sitting_in` for many posts in two queries, by the post's primary key."""
    by_key = {post.pk: post for post in posts}
    holdings = (
        Holding.objects.filter(running(at), post__in=by_key, user__is_active=True)
        .select_related("user")
        .order_by("from_at", "pk")
    )
    orders = (
        Delegation.objects.filter(orders_running(at), post__in=by_key, acting__is_active=True)
        .select_related("acting")
        .order_by("from_at", "pk")
    )
    held = [_held(holding, by_key[holding.post_id], holding.user) for holding in holdings]
    acted = [_acted(order, by_key[order.post_id], order.acting) for order in orders]
    return {
        key: _who_acts([seat for seat in [*held, *acted] if seat.post.pk == key]) for key in by_key
    }


def seats_of(user: User, at: datetime) -> tuple[Seat, ...]:
    """The posts `user` may act in at the moment `at`, in two queries."""
    return tuple(seat for seat, acts in _places_of(user, at) if acts)


def director_post() -> Post | None:
    """The director's post, held or empty."""
    return Post.objects.filter(rank=PostRank.DIRECTOR).first()


def head_post(unit: Unit) -> Post | None:
    """The head's post of a unit, held or empty."""
    return Post.objects.filter(rank=PostRank.HEAD, unit=unit).first()


def deputy_post(unit: Unit) -> Post | None:
    """The deputy in whose charge a unit is."""
    return unit.deputy


def access_of(user: User, at: datetime | None = None) -> Access:
    """What `user` may do at the moment `at` (now): at most two queries."""
    at = at or timezone.now()
    if not user.is_active:
        return NO_ACCESS
    if user.account == AccountKind.SCHOOL:
        return Access(schools=_schools_of(user, at))
    places = _places_of(user, at)
    acting = [seat.post for seat, acts in places if acts]
    seeing = [seat.post for seat, _ in places]
    return Access(
        officer_of=_units(acting, PostRank.OFFICER),
        head_of=_units(acting, PostRank.HEAD),
        units=_units(seeing, PostRank.OFFICER, PostRank.HEAD),
        sees_all=any(post.rank in LEADING_RANKS for post in seeing),
        leads=any(post.rank in LEADING_RANKS for post in acting),
        directs=any(post.rank == PostRank.DIRECTOR for post in acting),
        post_ids=frozenset(post.pk for post in acting),
        administers=user.administers,
    )


def decides(user: User, at: datetime) -> bool:
    """Whether `user` is or will be head, deputy or director, also acting, absent or kept out."""
    not_over = Q(until_at__isnull=True) | Q(until_at__gt=at)
    not_revoked = Q(revoked_at__isnull=True) | Q(revoked_at__gt=at)
    return (
        user.holdings.filter(not_over, post__rank__in=DECIDING_RANKS).exists()
        or user.delegations.filter(not_over, not_revoked, post__rank__in=DECIDING_RANKS).exists()
    )


def _places_of(user: User, at: datetime) -> list[tuple[Seat, bool]]:
    """Every post `user` holds or has an order for, with whether he may act in it."""
    if not user.is_active:
        return []
    held = [
        _held(holding, holding.post, user)
        for holding in Holding.objects.filter(running(at), user=user)
        .select_related("post")
        .order_by("from_at", "pk")
    ]
    # every running order of the first kind, a handful, may take over one of his posts
    orders = (
        Delegation.objects.filter(orders_running(at), acting__is_active=True)
        .filter(Q(acting=user) | Q(kind=DelegationKind.VACANT))
        .select_related("post")
        .order_by("from_at", "pk")
    )
    acted = [_acted(order, order.post, user) for order in orders if order.acting_id == user.pk]
    taken_over = {order.post_id for order in orders if order.kind == DelegationKind.VACANT}
    return [
        (seat, seat.post.pk not in taken_over or seat.right == DelegationKind.VACANT)
        for seat in [*held, *acted]
    ]


def _held(holding: Holding, post: Post, user: User) -> Seat:
    return Seat(user, post, holding.capacity, holding=holding)


def _acted(order: Delegation, post: Post, user: User) -> Seat:
    return Seat(user, post, order.kind, delegation=order)


def _who_acts(seats: list[Seat]) -> tuple[Seat, ...]:
    vacant = tuple(seat for seat in seats if seat.right == DelegationKind.VACANT)
    return vacant or tuple(seats)


def _units(posts: Iterable[Post], *ranks: PostRank) -> frozenset[int]:
    return frozenset(
        post.unit_id for post in posts if post.rank in ranks and post.unit_id is not None
    )


def _schools_of(user: User, at: datetime) -> frozenset[int]:
    day = timezone.localdate(at)
    members = SchoolMember.objects.filter(user=user, from_on__lte=day).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day)
    )
    return frozenset(members.values_list("school_id", flat=True))
