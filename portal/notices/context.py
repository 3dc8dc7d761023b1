"""What every template may ask of the notices."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def notices(request: HttpRequest) -> dict[str, object]:
    """`unread_notices`: how many the signed-in person has not read."""
    user = request.user
    if not user.is_authenticated:
        return {}
    return {"unread_notices": SimpleLazyObject(user.notices.filter(read_at__isnull=True).count)}
