"""Pictures of a document and the size at which they are drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIZE = re.compile(rb'<svg[^>]*?\b(width|height)="([\d.]+)(?:pt)?"[^>]*?\b(?:width|height)="([\d.]+)(?:pt)?"')


@dataclass(frozen=True)
class Picture:
    """An SVG drawing; its text is paths, so it needs no font."""

    svg: bytes

    def size(self, widest: float, highest: float) -> tuple[float, float] | None:
        """Width and height in points, as drawn or smaller so as to fit; None where the drawing does not say.

        Examples
        --------
        >>> Picture(b'<svg height="100pt" width="400pt">').size(200, 500)
        (200.0, 50.0)
        """
        if not (found := _SIZE.search(self.svg)):
            return None
        first, second = float(found[2]), float(found[3])
        wide, high = (first, second) if found[1] == b"width" else (second, first)
        scale = min(1.0, widest / wide, highest / high)
        return wide * scale, high * scale
