"""Addresses of the guides."""

from django.urls import path

from portal.web import views

app_name = "web"
urlpatterns = [
    path("help/", views.guide, name="guide"),
    path("help/<slug:role>/", views.guide_for_role, name="guide-role"),
]
