"""Addresses of the standard."""

from django.urls import path

from processes import adoption_views, views
from processes.shelves import FORMS, LAWS

app_name = "processes"
urlpatterns = [
    path("processes/", views.show_list, name="list"),
    path("processes/<slug:code>/", views.show, name="detail"),
    path("processes/<slug:code>/adoption/", adoption_views.process, name="adoption"),
    path("processes/manuals/<slug:code>/adoption/", adoption_views.manual, name="manual-adoption"),
    path("processes/<slug:code>/editions/<int:number>/", views.show_edition, name="edition"),
    path("processes/<slug:code>/editions/<int:number>/table.xlsx", views.workbook, name="workbook"),
    path("forms/", views.show_shelf, {"shelf": FORMS}, name="forms"),
    path("forms/<slug:code>/", views.show_mentions, {"shelf": FORMS}, name="form"),
    path("laws/", views.show_shelf, {"shelf": LAWS}, name="laws"),
    path("laws/<slug:code>/", views.show_mentions, {"shelf": LAWS}, name="law"),
]
