"""The page on where new code goes names what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = sorted(
    set(re.findall(r"`([\w./-]*/[\w.-]+\.(?:py|toml|csv)|[\w/-]+/)`", (ROOT / "docs" / "peta.md").read_text("utf-8")))
)


@pytest.mark.parametrize("path", NAMED)
def test_what_the_map_names_is_there(path):
    assert any((room / path).exists() for room in (ROOT, ROOT / "pkanalysis"))


def test_the_map_names_every_room():
    rooms = {path.parent.name for path in (ROOT / "pkanalysis").glob("*/__init__.py")} - {"store", "sample"}
    assert rooms <= {part for path in NAMED for part in path.split("/")}
