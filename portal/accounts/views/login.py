"""Signing in, signing out, one's own password."""

from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.forms import AuthenticationForm
from django.forms import PasswordInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts.forms import LoginForm, PasswordForm
from portal.accounts.models import User
from portal.accounts.selectors import DEMO_PASSWORD, demo_logins
from portal.accounts.services import change_password
from portal.accounts.views.asking import signed_in
from portal.audit.saving import posted, saved, status_of
from portal.office.selectors import office


class LoginView(views.LoginView):
    """Django's own, in Thai; in a demo office it offers the demo logins."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_form(self, form_class: type[AuthenticationForm] | None = None) -> AuthenticationForm:
        """A demo login that was picked from the list is filled in, password and all."""
        form = super().get_form(form_class)
        if "as" in self.request.GET and _is_demo():
            form.initial = {"username": self.request.GET["as"], "password": DEMO_PASSWORD}
            form.fields["password"].widget = PasswordInput(
                render_value=True, attrs={"autocomplete": "current-password"}
            )
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if _is_demo():
            context["demo_logins"] = demo_logins(timezone.now())
            context["demo_password"] = DEMO_PASSWORD
        return context

    def get_success_url(self) -> str:
        """Where the person wanted to go; first to a password of his own if he has none."""
        wanted = super().get_success_url()
        user = self.request.user
        if user.is_authenticated and user.password_is_temporary:
            return f"{reverse('accounts:password')}?{urlencode({'next': wanted})}"
        return wanted

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        response_kwargs.setdefault("status", status_of(context["form"]))
        return super().render_to_response(context, **response_kwargs)


def _is_demo() -> bool:
    """An invented office on somebody's own machine, never one in production."""
    return office().is_demo and not settings.PRODUCTION


login = sensitive_post_parameters("password")(LoginView.as_view())
logout = views.LogoutView.as_view()


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """One's own new password; other devices are signed out by it."""
    user = signed_in(request)
    form = PasswordForm(request, user, posted(request))
    if saved(form, lambda: _keep_password(request, user, form)):
        messages.success(request, "เปลี่ยนรหัสผ่านแล้ว อุปกรณ์อื่นต้องเข้าสู่ระบบใหม่")
        return HttpResponseRedirect(_next(request))
    context = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "accounts/password.html", context, status=status_of(form))


def _keep_password(request: HttpRequest, user: User, form: PasswordForm) -> None:
    change_password(user, form.cleaned_data["new_password"], now=timezone.now())
    update_session_auth_hash(request, user)


def _next(request: HttpRequest) -> str:
    """An address of this portal, or the front page."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL)


def locked_out(
    request: HttpRequest,
    _response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Too many wrong passwords: 429, with the time to try again."""
    again_at = _again_at(request, (credentials or {}).get("username", ""))
    response = render(request, "accounts/locked_out.html", {"again_at": again_at}, status=429)
    response["Retry-After"] = str(int((again_at - timezone.now()).total_seconds()) + 1)
    return response


def _again_at(request: HttpRequest, username: str) -> datetime:
    last = (
        AccessAttempt.objects.filter(username=username, ip_address=get_client_ip_address(request))
        .order_by("-attempt_time")
        .first()
    )
    since: datetime = last.attempt_time if last else timezone.now()
    rest: timedelta = get_cool_off(request)
    return since + rest
