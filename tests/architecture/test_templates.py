"""Templates speak Thai and keep scripts and styles in files of their own."""

import re

import pytest

from tests.architecture.places import shown, templates
from tests.architecture.reading import read, strings_in_tags

PAGES = [path for path in templates() if path.suffix == ".html"]
# names and short forms that Thai offices write as they are
AS_WRITTEN = {
    "Krabuan", "PDF", "Word", "Excel", "JSON", "CSV", "QR", "SHA", "DLTV", "DLIT", "ICT", "DCIO",
    "JavaScript", "CSRF", "Ctrl", "LINE", "Django", "docx", "xlsx", "pptx", "jpg", "png", "pdf",
    "Flow", "Chart",  # the title of section 6 in every printed manual
}  # fmt: skip
WORD = re.compile(r"[A-Za-z]{2,}")
ENTITY = re.compile(r"&[a-z]+;")


def foreign_words(texts):
    """English words nobody agreed to, in order."""
    words = (word for text in texts for word in WORD.findall(ENTITY.sub(" ", text)))
    return [word for word in words if word not in AS_WRITTEN]


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_a_template_speaks_thai(path):
    assert foreign_words([*read(path).said, *strings_in_tags(path)]) == []


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_a_template_has_no_script_or_style_of_its_own(path):
    assert read(path).inline == []


def test_the_checker_hears_english_wherever_it_is_said(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<p title="Close me">ตกลง &nbsp; {{ user.name }} {% trans "x" %} Save PDF</p>'
        '<input type="submit" value="Send"><script src="a.js">var x = "quiet"</script>'
        '{% include "a.html" with title="Hello" only %}',
        encoding="utf-8",
    )
    words = foreign_words([*read(page).said, *strings_in_tags(page)])
    assert words == ["Close", "me", "Save", "Send", "Hello"]


def test_the_checker_finds_scripts_and_styles(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<style>p {}</style><script>go()</script><p style="color:red" onclick="go()">ก</p>'
        '<a href="javascript:go()">ข</a><script src="a.js"></script>',
        encoding="utf-8",
    )
    assert read(page).inline == [
        "<style>", "<script>", 'style="color:red"', 'onclick="go()"', 'href="javascript:go()"',
    ]  # fmt: skip
