"""Write ``environment.yml`` (conda) from ``requirements.txt``: the same pins in its pip section."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = """\
# Dibuat oleh `make pin` dari requirements.txt; jangan disunting.
name: pkanalysis
channels:
  - conda-forge
dependencies:
  - python>=3.11
  - pip
  - pip:
"""


def pins(requirements: str) -> list[str]:
    """The requirement lines (name, version, marker) without their hashes."""
    lines = requirements.replace("\\\n", " ").splitlines()
    found = [re.sub(r"\s+--hash=\S+", "", line).strip() for line in lines]
    return [line for line in found if line and not line.startswith(("#", "-"))]


def environment(requirements: str) -> str:
    """The text of ``environment.yml``."""
    entries = [*pins(requirements), "-e ."]
    return HEAD + "".join(f'      - "{entry}"\n' for entry in entries)


if __name__ == "__main__":
    text = environment((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    (ROOT / "environment.yml").write_text(text, encoding="utf-8", newline="\n")
