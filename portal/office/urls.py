"""Address of the office's settings."""

from django.urls import path

from portal.office import views

app_name = "office"
urlpatterns = [path("office/", views.settings, name="settings")]
