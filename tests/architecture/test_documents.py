"""What the documents name is there: files, modules and what stands in them."""

import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROOMS = ("portal", "processes", "workflows", "reports", "tests")
PATH = re.compile(
    r"`((?:portal|processes|workflows|reports|templates|static|tests|docs)/[\w./-]+)`"
)
NAME = re.compile(r"`((?:portal|processes|workflows|reports)(?:\.\w+)+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def named(pattern: re.Pattern[str]) -> list:
    found = {
        (page, name) for page in PAGES for name in pattern.findall(page.read_text(encoding="utf-8"))
    }
    return [
        pytest.param(page, name, id=f"{page.stem}:{name}")
        for page, name in sorted(found, key=lambda pair: (str(pair[0]), pair[1]))
    ]


@pytest.mark.parametrize(("page", "path"), named(PATH))
def test_a_named_file_is_there(page, path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize(("page", "path"), named(LINK))
def test_a_link_leads_somewhere(page, path):
    assert (page.parent / path).exists()


@pytest.mark.parametrize(("page", "name"), named(NAME))
def test_a_named_thing_is_there(page, name):
    parts = name.split(".")
    if is_model(parts):
        return
    for cut in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            thing = getattr(thing, part)
        return
    raise AssertionError(f"{name} is nowhere")


def is_model(parts: list[str]) -> bool:
    """`processes.Edition`: the table as Django labels it."""
    try:
        return apps.get_model(*parts[-2:]) is not None
    except LookupError:
        return False
