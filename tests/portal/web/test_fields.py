"""A date is typed in the Buddhist era and never converted silently."""

import importlib
import pkgutil
from datetime import date

import pytest
from django import forms

from portal.web.fields import HINT, ThaiDateField, WholeField, typed_date

DAY = date(2026, 11, 20)


class OneDate(forms.Form):
    on = ThaiDateField(label="วันที่ดำเนินการจริง", help_text="วันที่ทำเสร็จ")


class Between(forms.Form):
    on = ThaiDateField(label="วันที่", min_date=date(2026, 10, 1), max_date=lambda: date(2026, 11, 30))


def errors_of(form: forms.Form) -> list[str]:
    return list(form.errors["on"])


@pytest.mark.parametrize(
    "typed",
    ["20/11/2569", "20-11-2569", "20.11.2569", "๒๐/๑๑/๒๕๖๙", "20 พ.ย. 2569", " 20 พฤศจิกายน 2569 "],
)
def test_date_is_read_however_it_is_typed(typed: str) -> None:
    form = OneDate({"on": typed})

    assert form.is_valid()
    assert form.cleaned_data["on"] == DAY


@pytest.mark.parametrize("typed", ["20/11/2026", "20 พ.ย. 2026", "2026-11-20"])
def test_christian_year_is_refused_and_the_right_one_offered(typed: str) -> None:
    said = errors_of(OneDate({"on": typed}))

    assert said == ["ปี 2026 เป็น ค.ศ. หากหมายถึง 20 พ.ย. 2569 ให้พิมพ์ 20/11/2569"]


@pytest.mark.parametrize("typed", ["20/11/69", "31/02/2569", "20/11/9999", "พรุ่งนี้", "2569"])
def test_what_is_no_date_is_refused_in_thai(typed: str) -> None:
    said = errors_of(OneDate({"on": typed}))

    assert len(said) == 1
    assert said[0][0] >= "ก"


def test_two_digit_year_is_told_to_be_written_in_full() -> None:
    assert "ให้ครบสี่หลัก" in errors_of(OneDate({"on": "20-11-69"}))[0]


def test_refused_date_stays_as_it_was_typed() -> None:
    form = OneDate({"on": "20/11/2026"})

    assert 'value="20/11/2026"' in str(form["on"])


def test_empty_date_is_asked_for() -> None:
    assert errors_of(OneDate({"on": "  "})) == ["กรุณากรอกช่องนี้"]


def test_empty_date_is_nothing_where_it_may_be() -> None:
    assert ThaiDateField(required=False).clean("") is None


def test_day_before_the_first_is_refused() -> None:
    assert errors_of(Between({"on": "30/09/2569"})) == ["ต้องไม่ก่อนวันที่ 1 ต.ค. 2569"]


def test_day_after_the_last_is_refused() -> None:
    assert errors_of(Between({"on": "1/12/2569"})) == ["ต้องไม่หลังวันที่ 30 พ.ย. 2569"]


@pytest.mark.parametrize("typed", ["1/10/2569", "30/11/2569"])
def test_first_and_last_day_are_accepted(typed: str) -> None:
    assert Between({"on": typed}).is_valid()


def test_limits_are_given_to_the_calendar() -> None:
    shown = str(Between()["on"])

    assert 'data-min="2026-10-01" data-max="2026-11-30"' in shown


def test_stored_day_is_shown_as_it_is_typed() -> None:
    form = OneDate(initial={"on": DAY})

    assert typed_date(DAY) == "20/11/2569"
    assert 'value="20/11/2569"' in str(form["on"])


def test_unchanged_day_is_no_change() -> None:
    form = OneDate({"on": "20 พ.ย. 2569"}, initial={"on": DAY})

    assert form.changed_data == []


def test_hint_of_the_era_follows_the_help_of_the_field() -> None:
    assert OneDate().fields["on"].help_text == f"วันที่ทำเสร็จ {HINT}"


@pytest.mark.parametrize("typed", ["1200", "๑๒๐๐", "1,200", "๑,๒๐๐", " 1200 "])
def test_whole_number_is_read_in_either_digits(typed: str) -> None:
    assert WholeField().clean(typed) == 1200


@pytest.mark.parametrize("typed", ["สิบ", "1.5", "-1"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        WholeField(min_value=0).clean(typed)


def test_whole_number_may_be_typed_in_thai_digits_in_a_browser() -> None:
    drawn = str(WholeField().widget.render("n", "12", {}))
    assert ('type="text"' in drawn, 'type="number"' in drawn) == (True, False)


def forms_of_the_portal() -> set[type[forms.BaseForm]]:
    """Every form class of every room."""
    for room in ("portal", "processes", "workflows", "reports"):
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".forms" in module.name:
                importlib.import_module(module.name)
    found, kinds = set(), [forms.BaseForm]
    while kinds:
        kinds = [below for kind in kinds for below in kind.__subclasses__()]
        found |= {kind for kind in kinds if not kind.__module__.startswith(("django.", "crispy"))}
    return found


def test_no_form_reads_a_day_in_another_way() -> None:
    western = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)
    careless = {
        (form.__qualname__, name)
        for form in forms_of_the_portal()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, western)
    }

    assert careless == set()
