"""The administrator's pages of units, posts and who sits in them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.forms import EndForm, HoldingForm, PostForm, UnitForm
from portal.accounts.models import Holding, Post, Unit
from portal.accounts.permissions import administrator_required
from portal.accounts.posts import sitting_in
from portal.accounts.selectors import post_groups
from portal.accounts.services import (
    add_post,
    add_unit,
    change_post,
    change_unit,
    end_holding,
    seat_person,
)
from portal.accounts.views.asking import signed_in
from portal.audit.saving import posted, saved, status_of


@administrator_required
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/posts.html", {"groups": post_groups(timezone.now())})


@administrator_required
@require_GET
def post(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    now = timezone.now()
    context = {
        "post": shown,
        "now": now,
        "seats": sitting_in(shown, now),
        "holdings": shown.holdings.select_related("user").order_by("-from_at", "-pk"),
        "orders": shown.delegations.select_related("acting"),
    }
    return render(request, "accounts/post.html", context)


@administrator_required
@require_http_methods(["GET", "POST"])
def post_add(request: HttpRequest) -> HttpResponse:
    form = PostForm(posted(request), initial={"unit": request.GET.get("unit")})
    by, now = signed_in(request), timezone.now()
    if saved(form, lambda: add_post(form.cleaned_data, by=by, now=now)):
        messages.success(request, "เพิ่มตำแหน่งแล้ว")
        return redirect("accounts:posts")
    context = {"form": form, "title": "เพิ่มตำแหน่ง"}
    return render(request, "accounts/post_form.html", context, status=status_of(form))


@administrator_required
@require_http_methods(["GET", "POST"])
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Post, pk=pk)
    facts = {"title": shown.title, "rank": shown.rank, "unit": shown.unit_id}
    form = PostForm(posted(request), initial=facts)
    by, now = signed_in(request), timezone.now()
    if saved(form, lambda: change_post(shown, form.cleaned_data, by=by, now=now)):
        messages.success(request, "บันทึกตำแหน่งแล้ว")
        return redirect("accounts:post", pk=pk)
    context = {"form": form, "title": "แก้ไขตำแหน่ง", "post": shown}
    return render(request, "accounts/post_form.html", context, status=status_of(form))


@administrator_required
@require_http_methods(["GET", "POST"])
def post_seat(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    form = HoldingForm(posted(request))
    if saved(form, lambda: _seat(request, shown, form)):
        messages.success(request, "บันทึกผู้ดำรงตำแหน่งแล้ว")
        return redirect("accounts:post", pk=pk)
    context = {"form": form, "post": shown}
    return render(request, "accounts/seat_form.html", context, status=status_of(form))


def _seat(request: HttpRequest, shown: Post, form: HoldingForm) -> Holding:
    return seat_person(
        shown,
        user=form.cleaned_data["user"],
        capacity=form.cleaned_data["capacity"],
        order_number=form.cleaned_data["order_number"],
        from_at=form.from_at,
        until_at=form.until_at,
        by=signed_in(request),
        now=timezone.now(),
    )


@administrator_required
@require_http_methods(["GET", "POST"])
def holding_end(request: HttpRequest, pk: int) -> HttpResponse:
    holding = get_object_or_404(Holding.objects.select_related("user", "post__unit"), pk=pk)
    form = EndForm(posted(request))
    if saved(form, lambda: _end(request, holding, form)):
        messages.success(request, "บันทึกการพ้นตำแหน่งแล้ว")
        return redirect("accounts:post", pk=holding.post_id)
    context = {"form": form, "holding": holding}
    return render(request, "accounts/end_form.html", context, status=status_of(form))


def _end(request: HttpRequest, holding: Holding, form: EndForm) -> None:
    end_holding(holding, until_at=form.until_at, by=signed_in(request), now=timezone.now())


@administrator_required
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    shown = Unit.objects.select_related("deputy").order_by("code")
    return render(request, "accounts/units.html", {"units": shown})


@administrator_required
@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest) -> HttpResponse:
    form = UnitForm(posted(request))
    by, now = signed_in(request), timezone.now()
    if saved(form, lambda: add_unit(form.cleaned_data, by=by, now=now)):
        messages.success(request, "เพิ่มกลุ่มแล้ว")
        return redirect("accounts:units")
    context = {"form": form, "title": "เพิ่มกลุ่ม"}
    return render(request, "accounts/unit_form.html", context, status=status_of(form))


@administrator_required
@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Unit, pk=pk)
    form = UnitForm(posted(request), instance=shown)
    by, now = signed_in(request), timezone.now()
    if saved(form, lambda: change_unit(shown, form.cleaned_data, by=by, now=now)):
        messages.success(request, "บันทึกกลุ่มแล้ว")
        return redirect("accounts:units")
    context = {"form": form, "title": "แก้ไขกลุ่ม"}
    return render(request, "accounts/unit_form.html", context, status=status_of(form))
