"""Every address of the portal. Each room keeps its own; here is only where they hang."""

from django.urls import include, path

from portal.home import home

handler400 = "portal.web.views.bad_request"
handler403 = "portal.web.views.forbidden"
handler404 = "portal.web.views.not_found"
handler500 = "portal.web.views.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("", include("portal.web.urls")),
    path("", include("portal.accounts.urls")),
    path("", include("portal.schools.urls")),
    path("", include("portal.office.urls")),
    path("", include("portal.audit.urls")),
    path("", include("portal.calendar.urls")),
    path("", include("portal.notices.urls")),
    path("", include("portal.jobs.urls")),
    path("", include("portal.health.urls")),
    path("", include("processes.urls")),
    path("", include("workflows.cases.urls")),
    path("", include("workflows.letters.urls")),
    path("", include("workflows.approvals.urls")),
    path("", include("reports.urls")),
]
