"""Analysis of efficiency changes (Inpres 1/2025) and IKU achievement for planning agencies.

``import pkanalysis as pk`` is light: the parts below load when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pkanalysis import show
    from pkanalysis.analysis import achievement, budget, effect, quality, resource, trend
    from pkanalysis.analysis import spending as absorption
    from pkanalysis.store import open

__version__ = "0.1.0"
__all__ = ["absorption", "achievement", "budget", "effect", "open", "quality", "resource", "show", "trend"]

_ROOMS = {
    "absorption": "pkanalysis.analysis.spending",
    "achievement": "pkanalysis.analysis.achievement",
    "budget": "pkanalysis.analysis.budget",
    "effect": "pkanalysis.analysis.effect",
    "quality": "pkanalysis.analysis.quality",
    "resource": "pkanalysis.analysis.resource",
    "show": "pkanalysis.show",
    "trend": "pkanalysis.analysis.trend",
}


def __getattr__(name: str) -> Any:
    if name == "open":
        return import_module("pkanalysis.store").open
    if name in _ROOMS:
        return import_module(_ROOMS[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
