"""Addresses of the calendar."""

from django.urls import path

from portal.calendar import views

app_name = "calendar"
urlpatterns = [
    path("calendar/", views.year, name="year"),
    path("calendar/<int:year>/", views.year, name="year"),
]
