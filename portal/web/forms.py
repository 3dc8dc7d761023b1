"""Form machinery every room shares."""

from django.forms.renderers import TemplatesSetting


class ThaiFormRenderer(TemplatesSetting):
    """Looks for form templates in templates/ first."""
