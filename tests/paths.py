"""Where the tests find what lies beside the checkout; they skip, saying so, where it is absent."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def shared(*parts: str) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"berkas {'/'.join(parts)} tidak ada di ../shared")
    return path
