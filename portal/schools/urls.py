"""Addresses of the register of schools."""

from django.urls import path

from portal.schools import views

app_name = "schools"
urlpatterns = [
    path("schools/", views.schools, name="list"),
    path("schools/add/", views.school_add, name="add"),
    path("schools/<int:pk>/edit/", views.school_edit, name="edit"),
]
