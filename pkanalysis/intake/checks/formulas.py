"""Formulas that were never computed: a workbook written by a script holds them without a value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from pkanalysis.intake.findings import Finding

CHUNK = 2**20
_FORMULA = re.compile(rb"<c r=\"([A-Z]+\d+)\"((?:\s[^>]*)?)><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
_SHEET = re.compile(r'<sheet\b[^>]*\bname="([^"]*)"[^>]*\br:id="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")


def uncomputed(path: Path) -> list[tuple[str, str]]:
    """Sheet and first cell, per sheet of an .xlsx with a formula that has no stored value.

    Such a cell reads as empty, so that a total would silently be smaller. Excel stores every value, and lists
    the formulas that it computed; a file saved by a script has neither until somebody saves it in Excel.

    Parameters
    ----------
    path : pathlib.Path
        A file; anything but an .xlsx has no such cells.
    """
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        if "xl/calcChain.xml" in names or "xl/workbook.xml" not in names:
            return []
        found = ((sheet, _first(package, part)) for sheet, part in _parts(package) if part in names)
        return [(sheet, cell) for sheet, cell in found if cell]


def findings(path: Path, sheets: Iterable[str]) -> list[Finding]:
    """An error per sheet among ``sheets`` with a formula that was never computed."""
    rule = "rumusnya belum dihitung, sehingga angkanya terbaca kosong"
    remedy = "buka berkas ini di Excel, simpan, lalu impor lagi"
    read = set(sheets)
    return [Finding("galat", path.name, sheet, cell, "", "", rule, remedy) for sheet, cell in uncomputed(path)
            if sheet in read]  # fmt: skip


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name of every sheet with the part of the package that holds it."""
    relations = _RELATION.findall(package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace"))
    parts = {_value(words, "Id"): _value(words, "Target") for words in relations}
    for name, key in _SHEET.findall(package.read("xl/workbook.xml").decode("utf-8", "replace")):
        target = parts.get(key, "")
        yield unescape(name), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _value(words: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', words)
    return found[1] if found else ""


def _first(package: zipfile.ZipFile, part: str) -> str:
    """First cell of a sheet with a formula and no value; sheets without any formula are only looked through."""
    with package.open(part) as sheet:
        tail = b""
        while chunk := sheet.read(CHUNK):
            if b"<f" in tail + chunk:
                break
            tail = chunk[-1:]
        else:
            return ""
    matches = _FORMULA.finditer(package.read(part))
    return next((found[1].decode() for found in matches if b't="str"' not in found[2]), "")
