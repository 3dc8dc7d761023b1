"""Addresses of the notices."""

from django.urls import path

from portal.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/read/", views.notices_read_all, name="read-all"),
    path("notices/<int:pk>/open/", views.notice_open, name="open"),
    path("notices/<int:pk>/read/", views.notice_read, name="read"),
]
