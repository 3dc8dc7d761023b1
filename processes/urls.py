"""Addresses of the standard."""

from django.urls import path

from processes import views

app_name = "processes"
urlpatterns = [
    path("processes/", views.show_list, name="list"),
    path("processes/<slug:code>/", views.show, name="detail"),
    path("processes/<slug:code>/editions/<int:number>/", views.show_edition, name="edition"),
    path("processes/<slug:code>/editions/<int:number>/table.xlsx", views.workbook, name="workbook"),
]
