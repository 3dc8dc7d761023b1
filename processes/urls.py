"""Addresses of the standard."""

from django.urls import path

from processes.shelves import FORMS, LAWS
from processes.views import adoption, shelves, standard

app_name = "processes"
urlpatterns = [
    path("processes/", standard.show_list, name="list"),
    path("processes/<slug:code>/", standard.show, name="detail"),
    path("processes/<slug:code>/adoption/", adoption.process, name="adoption"),
    path("processes/manuals/<slug:code>/adoption/", adoption.manual, name="manual-adoption"),
    path("processes/<slug:code>/editions/<int:number>/", standard.show_edition, name="edition"),
    path(
        "processes/<slug:code>/editions/<int:number>/table.xlsx", standard.workbook, name="workbook"
    ),
    path("forms/", shelves.show_shelf, {"shelf": FORMS}, name="forms"),
    path("forms/<slug:code>/", shelves.show_mentions, {"shelf": FORMS}, name="form"),
    path("laws/", shelves.show_shelf, {"shelf": LAWS}, name="laws"),
    path("laws/<slug:code>/", shelves.show_mentions, {"shelf": LAWS}, name="law"),
]
