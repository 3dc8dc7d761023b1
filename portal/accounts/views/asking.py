"""What every view of these rooms asks of a request."""

from django.http import HttpRequest

from portal.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind a request; the middleware lets nobody else through."""
    if not isinstance(request.user, User):
        raise TypeError("this page needs a signed-in person")
    return request.user
