"""Who answers for a process: the post in charge, its stand-in, and who sits there now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import Post
from portal.accounts.posts import Seat, seats_in
from processes.models import Process


@dataclass(frozen=True, slots=True)
class Desk:
    """A post and who may act in it."""

    post: Post
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Charge:
    """The post in charge of a process, and the one that stands in for it."""

    desk: Desk
    stand_in: Desk | None

    @property
    def stand_in_answers(self) -> bool:
        """Nobody sits in the post in charge, and somebody does in the other."""
        return not self.desk.seats and self.stand_in is not None and bool(self.stand_in.seats)


def charges_of(processes: Iterable[Process], at: datetime) -> dict[int, Charge]:
    """Who answers for each process at a moment, by its primary key; three queries for all."""
    kept = [process for process in processes if process.in_charge_id is not None]
    keys = {key for each in kept for key in (each.in_charge_id, each.stand_in_id) if key}
    posts = list(Post.objects.filter(pk__in=keys)) if keys else []
    seats = seats_in(posts, at) if posts else {}
    desks = {post.pk: Desk(post, seats[post.pk]) for post in posts}
    return {
        each.pk: Charge(desks[each.in_charge_id], desks.get(each.stand_in_id or 0))
        for each in kept
        if each.in_charge_id is not None
    }
