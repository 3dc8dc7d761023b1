"""How a view shows that a rule said no."""

from django.forms import BaseForm

from portal.exceptions import DomainError


def refuse(form: BaseForm, error: DomainError) -> None:
    """Put the refusal beside the field it speaks of, or on top of the form."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, error.user_message)
