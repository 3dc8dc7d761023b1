"""That the person at the keyboard is who he says, shown a moment ago.

A wrong password counts with django-axes exactly like a wrong one on the login page, so this
is no way around the throttle.
"""

from datetime import datetime, timedelta

from axes.utils import reset
from django.contrib.auth import authenticate
from django.http import HttpRequest

from portal.accounts.models import Proof, ProofMethod, User
from portal.exceptions import RuleBroken
from portal.office.selectors import office

DEVICE_LENGTH = 200


def prove(
    user: User, password: str, *, request_address: str | None, device: str, now: datetime
) -> Proof:
    """Record that `user` has just given the right password.

    Call it before the transaction of the change it is for: a refusal rolls back, and a wrong
    try must stay counted.
    """
    refusal = password_refusal(user, password, request_address=request_address, device=device)
    if refusal:
        raise RuleBroken(refusal, field="password")
    return Proof.objects.create(
        user=user,
        method=ProofMethod.PASSWORD,
        at=now,
        address=request_address,
        device=device[:DEVICE_LENGTH],
    )


def password_refusal(user: User, password: str, *, request_address: str | None, device: str) -> str:
    """Why `password` does not open this account, in Thai; empty when it does."""
    request = _request_from(request_address, device)
    if authenticate(request, username=user.username, password=password) == user:
        reset(ip=request_address, username=user.username)
        return ""
    if getattr(request, "axes_locked_out", False):
        return "กรอกรหัสผ่านผิดหลายครั้ง กรุณารอสักครู่แล้วลองใหม่"
    return "รหัสผ่านไม่ถูกต้อง"


def fresh_proof(user: User, now: datetime) -> Proof | None:
    """The last proof of `user` that is still good, by the office's own limit."""
    since = now - timedelta(minutes=office().proof_minutes)
    return Proof.objects.filter(user=user, at__gt=since, at__lte=now).order_by("-at").first()


def _request_from(address: str | None, device: str) -> HttpRequest:
    """What axes looks at: where the try comes from."""
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = address or ""
    request.META["HTTP_USER_AGENT"] = device
    request.META["PATH_INFO"] = "/proof/"
    return request
