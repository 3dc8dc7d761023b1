"""The baselines: the least that Django can do for a word, and for fifty rows in a table."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from workflows.cases.models import Task

ROWS = 50
_PAGE = Engine().from_string(
    """<!doctype html><html lang="th"><head><title>รายการ</title>
<link rel="stylesheet" href="/static/bootstrap.css"></head><body class="container">
<table class="table">
<thead><tr><th>เลขเรื่อง</th><th>เรื่อง</th><th>สถานะ</th><th>กำหนด</th></tr></thead>
<tbody>{% for task in tasks %}<tr><td>{{ task.case.code }}</td>
<td><a href="/tasks/{{ task.pk }}/">{{ task.case.title }}</a></td>
<td>{{ task.get_status_display }}</td><td>{{ task.due_on|date:"j M Y" }}</td></tr>{% endfor %}
</tbody></table></body></html>"""
)


def only_ours(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: the addresses of this module, not those of the portal."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return answer


def hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("สวัสดี")


def fifty_rows(_request: HttpRequest) -> HttpResponse:
    """One query, one plain template, no middleware."""
    tasks = Task.objects.select_related("case").order_by("pk")[:ROWS]
    return HttpResponse(_PAGE.render(Context({"tasks": tasks})))


urlpatterns = [path("hello/", hello), path("rows/", fifty_rows)]
