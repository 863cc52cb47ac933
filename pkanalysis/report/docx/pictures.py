"""Vector figures as PNG, for Word before 2019 shows no SVG; Typst draws them, without any library of the system."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

DOTS_PER_INCH = 200
_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def png(drawings: Sequence[bytes]) -> list[bytes]:
    """Draw each SVG at its own size.

    Parameters
    ----------
    drawings : sequence of bytes
        SVG as matplotlib writes it: width and height in points, text as paths.

    Returns
    -------
    list of bytes
        PNG at :data:`DOTS_PER_INCH`, in the same order.

    Examples
    --------
    >>> [picture] = png([b'<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>'])
    >>> picture[1:4], int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    (b'PNG', 200, 100)
    """
    return [_draw(svg) for svg in drawings]


def _draw(svg: bytes) -> bytes:
    inputs = {"svg": svg.decode()}
    picture = _compiler().compile(input=_PAGE, format="png", ppi=DOTS_PER_INCH, sys_inputs=inputs)
    assert isinstance(picture, bytes)  # one page is one picture
    return picture


@cache
def _compiler() -> typst.Compiler:
    """One per process, without fonts: our drawings have none."""
    import typst

    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False))
