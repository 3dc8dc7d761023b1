"""A rule's refusal stands where the person is looking."""

from django import forms

from portal.exceptions import RuleBroken
from portal.web.actions import refuse


class ReasonForm(forms.Form):
    reason = forms.CharField(required=False)


def refused(error: RuleBroken) -> ReasonForm:
    form = ReasonForm({"reason": "พิมพ์ไว้แล้ว"})
    assert form.is_valid()
    refuse(form, error)
    return form


def test_refusal_stands_beside_its_field() -> None:
    form = refused(RuleBroken("กรุณาให้เหตุผล", field="reason"))

    assert form.errors == {"reason": ["กรุณาให้เหตุผล"]}


def test_refusal_of_a_field_the_form_has_not_stands_on_top() -> None:
    form = refused(RuleBroken("ไฟล์ใหญ่เกินไป", field="file"))

    assert form.non_field_errors() == ["ไฟล์ใหญ่เกินไป"]


def test_refusal_without_a_field_stands_on_top() -> None:
    assert refused(RuleBroken("ทำไม่ได้")).non_field_errors() == ["ทำไม่ได้"]


def test_typed_text_stays_in_the_refused_form() -> None:
    assert 'value="พิมพ์ไว้แล้ว"' in str(refused(RuleBroken("ทำไม่ได้"))["reason"])
