"""Addresses for trying the shared parts in a browser, one page beside the portal's own."""

from datetime import date

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from portal.urls import urlpatterns as of_the_portal
from portal.web.fields import ThaiDateField

PAGE = Template(
    "{% extends 'base.html' %}{% load crispy_forms_filters %}"
    "{% block content %}<h1>ตัวอย่าง</h1>"
    "<form method='post' action='/sample/' enctype='multipart/form-data' novalidate>"
    "{% csrf_token %}"
    "{{ form|crispy }}"
    "<button class='btn btn-primary'>ส่ง</button></form>{% endblock %}"
)


class SampleForm(forms.Form):
    on = ThaiDateField(label="วันที่ทำจริง", max_date=date(2026, 11, 20))
    file = forms.FileField(label="ไฟล์หลักฐาน")


@login_not_required
def sample(request: HttpRequest) -> HttpResponse:
    form = SampleForm(request.POST or None, request.FILES or None)
    return HttpResponse(PAGE.render(RequestContext(request, {"form": form})))


urlpatterns = [path("sample/", sample), *of_the_portal]
