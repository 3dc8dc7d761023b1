"""Who may decide now, in which right, and the lines printed under the name."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import Post, PostRank, Unit, User
from portal.accounts.posts import Seat, deputy_post, director_post, head_post, seats_in, sitting_in
from portal.exceptions import NotAllowed
from workflows.approvals.models import Decision, Right
from workflows.cases.models import Task


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain as it stands now: who may speak, or why it is passed over."""

    position: int
    rank: str
    post: Post | None
    seats: tuple[Seat, ...]
    is_last: bool
    passed: str = ""

    @property
    def title(self) -> str:
        return self.post.title if self.post else PostRank(self.rank).label


def chain_of(task: Task, *, by: User, at: datetime) -> list[Link]:
    """The step's chain for a paper of `by`, each link with who sits there at that moment."""
    ranks = task.step.chain
    posts = [_post(rank, task.case.unit) for rank in ranks]
    seats = seats_in([post for post in posts if post is not None], at)
    return [
        _link(
            position, rank, post,
            seats=seats.get(post.pk, ()) if post else (), submitter=by.pk, last=len(ranks),
        )
        for position, (rank, post) in enumerate(zip(ranks, posts, strict=True), start=1)
    ]  # fmt: skip


def who_may(post: Post, *, but: int, at: datetime) -> tuple[Seat, ...]:
    """Everybody who may speak in this post now; never the submitter."""
    return tuple(seat for seat in sitting_in(post, at) if seat.user.pk != but)


def passed_over(post: Post | None, seats: tuple[Seat, ...], submitter: int) -> str:
    """Why nobody can speak for this link, or an empty text."""
    if post is None:
        return "ไม่มีตำแหน่งนี้ในสายการบังคับบัญชาของกลุ่ม"
    if not seats:
        return "ตำแหน่งว่างและไม่มีผู้รักษาราชการแทน"
    if all(seat.user.pk == submitter for seat in seats):
        return "เป็นผู้เสนอเรื่องเอง"
    return ""


def seat_for(decision: Decision, user: User, at: datetime) -> Seat | None:
    """The seat this person may decide from now; none for the submitter and for strangers."""
    if decision.post is None:
        return None
    seats = who_may(decision.post, but=decision.submission.by_id, at=at)
    return next((seat for seat in seats if seat.user.pk == user.pk), None)


def demand_seat(decision: Decision, user: User, at: datetime) -> Seat:
    """The seat to decide from, or NotAllowed that says why not."""
    if user.pk == decision.submission.by_id:
        raise NotAllowed("ท่านเป็นผู้เสนอเรื่องนี้ จึงพิจารณาเรื่องของตนเองไม่ได้")
    seat = seat_for(decision, user, at)
    if seat is None:
        raise NotAllowed(
            f"ขณะนี้ท่านไม่ได้ดำรงตำแหน่งหรือมีคำสั่งให้ทำการแทน{decision.post or 'ตำแหน่งนี้'} จึงพิจารณาเรื่องนี้ไม่ได้"
        )
    return seat


def lines_under(seat: Seat) -> list[str]:
    """What is printed under the name: the own post, then the right to the post acted for."""
    if seat.right == Right.OWN:
        return [seat.post.title]
    acting = f"{Right(seat.right).label} {seat.post.title}"
    return [seat.user.position, acting] if seat.user.position else [acting]


def _post(rank: str, unit: Unit) -> Post | None:
    if rank == PostRank.HEAD:
        return head_post(unit)
    return deputy_post(unit) if rank == PostRank.DEPUTY else director_post()


def _link(
    position: int, rank: str, post: Post | None, *, seats: tuple[Seat, ...], submitter: int,
    last: int,
) -> Link:  # fmt: skip
    others = tuple(seat for seat in seats if seat.user.pk != submitter)
    passed = passed_over(post, seats, submitter)
    return Link(position, rank, post, others, is_last=position == last, passed=passed)
