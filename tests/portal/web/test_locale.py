"""Django speaks Thai here, in every text a user may meet."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
import pytest
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core import validators
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import date as date_filter
from django.template.defaultfilters import filesizeformat
from django.utils import timesince, translation
from django.utils.timezone import datetime, timedelta

from portal.accounts.models import User

OURS = settings.BASE_DIR / "portal" / "locale" / "th" / "LC_MESSAGES"
DJANGO = Path(django.__file__).parent


class Message(NamedTuple):
    context: str
    text: str
    plural: str
    said: str


def read_po(path: Path) -> Iterator[Message]:
    """The messages of a .po file; only what such files are made of by hand."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        parts = {"msgctxt": "", "msgid": "", "msgid_plural": "", "msgstr": ""}
        key = ""
        for line in block.splitlines():
            found = re.match(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[0\])? (".*")', line)
            if found:
                key = found[1]
            words = found[2] if found else line
            if key and words.startswith('"'):
                parts[key] += ast.literal_eval(words)
        if parts["msgid"]:
            yield Message(*parts.values())


def has_english(text: str) -> bool:
    """Words in Latin letters, apart from placeholders and what has no Thai name."""
    bare = re.sub(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}|https?://|\S+@\S+", " ", text)
    bare = re.sub(r"\b(IPv4|IPv6|URL|UUID|JSON|CSRF|PDF|None|8 byte)\b", " ", bare)
    return bool(re.search(r"[A-Za-z]{2,}", bare))


def test_compiled_texts_are_made_from_the_written_ones() -> None:
    with (OURS / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for message in read_po(OURS / "django.po"):
        said = (
            compiled.ngettext(message.text, message.plural, 2)
            if message.plural
            else compiled.gettext(message.text)
        )
        assert said == message.said, message.text


def test_every_text_keeps_its_placeholders() -> None:
    for message in read_po(OURS / "django.po"):
        wanted = set(re.findall(r"%\(\w+\)[sdr]|%[sd]|\{\w+\}", message.text))
        assert set(re.findall(r"%\(\w+\)[sdr]|%[sd]|\{\w+\}", message.said)) == wanted


# pages of developers and names of languages: nobody here meets them
NEVER_SEEN = re.compile(
    r"install worked|DEBUG=True|Django|release notes|Topics|Tutorial|Connect, get help"
    r"|Referer|Site Maps|Static Files|Syndication|Foreign Key|Boolean|Many-to-many"
)


def _texts_of_django(app: str) -> Iterator[Message]:
    skip_names = {name for _, name in django.conf.global_settings.LANGUAGES}
    for message in read_po(DJANGO / app / "locale" / "en" / "LC_MESSAGES" / "django.po"):
        if message.text not in skip_names and not NEVER_SEEN.search(message.text):
            yield message


@pytest.mark.parametrize("app", ["conf", "contrib/auth", "contrib/contenttypes"])
def test_every_text_of_django_has_thai_words(app: str) -> None:
    with translation.override("th"):
        said = {
            message.text: translation.ngettext(message.text, message.plural, 2)
            if message.plural
            else translation.pgettext(message.context, message.text)
            if message.context
            else translation.gettext(message.text)
            for message in _texts_of_django(app)
        }
    assert {text: thai for text, thai in said.items() if has_english(thai)} == {}


BAD_INPUT: list[tuple[forms.Field, object]] = [
    (forms.CharField(), ""),
    (forms.CharField(max_length=3), "ยาวเกินไป"),
    (forms.CharField(min_length=9), "สั้น"),
    (forms.CharField(), "ก\x00ข"),
    (forms.IntegerField(), "สาม"),
    (forms.IntegerField(min_value=2), "1"),
    (forms.IntegerField(max_value=2), "3"),
    (forms.IntegerField(step_size=5), "3"),
    (forms.FloatField(), "x"),
    (forms.DecimalField(max_digits=3), "12345"),
    (forms.DecimalField(decimal_places=1), "1.25"),
    (forms.DecimalField(max_digits=3, decimal_places=1), "123.4"),
    (forms.DateField(), "x"),
    (forms.TimeField(), "x"),
    (forms.DateTimeField(), "x"),
    (forms.DurationField(), "x"),
    (forms.EmailField(), "x"),
    (forms.URLField(assume_scheme="https"), "x y"),
    (forms.SlugField(), "ก ข"),
    (forms.UUIDField(), "x"),
    (forms.JSONField(), "{"),
    (forms.GenericIPAddressField(), "x"),
    (forms.ChoiceField(choices=[("a", "ก")]), "z"),
    (forms.MultipleChoiceField(choices=[("a", "ก")]), ["z"]),
    (forms.MultipleChoiceField(choices=[("a", "ก")]), "z"),
    (forms.RegexField(r"^\d+$"), "x"),
    (forms.FileField(), None),
    (forms.FileField(), SimpleUploadedFile("a.txt", b"")),
    (forms.FileField(max_length=3), SimpleUploadedFile("ยาวมาก.txt", b"x")),
    (forms.ImageField(), SimpleUploadedFile("a.png", b"x")),
    (
        forms.FileField(validators=[validators.FileExtensionValidator(["pdf"])]),
        SimpleUploadedFile("a.txt", b"x"),
    ),
]


@pytest.mark.parametrize(
    ("field", "value"), BAD_INPUT, ids=[type(field).__name__ for field, _ in BAD_INPUT]
)
def test_field_refuses_in_thai(field: forms.Field, value: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)

    texts = [re.sub(r"(“[^”]*”|pdf)", "", text) for text in refusal.value.messages]
    assert [text for text in texts if has_english(text)] == []


@pytest.mark.parametrize("password", ["12345", "password", "31415926535", "somchai2", ""])
def test_password_validators_speak_thai(password: str) -> None:
    person = User(username="somchai2")
    try:
        password_validation.validate_password(password, person)
        said = password_validation.password_validators_help_texts()
    except ValidationError as refusal:
        said = refusal.messages + password_validation.password_validators_help_texts()

    assert [text for text in said if has_english(text)] == []


def test_time_since_is_said_in_thai() -> None:
    then = datetime(2026, 11, 20)
    later = then + timedelta(days=400, hours=3, minutes=5)

    assert timesince.timesince(then, later) == "1\xa0ปี, 1\xa0เดือน"


def test_sizes_months_and_weekdays_are_said_in_thai() -> None:
    said = [filesizeformat(2_500_000), date_filter(datetime(2026, 11, 20), "l j F")]

    assert said == ["2.4\xa0เมกะไบต์", "ศุกร์ 20 พฤศจิกายน"]
