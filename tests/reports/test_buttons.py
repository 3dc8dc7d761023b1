"""The buttons other rooms show: what may be printed here."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template

pytestmark = pytest.mark.django_db

TAG = Template("{% load papers %}{% paper_buttons flow=flow case=case %}")


def shown(user, flow=None, case=None):
    return TAG.render(Context({"user": user, "flow": flow, "case": case})).strip()


def test_officer_may_print_both_papers_of_a_flow(bench, flow):
    html = shown(bench.officer, flow)
    assert html.count("<button") == 3
    for name, value in (("flow", "dlit"), ("edition", "1")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in html
    for label in ("พิมพ์ผังขั้นตอนการดำเนินงาน", "พิมพ์ตารางมาตรฐานงาน", "พิมพ์ทั้งหมด"):
        assert label in html


def test_case_is_printed_with_its_progress(bench, flow):
    case = bench.start(flow)
    html = shown(bench.officer, flow, case)
    assert f'<input type="hidden" name="case" value="{case.code}">' in html
    assert "พิมพ์ผังความก้าวหน้า" in html


def test_school_may_print_the_progress_of_its_case_only(bench, flow, school_user):
    case = bench.start(flow)
    html = shown(school_user, flow, case)
    assert html.count("<button") == 1
    assert shown(school_user, flow) == ""


def test_nothing_to_print_shows_nothing(bench, flow):
    assert shown(bench.officer) == ""
    assert shown(AnonymousUser(), flow) == ""
