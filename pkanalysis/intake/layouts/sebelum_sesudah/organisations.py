"""Whose budget a block is: a unit or an OPD, with the code of the head or one made from the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import Block
from pkanalysis.intake.layouts.sebelum_sesudah.heads import Named

_PARENT = re.compile(r"(?i)(?<=\S)\s+(pada\s+)?(dinas|badan|provinsi|kabupaten|kota|pemerintah)\b.*")


@dataclass(frozen=True)
class Organisation:
    """An OPD or unit as the head names it; ``parent`` is the code of the OPD that a unit belongs to."""

    code: str
    name: str
    parent: str = ""


def slug(name: str) -> str:
    """A stable code from a name: capitals and hyphens, without the parent's name.

    Examples
    --------
    >>> slug("UPT Pelatihan Kerja Dinas Tenaga Kerja Provinsi Contoh"), slug("Dinas Kesehatan")
    ('UPT-PELATIHAN-KERJA', 'DINAS-KESEHATAN')
    """
    return re.sub(r"[^A-Z0-9]+", "-", _PARENT.sub("", name).upper()).strip("-")


def organisation(block: Block, blocks: Sequence[Block]) -> Organisation | None:
    """Organisation of ``block``, or of the first block of the file that names one; ``None`` when none does."""
    return next((found for each in (block, *blocks) if (found := _named(each, blocks))), None)


def _named(block: Block, blocks: Sequence[Block]) -> Organisation | None:
    unit, office = block.head.get("unit", Named()), block.head.get("organisasi", Named())
    if unit.name:
        heads = (each.head.get("organisasi", Named()).code for each in (block, *blocks))
        return Organisation(unit.code or slug(unit.name), unit.name, next(filter(None, heads), ""))
    return Organisation(office.code or slug(office.name), office.name) if office.name else None


def rows(file: str, found: Sequence[tuple[Organisation, Block]]) -> tuple[pd.DataFrame, list[Finding]]:
    """``opd`` rows to be completed by hand, with a note for each."""
    first = {organisation.code: (organisation, block) for organisation, block in reversed(found)}
    frame = pd.DataFrame(
        {"kode_opd": item.code, "nama_opd": item.name, "jenis": "lainnya", "kode_induk": item.parent or None,
         "lembar": block.sheet, "baris": block.first_row}
        for item, block in first.values()
    )  # fmt: skip
    rule = "OPD dibuat dari kepala tabel, jenisnya 'lainnya'"
    remedy = "lengkapi singkatan, jenis dan kode resminya di lembar kerja isian"
    notes = [
        Finding("catatan", file, block.sheet, block.label, "", f"{item.code} {item.name}", rule, remedy)
        for item, block in first.values()
    ]
    return frame, notes
