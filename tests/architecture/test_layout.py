"""The top of the tree is the user's own layout and conventional small files."""

from tests.architecture.places import ROOT

LAYOUT = {
    "portal",
    "processes",
    "workflows",
    "reports",
    "templates",
    "static",
    "tests",
    "manage.py",
    "pyproject.toml",
    "docker-compose.yml",
    "README.md",
}
CONVENTIONAL = {
    ".ci",
    ".dockerignore",
    ".editorconfig",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "DEVELOPERS.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "docs",
    "requirements-dev.in",
    "requirements-dev.lock",
    "requirements.in",
    "requirements.lock",
}


def ignored() -> set[str]:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return {line.strip("/") for line in lines} | {".git"}


def test_nothing_else_stands_at_the_top():
    found = {path.name for path in ROOT.iterdir()} - ignored()
    assert sorted(found - LAYOUT - CONVENTIONAL) == []


def test_the_layout_is_whole():
    assert sorted(name for name in LAYOUT if not (ROOT / name).exists()) == []


def test_every_room_is_a_package():
    rooms = ("portal", "processes", "workflows", "reports")
    folders = {path.parent for room in rooms for path in (ROOT / room).rglob("*.py")}
    assert sorted(str(folder) for folder in folders if not (folder / "__init__.py").exists()) == []
