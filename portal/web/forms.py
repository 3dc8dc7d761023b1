"""Form machinery every room shares."""

from functools import cached_property
from pathlib import Path

import django.forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine


class ThaiFormRenderer(DjangoTemplates):
    """Looks for the templates of fields in `templates/` first, then in Django itself."""

    @cached_property
    def engine(self) -> Engine:
        of_django = Path(django.forms.__file__).parent / "templates"
        folders = [settings.BASE_DIR / "templates", of_django]
        return Engine({"APP_DIRS": False, "DIRS": folders, "NAME": "thaiforms", "OPTIONS": {}})
