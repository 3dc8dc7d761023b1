"""Every address of the portal. Each room keeps its own; nothing here but where they hang."""

from importlib.util import find_spec

from django.urls import include, path

handler400 = "portal.web.views.bad_request"
handler403 = "portal.web.views.forbidden"
handler404 = "portal.web.views.not_found"
handler500 = "portal.web.views.server_error"

ROOMS = ["portal.web", "portal.accounts", "portal.schools", "portal.office", "portal.audit", "portal.calendar", "portal.notices", "portal.jobs", "processes", "workflows.cases", "workflows.letters", "workflows.approvals", "reports"]

urlpatterns = [path("", include(f"{room}.urls")) for room in ROOMS if find_spec(f"{room}.urls")]
if find_spec("portal.home"):
    from portal.home import home
    urlpatterns.append(path("", home, name="home"))
