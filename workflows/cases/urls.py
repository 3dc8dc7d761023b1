"""Addresses of the work."""

from django.urls import path, register_converter

from workflows.cases.views import beside, calendar, case, case_actions, evidence, starting, task
from workflows.cases.views.doors import CASE_CODE


class CaseCode:
    """A case by its printed number: `2570-14`."""

    regex = CASE_CODE

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CaseCode, "case")

app_name = "cases"
urlpatterns = [
    path("calendar/add/", calendar.calendar_add, name="calendar-add"),
    path("calendar/<int:pk>/cancel/", calendar.calendar_cancel, name="calendar-cancel"),
    path("cases/", case.show_list, name="list"),
    path("cases/start/", starting.start, name="start"),
    path("cases/start/plan/", starting.plan, name="start-plan"),
    path("cases/files/<int:pk>/", evidence.file, name="file"),
    path("cases/<case:code>/", case.show, name="detail"),
    path("cases/<case:code>/history/", case.show_history, name="history"),
    path("cases/<case:code>/cancel/", case_actions.cancel, name="cancel"),
    path("cases/<case:code>/go-to/", case_actions.go_to, name="go-to"),
    path("cases/<case:code>/prepare/", case_actions.prepare, name="prepare"),
    path("cases/<case:code>/reopen/", case_actions.reopen, name="reopen"),
    path("cases/<case:code>/invite/", case_actions.add_participant, name="invite"),
    path("cases/<case:code>/deadline/", case_actions.set_deadline, name="deadline"),
    path("tasks/<int:pk>/", task.show, name="task"),
    path("tasks/<int:pk>/start/", task.start, name="task-start"),
    path("tasks/<int:pk>/save/", task.save, name="task-save"),
    path("tasks/<int:pk>/paste/", task.paste, name="task-paste"),
    path("tasks/<int:pk>/tick/", task.tick, name="task-tick"),
    path("tasks/<int:pk>/take-over/", task.take_over, name="task-take-over"),
    path("tasks/<int:pk>/complete/", task.complete, name="task-complete"),
    path("tasks/<int:pk>/skip/", task.skip, name="task-skip"),
    path("tasks/<int:pk>/assign/", task.assign, name="task-assign"),
    path("tasks/<int:pk>/attach/", evidence.attach, name="task-attach"),
    path("tasks/<int:pk>/remove/", evidence.remove, name="task-remove"),
    path("tasks/<int:pk>/report/", evidence.report, name="task-report"),
    path("tasks/<int:pk>/survey/", evidence.survey, name="task-survey"),
    path("tasks/<int:pk>/activity/", beside.add_activity, name="task-activity"),
    path("tasks/<int:pk>/wait/", beside.begin_wait, name="task-wait"),
    path("tasks/<int:pk>/end-wait/", beside.end_wait, name="task-end-wait"),
]
