"""Addresses of the office's history."""

from django.urls import path

from portal.audit import views

app_name = "audit"
urlpatterns = [
    path("office/history/", views.history, name="list"),
    path("office/history/check/", views.check, name="check"),
]
