"""A DOCX file is a zip of parts; these bytes depend on the parts alone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)
FIRST = "[Content_Types].xml"
"""Word and file recognisers expect this part at the start."""


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Zip the named parts without a clock: in order of their names, all dated the earliest that zip knows.

    Examples
    --------
    >>> pack({"b": b"2", "a": b"1"}) == pack({"a": b"1", "b": b"2"})
    True
    """
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != FIRST, name)):
            entry = ZipInfo(name, LONG_AGO)
            entry.create_system = 0  # the same on every system that packs
            archive.writestr(entry, parts[name], ZIP_DEFLATED)
    return buffer.getvalue()


def unpack(document: bytes) -> dict[str, bytes]:
    """The parts of a zipped document by name."""
    with ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
