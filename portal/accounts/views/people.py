"""The administrator's pages of people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.forms import PeopleFilter, PersonForm, ResetForm
from portal.accounts.models import User
from portal.accounts.permissions import administrator_required
from portal.accounts.posts import decides
from portal.accounts.selectors import open_resets, people_found, with_places
from portal.accounts.services import (
    NewLogin,
    activate_person,
    add_person,
    change_person,
    deactivate_person,
    give_password,
)
from portal.accounts.views.asking import signed_in
from portal.audit.saving import posted, saved, status_of
from portal.web.pagination import paginate


@administrator_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    wanted = PeopleFilter(request.GET)
    wanted.is_valid()
    now = timezone.now()
    found = people_found(wanted.cleaned_data.get("q", ""), wanted.cleaned_data.get("kind", ""), now)
    context = {"page": paginate(request, found), "filter": wanted, "resets": open_resets(now)}
    return render(request, "accounts/people.html", context)


@administrator_required
@never_cache
@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    form = PersonForm(posted(request))
    logins: list[NewLogin] = []
    if saved(form, lambda: logins.append(_add(request, form))):
        return _show_password(request, *logins[0])
    context = {"form": form, "title": "เพิ่มผู้ใช้", "is_new": True}
    return render(request, "accounts/person_form.html", context, status=status_of(form))


def _add(request: HttpRequest, form: PersonForm) -> NewLogin:
    return add_person(form.cleaned_data, by=signed_in(request), now=timezone.now())


@administrator_required
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shown = get_object_or_404(with_places(User.objects.all(), now), pk=pk)
    context = {
        "person": shown,
        "decides": decides(shown, now),
        "past": shown.holdings.filter(until_at__lte=now).select_related("post__unit"),
        "reset": open_resets(now).filter(user=shown).first(),
        "reset_form": ResetForm(),
    }
    return render(request, "accounts/person.html", context)


@administrator_required
@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    name = shown.full_name
    form = PersonForm(posted(request), instance=shown)
    if saved(form, lambda: _change(request, form)):
        messages.success(request, "บันทึกข้อมูลผู้ใช้แล้ว")
        return redirect("accounts:person", pk=pk)
    context = {"form": form, "title": "แก้ไขข้อมูลผู้ใช้", "person_pk": pk, "name": name}
    return render(request, "accounts/person_form.html", context, status=status_of(form))


def _change(request: HttpRequest, form: PersonForm) -> User:
    return change_person(
        form.instance, form.cleaned_data, by=signed_in(request), now=timezone.now()
    )


@administrator_required
@require_POST
def person_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    deactivate_person(shown, by=signed_in(request), now=timezone.now())
    messages.success(request, f"ปิดบัญชีของ {shown.full_name} แล้ว เข้าสู่ระบบไม่ได้อีก")
    return redirect("accounts:person", pk=pk)


@administrator_required
@require_POST
def person_activate(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    activate_person(shown, by=signed_in(request), now=timezone.now())
    messages.success(request, f"เปิดบัญชีของ {shown.full_name} แล้ว")
    return redirect("accounts:person", pk=pk)


@administrator_required
@never_cache
@require_POST
def person_password(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    made = give_password(shown, by=signed_in(request), now=timezone.now())
    return _show_password(request, shown, made)


def _show_password(request: HttpRequest, shown: User, made: str) -> HttpResponse:
    """Answers the POST itself: the password is kept nowhere to be shown again."""
    context = {"person": shown, "password": made}
    return render(request, "accounts/password_once.html", context)
