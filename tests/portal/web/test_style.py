"""What can be proven about the look: contrast, fonts, and where vendored things come from."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from fontTools.ttLib import TTFont

STATIC = settings.BASE_DIR / "static"
TOKENS = dict(
    re.findall(
        r"--kb-([\w-]+): (#[0-9a-f]{6});",
        (STATIC / "css" / "krabuan.css").read_text(encoding="utf-8"),
    )
)
WHITE = "#ffffff"


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of WCAG, 1 to 21."""
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", ["paper", "paper-deep", "sheet", "quiet-50", "gold-50"])
@pytest.mark.parametrize("ink", ["ink", "ink-2", "teal", "bad", "gold-ink"])
def test_words_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("tone", ["quiet", "now", "ok", "soon", "bad", "wait"])
def test_word_of_a_state_can_be_read_on_its_own_field(tone: str) -> None:
    assert contrast(TOKENS[tone], TOKENS[f"{tone}-50"]) >= 4.5
    assert contrast(TOKENS[tone], TOKENS["sheet"]) >= 4.5
    assert contrast(WHITE, TOKENS[tone]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "paper-deep", "sheet"])
@pytest.mark.parametrize("line", ["edge", "focus"])
def test_edge_of_a_field_and_the_focus_can_be_seen(line: str, ground: str) -> None:
    assert contrast(TOKENS[line], TOKENS[ground]) >= 3


def test_focus_can_be_seen_on_the_dark_bar() -> None:
    assert contrast(TOKENS["focus-dark"], TOKENS["teal-900"]) >= 3


def test_every_token_used_is_defined() -> None:
    defined, used = set(), set()
    for sheet in (STATIC / "css").glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        defined |= set(re.findall(r"(--kb-[\w-]+):", text))
        used |= set(re.findall(r"var\((--kb-[\w-]+)", text))

    assert used - defined == set()


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold", "Bold"])
@pytest.mark.parametrize("kind", ["ttf", "woff2"])
def test_font_has_thai_and_latin_in_one_file(weight: str, kind: str) -> None:
    folder = next((STATIC / "vendor").glob("sarabun-*"))
    drawn = set(TTFont(folder / f"Sarabun-{weight}.{kind}").getBestCmap())

    wanted = set("กขฮอะาิีึืุูเแโใไๆฯ็่้๊๋์ํำ๐๑๙ DLITazAZ019–—“”…·×")
    assert wanted - {chr(code) for code in drawn} == set()


def test_everything_vendored_is_listed_with_its_version_and_has_a_licence() -> None:
    table = (STATIC / "vendor" / "README.md").read_text(encoding="utf-8")
    folders = [
        *(path for path in (STATIC / "vendor").iterdir() if path.is_dir()),
        *(path for path in (settings.BASE_DIR / "tests" / "vendor").iterdir() if path.is_dir()),
    ]

    for folder in folders:
        version = folder.name.rpartition("-")[2]
        assert f"| {version} |" in table, folder.name
        assert [*folder.glob("LICENSE*"), *folder.glob("OFL*")], folder.name


def test_every_file_a_style_sheet_names_is_there_under_its_production_name(tmp_path: Path) -> None:
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    with override_settings(
        STATIC_ROOT=tmp_path,
        STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": storage}},
    ):
        call_command("collectstatic", interactive=False, verbosity=0)

    assert [*tmp_path.glob("css/krabuan.*.css")] != []
