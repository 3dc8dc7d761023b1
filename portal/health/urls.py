"""Addresses of the health pages."""

from django.urls import path

from portal.health import views

app_name = "health"
urlpatterns = [
    path("alive/", views.alive, name="alive"),
    path("office/health/", views.health, name="health"),
]
