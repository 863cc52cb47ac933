"""Heads of blocks: rows of ``label : value`` that say whose budget it is, of which year and source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.book import normal, text

LABELS = {
    "unit": ("bidangupt", "upt", "unitkerja", "subunit", "uptd", "unitpelaksana"),
    "organisasi": ("perangkatdaerah", "organisasi", "skpd", "opd", "namaopd", "namaskpd", "unitorganisasi"),
    "bidang": ("bidangurusan", "urusanpemerintahan", "urusan"),
    "program": ("program", "namaprogram"),
    "kegiatan": ("kegiatan", "namakegiatan"),
    "sub_kegiatan": ("subkegiatan", "namasubkegiatan"),
    "tahun": ("tahunanggaran", "tahun"),
    "sumber": ("sumberanggaran", "sumberdana", "sumberpendanaan"),
}
TREE = ("program", "kegiatan", "sub_kegiatan")

_LABEL_OF = {name: kind for kind, names in LABELS.items() for name in names}
_CODED = re.compile(r"\(?\s*([0-9Xx][0-9Xx.]*\.[0-9Xx.]*|\d)\s*\)?[\s:-]+(.*)")


@dataclass(frozen=True)
class Named:
    """A code and a name, as in ``( 3.27.07 ) Program Penyuluhan``; either may be empty."""

    code: str = ""
    name: str = ""


Head = dict[str, Named]


def split_code(words: str) -> Named:
    """Code and name of one cell.

    Examples
    --------
    >>> split_code("( 3.27.07 ) Program Penyuluhan"), split_code("PAD MURNI")
    (Named(code='3.27.07', name='Program Penyuluhan'), Named(code='', name='PAD MURNI'))
    """
    found = _CODED.fullmatch(words)
    return Named(codes.clean(found[1]), found[2].strip()) if found else Named("", words)


def labelled(row: Sequence[Any]) -> tuple[str, Named] | None:
    """Kind (a key of :data:`LABELS`) and value of a ``label : value`` row, or ``None``.

    Examples
    --------
    >>> labelled(["Sub Kegiatan", ":", "3.27.07.1.02.02 Pelaksanaan"])
    ('sub_kegiatan', Named(code='3.27.07.1.02.02', name='Pelaksanaan'))
    """
    words = [text(cell).strip() for cell in row if text(cell).strip(" :")]
    if len(words) == 1 and ":" in words[0]:
        words = [part.strip() for part in words[0].split(":", 1)]
    if len(words) < 2 or not words[1]:
        return None
    kind = _LABEL_OF.get(normal(words[0]))
    return (kind, split_code(words[1].lstrip(": "))) if kind else None


def note(head: Head, kind: str, value: Named) -> None:
    """Put a value into the head; what stands below it in the tree no longer holds."""
    for below in TREE[TREE.index(kind) + 1 :] if kind in TREE else ():
        head.pop(below, None)
    head[kind] = value
