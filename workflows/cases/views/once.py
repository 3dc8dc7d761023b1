"""A form that makes something makes it once, however often its button is pressed.

The page carries a token. The first POST with it makes the thing and notes in the session what
it made; every later one is told that.
"""

import secrets
from collections.abc import Callable

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

KEY = "made_once"
REMEMBERED = 30


def new_token() -> str:
    """What a page puts into its form, as `once`."""
    return secrets.token_urlsafe(12)


@transaction.atomic
def make_once(request: HttpRequest, make: Callable[[], str], *, part: str = "") -> tuple[str, bool]:
    """What names the thing the form made, and whether it was made just now.

    `part` tells apart two things one form makes. The session's row is the lock, so a second
    press waits and then reads what the first noted. A refusal inside `make` undoes everything:
    the same page may try again.
    """
    token = request.POST.get("once", "")
    if not token:
        return make(), True
    known = _noted(request)
    if token + part in known:
        return known[token + part], False
    made = make()
    kept = list(known.items())[1 - REMEMBERED :]
    request.session[KEY] = {**dict(kept), token + part: made}
    request.session.save()
    return made, True


def _noted(request: HttpRequest) -> dict[str, str]:
    """What the session knows now, read anew under its lock."""
    key = request.session.session_key or ""
    Session.objects.select_for_update().filter(session_key=key).first()
    noted: dict[str, str] = SessionStore(key).get(KEY, {})
    return noted
