"""Keys of a list of lines that can be read but are hardly right: short codes, offices with two codes, lost numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pkanalysis import codes
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings.grid import Grid

_REMEDY = "perbaiki kode di berkas asal"


def doubtful(grid: Grid, accounts: Sequence[str], activities: Sequence[str]) -> list[Finding]:
    """Warnings about the keys of the lines of a sheet, each at the first line that has it.

    Parameters
    ----------
    grid : Grid
        The lines, with ``kode_opd`` and ``nama_opd``.
    accounts, activities : sequence of str
        Account and sub kegiatan of each line in their one form.
    """
    short = {code for code in set(accounts) if 0 < len(codes.key(code)) < len(codes.ACCOUNT_WIDTHS)}
    broken = {code for code in set(activities) if code and not _is_activity(code)}
    return [
        *(_first(grid, "kode_rekening", accounts, short, "lebih pendek dari kode rekening di baris lain")
          if len(short) < len(set(accounts)) else []),
        *_first(grid, "kode_sub_kegiatan", activities, broken, "bukan kode sub kegiatan yang utuh"),
        *_renamed(grid),
    ]  # fmt: skip


def _is_activity(code: str) -> bool:
    return len(codes.key(codes.resolve(code, "0.00"))) == len(codes.ACTIVITY_WIDTHS)


def _first(grid: Grid, name: str, written: Sequence[str], wrong: set[str], rule: str) -> list[Finding]:
    """A warning at the first line with one of the ``wrong`` codes, which says how many there are."""
    lines = [line for line, code in enumerate(written) if code in wrong] if wrong else []
    count = f" ({len(lines)} baris)" if len(lines) > 1 else ""
    return [grid.finding("peringatan", line, name, written[line], f"{rule}{count}", _REMEDY) for line in lines[:1]]


def _renamed(grid: Grid) -> list[Finding]:
    """A warning per SKPD that stands under two codes in the sheet, at the first line of the rarer one."""
    offices = Counter(zip(grid.texts("nama_opd"), grid.texts("kode_opd"), strict=True))
    common: dict[str, str] = {}
    findings = []
    for (name, code), _ in offices.most_common():
        if code and name and common.setdefault(name, code) != code:
            line = grid.texts("kode_opd").index(code)
            rule = f"{name} juga ditulis dengan kode {common[name]}; keduanya dibaca sebagai OPD yang berbeda"
            findings.append(grid.finding("peringatan", line, "kode_opd", code, rule, _REMEDY))
    return findings


def numbering(grid: Grid) -> list[Finding]:
    """A finding where the NO of the lines jumps: a warning when few are missing, else a note, as after filtering.

    A list that starts again at 1 is followed; one that was sorted by something else says nothing.
    """
    cells = [(line, cell) for line, cell in enumerate(grid.cells.get("nomor", [])) if cell != ""]
    try:
        numbers = [int(cell) for _, cell in cells]
    except (TypeError, ValueError, OverflowError):
        return []
    pairs = list(pairwise([0, *numbers]))
    jumps = [place for place, (last, own) in enumerate(pairs) if own > last + 1]
    if not jumps or any(own < last and own != 1 for last, own in pairs):
        return []
    missing = sum(pairs[place][1] - pairs[place][0] - 1 for place in jumps)
    last, own = pairs[jumps[0]]
    rule = f"nomor melompat dari {last} ke {own}; {missing} nomor tidak ada di seluruh lembar"
    remedy = "bila daftar ini tidak sengaja disaring, cari barisnya di berkas asal"
    few = missing <= max(3, len(numbers) // 20)
    return [grid.finding("peringatan" if few else "catatan", cells[jumps[0]][0], "nomor", str(own), rule, remedy)]
