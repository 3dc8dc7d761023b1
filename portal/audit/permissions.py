"""Who keeps the office's own data. Below the rooms of people and schools, which all ask here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from portal.exceptions import NotAllowed

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


class Keeper(Protocol):
    """A person, as far as keeping the office's data is concerned."""

    @property
    def pk(self) -> Any: ...

    @property
    def administers(self) -> bool: ...


class Rights(Protocol):
    """The part of a person's access that opens the office's history."""

    @property
    def directs(self) -> bool: ...


class Reader(Keeper, Protocol):
    """A person who may want to read the office's history."""

    @property
    def access(self) -> Rights: ...


def keeper(request: HttpRequest) -> Keeper:
    """The administrator behind a request."""
    if isinstance(request.user, AnonymousUser):
        raise NotAllowed("กรุณาเข้าสู่ระบบ")
    demand_administrator(request.user)
    return request.user


def demand_administrator(person: Keeper) -> None:
    """Refuse everybody who does not keep the office's data."""
    if not person.administers:
        raise NotAllowed("หน้านี้สำหรับผู้ดูแลระบบเท่านั้น")


def demand_history_reader(person: Reader) -> None:
    """The administrator reads the history, and so does whoever acts as the director."""
    if not (person.administers or person.access.directs):
        raise NotAllowed("ประวัติของสำนักงานเปิดให้ผู้ดูแลระบบและผู้อำนวยการเขตพื้นที่ดูเท่านั้น")


def administrator_required(view: View[Arguments]) -> View[Arguments]:
    """A page for administrators; everybody else who is signed in gets 403 in Thai."""
    return _asking(demand_administrator, view)


def history_reader_required(view: View[Arguments]) -> View[Arguments]:
    """A page for those who may read the office's history."""
    return _asking(demand_history_reader, view)


def _asking(demand: Callable[[Any], None], view: View[Arguments]) -> View[Arguments]:
    @wraps(view)
    def asked(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponse:
        demand(request.user)
        return view(request, *args, **kwargs)

    return asked
