"""The written format and the recipe say what the reader does."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from processes import durations, reading
from processes.loading import load_catalogue, read_file
from processes.shape import Decides, Kind, Need, Per, Rank, Unit

DOCS = Path(__file__).parents[2] / "docs"
FORMAT = DOCS / "catalogue-format.md"
RECIPE = DOCS / "recipes" / "add-a-process.md"


def examples(page, kind):
    text = page.read_text(encoding="utf-8")
    return [dedent(block) for block in re.findall(rf"```yaml {kind}\n(.*?)\n *```", text, re.S)]


@pytest.fixture
def folder(tmp_path):
    (manual,) = examples(FORMAT, "manual")
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "manual.yaml").write_text(manual, encoding="utf-8")
    return folder


@pytest.mark.parametrize("page", [FORMAT, RECIPE], ids=lambda page: page.stem)
def test_example_of_a_process_is_right(folder, page):
    (example,) = examples(page, "process")
    (folder / "one.yaml").write_text(example, encoding="utf-8")
    assert read_file(folder / "one.yaml").manual == "demo"


@pytest.mark.django_db
def test_recipe_ends_with_a_process_in_force(folder, now):
    (example,) = examples(RECIPE, "process")
    (folder / "lend-equipment.yaml").write_text(example, encoding="utf-8")
    (loaded,) = load_catalogue(folder, now=now)
    assert (loaded.code, loaded.outcome, loaded.edition.status) == (
        "lend-equipment",
        "first",
        "effective",
    )


def test_format_shows_every_heading_the_reader_knows():
    text = FORMAT.read_text(encoding="utf-8")
    known = set(re.findall(r'"(\w+)": \("', Path(reading.__file__).read_text(encoding="utf-8")))
    shown = set(re.findall(r"(\w+):", text)) | set(re.findall(r"`(\w+)`", text))
    assert known - shown == set()


@pytest.mark.parametrize("words", [Kind, Decides, Need, Rank, Unit, Per], ids=lambda w: w.__name__)
def test_format_names_every_word(words):
    text = FORMAT.read_text(encoding="utf-8")
    assert [word.value for word in words if word.value not in text] == []


def test_every_cell_of_the_table_of_times_is_read():
    table = FORMAT.read_text(encoding="utf-8").partition("| cell | means |")[2].partition("\n\n")[0]
    cells = re.findall(r"`([^`]+)`", "\n".join(row.split("|")[1] for row in table.split("\n")[2:]))
    assert cells[-1] == "time"
    for cell in cells[:-1]:
        durations.parse(cell)
