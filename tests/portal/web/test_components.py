"""The parts pages are made of, with and without what they may be given."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import strip_tags

DAY = date(2026, 11, 20)


def drawn(name: str, **facts: object) -> str:
    return " ".join(render_to_string(f"components/{name}.html", facts).split())


def written(source: str, **facts: object) -> str:
    return Template("{% load thai web %}" + source).render(Context(facts))


def test_status_says_its_word_beside_its_icon() -> None:
    pill = drawn("status", code="returned", label="คืนเรื่อง")

    assert 'class="kb-pill kb-pill--soon"' in pill
    assert "#return" in pill
    assert "คืนเรื่อง" in pill


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("ok", "ครบกำหนด 20 พ.ย. 2569"),
        ("soon", "ครบกำหนด 20 พ.ย. 2569 ใกล้ครบกำหนด"),
        ("overdue", "ครบกำหนด 20 พ.ย. 2569 เกินกำหนด"),
        ("done", "ครบกำหนด 20 พ.ย. 2569 เสร็จแล้ว"),
    ],
)
def test_due_date_says_its_state_in_words(state: str, words: str) -> None:
    assert plain(drawn("due", day=DAY, state=state)) == words


def plain(html: str) -> str:
    return " ".join(strip_tags(html).split())


def test_due_date_says_how_late_it_is() -> None:
    badge = drawn("due", day=DAY, state="overdue", text="เกิน 2 วันทำการ", bare=True)

    assert plain(badge) == "20 พ.ย. 2569 เกิน 2 วันทำการ"


def test_due_moment_says_its_hour() -> None:
    badge = drawn("due", at=datetime(2026, 11, 20, 7, 5, tzinfo=UTC), state="ok", label="ภายใน")

    assert plain(badge) == "ภายใน 20 พ.ย. 2569 14:05 น."


def test_missing_due_date_is_said() -> None:
    assert plain(drawn("due", state="none")) == "ไม่มีกำหนด"


def test_page_head_has_the_one_heading() -> None:
    head = drawn("page_head", title="เรื่องทั้งหมด")

    assert head.count("<h1>") == 1
    assert plain(head) == "เรื่องทั้งหมด"


def test_page_head_shows_what_it_is_given() -> None:
    head = drawn(
        "page_head", title="ชื่อ", kicker="2570-1", lead="คำนำ", back="/cases/",
        action_url="/cases/start/", action_text="เปิดเรื่องใหม่", action_icon="plus",
    )  # fmt: skip

    assert plain(head) == "กลับ 2570-1 ชื่อ คำนำ เปิดเรื่องใหม่"


def test_empty_state_offers_the_next_action() -> None:
    page = drawn("empty", icon="case", title="ยังไม่มีเรื่อง", action_url="/a/", action_text="เปิดเรื่อง")

    assert plain(page) == "ยังไม่มีเรื่อง เปิดเรื่อง"


class Reason(forms.Form):
    reason = forms.CharField(label="เหตุผล")


def test_confirm_is_closed_and_posts_with_a_token() -> None:
    part = drawn("confirm", action="/x/", button="ยกเลิกเรื่อง", csrf_token="t", form=Reason())

    assert '<details class="kb-confirm">' in part
    assert '<form class="kb-confirm-body" method="post" action="/x/"' in part
    assert 'name="csrfmiddlewaretoken"' in part
    assert 'name="reason"' in part


def test_confirm_is_open_when_its_form_was_refused() -> None:
    part = drawn("confirm", action="/x/", button="ยกเลิกเรื่อง", form=Reason({}))

    assert '<details class="kb-confirm" open>' in part


def test_pager_keeps_what_was_searched_for(rf: RequestFactory) -> None:
    page = Paginator(range(60), 25).page(2)

    part = drawn("pager", page=page, request=rf.get("/cases/", {"q": "DLIT", "page": "2"}))

    assert 'href="?q=DLIT&amp;page=1"' in part
    assert 'href="?q=DLIT&amp;page=3"' in part
    assert "หน้า 2 จาก 3" in plain(part)


def test_pager_of_one_page_draws_nothing(rf: RequestFactory) -> None:
    assert drawn("pager", page=Paginator([1], 25).page(1), request=rf.get("/")) == ""


def test_query_leaves_out_what_is_emptied(rf: RequestFactory) -> None:
    request = rf.get("/", {"q": "a", "page": "2"})

    assert written("{% page_query page='' q='ข' %}", request=request) == "?q=%E0%B8%82"


@pytest.mark.parametrize(
    ("level", "tone", "icon"),
    [
        (constants.SUCCESS, "ok", "check"),
        (constants.INFO, "info", "info"),
        (constants.WARNING, "warn", "alert"),
        (constants.ERROR, "bad", "alert"),
    ],
)
def test_message_has_the_tone_of_its_level(level: int, tone: str, icon: str) -> None:
    note = drawn("message", message=Message(level, "บันทึกแล้ว"))

    assert f"kb-note--{tone}" in note
    assert f"#{icon}" in note


def test_icon_beside_a_word_is_silent() -> None:
    assert written('{% icon "check" %}') == (
        '<svg class="kb-icon" aria-hidden="true" focusable="false">'
        '<use href="/static/img/icons.svg#check"/></svg>'
    )


def test_icon_standing_alone_is_spoken() -> None:
    assert 'role="img" aria-label="เสร็จ"' in written('{% icon "check" label="เสร็จ" %}')


def test_dates_are_written_as_offices_write_them() -> None:
    facts = {"day": DAY, "moment": datetime(2026, 11, 20, 7, 5, tzinfo=UTC), "none": None}
    source = (
        "{{ day|thai_date }}|{{ day|thai_date_long }}|{{ moment|thai_datetime }}"
        "|{{ day|thai_date|thai_digits }}|{{ none|thai_date }}{{ none|thai_date_long }}"
        "{{ none|thai_datetime }}{{ none|thai_digits }}"
    )

    assert written(source, **facts).split("|") == [
        "20 พ.ย. 2569",
        "20 พฤศจิกายน 2569",
        "20 พ.ย. 2569 14:05 น.",
        "๒๐ พ.ย. ๒๕๖๙",
        "",
    ]


@pytest.mark.parametrize(("name", "letter"), [("สาธิต", "ส"), ("เกศ", "ก"), ("ไพลิน", "พ"), ("", "")])
def test_initial_is_the_consonant_a_name_is_known_by(name: str, letter: str) -> None:
    assert written("{{ name|initial }}", name=name) == letter


def test_error_of_a_field_is_tied_to_it() -> None:
    page = written("{% load crispy_forms_filters %}{{ form|crispy }}", form=Reason({}))

    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_reason_error"' in page
    assert 'id="id_reason_error"' in page


def test_error_of_the_whole_form_is_announced() -> None:
    form = Reason({"reason": "x"})
    form.add_error(None, "มีผู้ทำไปแล้ว")

    page = written("{% load crispy_forms_filters %}{{ form|crispy }}", form=form)

    assert 'role="alert"' in page
    assert "มีผู้ทำไปแล้ว" in plain(page)
