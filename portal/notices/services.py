"""Telling people things, and their reading of them."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.text import Truncator

from portal.notices.models import Notice

TEXT_LENGTH = 300


def tell(
    users: Iterable[AbstractBaseUser], *, key: str, text: str, path: str, urgent: bool = False
) -> None:
    """Tell each of `users` once; the same `key` again is the same thing said twice, so nothing."""
    said = Truncator(text).chars(TEXT_LENGTH)
    notices = [
        Notice(to_id=user.pk, key=key, text=said, path=path, urgent=urgent)
        for user in {user.pk: user for user in users}.values()
        if user.is_active
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def mark_read(notice: Notice, *, now: datetime) -> None:
    """Read once; reading it again changes nothing."""
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])


def mark_all_read(user: AbstractBaseUser, *, now: datetime) -> int:
    """Mark what `user` has not read as read; how many there were."""
    return Notice.objects.filter(to=user.pk, read_at__isnull=True).update(read_at=now)
