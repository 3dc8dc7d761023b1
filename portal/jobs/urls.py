"""Addresses of the errands."""

from django.urls import path

from portal.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.job_list, name="list"),
    path("jobs/<int:pk>/cancel/", views.job_cancel, name="cancel"),
]
