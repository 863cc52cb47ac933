"""Show: the only room that knows figures, table layout, Indonesian numbers and sentences.

``pk.show.table``, ``pk.show.figure`` and ``pk.show.note`` make blocks of one's own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pkanalysis.show.own import figure, note, table

__all__ = ["figure", "note", "table"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("pkanalysis.show.own"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
