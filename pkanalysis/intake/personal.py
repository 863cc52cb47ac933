"""Personal data in free text: what it looks like, masked before it is stored, and told at its cell.

Law 27/2022 (perlindungan data pribadi) covers what identifies a person. A number counts only when its parts
make sense (dates of birth and appointment of a NIP, region and birth of a NIK), so that codes, amounts and
document numbers stay.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd

from pkanalysis.intake.book import Book, cell_name
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.reading import Reading
from pkanalysis.tables import TABLES

_GAP = r"[ .\-]?"
_ALONE = r"(?<!\d)(?<!\d[.,\-])"
_END = r"(?![.,\-]?\d)"
_NIP = re.compile(rf"{_ALONE}((?:19|20)\d\d)(\d\d)(\d\d){_GAP}((?:19|20)\d\d)(\d\d){_GAP}[12]{_GAP}\d{{3}}{_END}")
_NIK = re.compile(rf"{_ALONE}(\d\d)(\d\d)(?:(\d\d){_GAP}|{_GAP}(\d\d))(\d\d)(?:(\d\d){_GAP}|{_GAP}(\d\d))(\d\d)"
                  rf"{_GAP}(\d{{4}}){_END}")  # fmt: skip
_PHONE = re.compile(rf"(?:{_ALONE}(?<!\d/)(?:0|62(?=8\d{{8}}))|\+62[ \-]?)8[1-9]\d(?:[ \-.]?\d){{6,10}}{_END}")
_MAIL = re.compile(r"[\w.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
_KINDS = (("NIP", _NIP), ("NIK", _NIK), ("nomor telepon", _PHONE), ("alamat surel", _MAIL))
_MAYBE = re.compile(r"[@\d](?:(?<=@)|(?:[ .\-]?\d){9})")
"""Whatever the four could be: most texts, and columns as a whole, have none of it, which one search tells."""
_PROVINCES = frozenset({*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82,
                        *range(91, 98)})  # fmt: skip
_PPPK = range(21, 30)
"""What stands for the month of appointment in the number of a PPPK."""


def _is_real(kind: str, found: re.Match[str]) -> bool:
    """Whether the parts of a number make sense; after its label a slip in it makes it no less personal."""
    if kind not in ("NIP", "NIK") or found.string[: found.start()].rstrip(" .:-").upper().endswith(kind):
        return True
    parts = [int(part) for part in found.groups() if part]
    if kind == "NIP":
        year, month, day, appointed, start = parts
        is_held = (1 <= start <= 12 or start in _PPPK) and 15 <= appointed - year <= 65
    else:
        province, region, _, day, month, year, _ = parts
        year, day = 2000 + year, day - 40 if day > 40 else day  # of a woman, 40 is added to the day
        is_held = province in _PROVINCES and 1 <= region <= 79
    try:
        return is_held and date(year, month, day).year >= 1900
    except ValueError:
        return False


def masked(words: str) -> tuple[str, tuple[str, ...]]:
    """``words`` with personal data taken out, and which kinds there were.

    Examples
    --------
    >>> masked("NIP. 19850220 201001 1 001, 0812-0000-0000")
    ('NIP. [NIP dihapus], [nomor telepon dihapus]', ('NIP', 'nomor telepon'))
    >>> masked("SKPD 1.02.0.00.0.00.01.0000, rekening 510204010001, Rp 1.234.567.890.123")[1]
    ()
    """
    kinds = []
    for kind, pattern in _KINDS if _MAYBE.search(words) else ():
        hidden = f"[{kind} dihapus]"
        words, before = pattern.sub(lambda hit: hidden if _is_real(kind, hit) else hit[0], words), words  # noqa: B023
        if words != before:
            kinds.append(kind)
    return words, tuple(kinds)


_NOT_FREE = {"lembar", "singkatan", "satuan", "periode", "tahap", "nilai_huruf", "kelompok", "pelaku", "presisi"}
MOST_CELLS = 100
"""Cells per column that are told one by one."""


def discreet(book: Book, reading: Reading) -> Reading:
    """A reading without personal data in its free text and in what its findings repeat, and a warning for each cell.

    Parameters
    ----------
    book : Book
        The file, to find the cells.
    reading : Reading
        With conformed tables.
    """
    tables = {}
    findings = [replace(item, value=masked(item.value)[0], rule=masked(item.rule)[0]) for item in reading.findings]
    for name, frame in reading.tables.items():
        for column in free_text(name):
            values = frame[column]
            texts = values.dropna().unique().tolist()
            found = {words: masked(words) for words in texts} if _MAYBE.search("\n".join(texts)) else {}
            masks = {words: clean for words, (clean, kinds) in found.items() if kinds}
            if masks:
                findings += _told(book, column, frame[values.isin(masks)])
                frame = frame.assign(**{column: values.map(masks).astype(values.dtype).fillna(values)})
        tables[name] = frame
    return replace(reading, tables=tables, findings=findings)


def free_text(name: str) -> list[str]:
    """Columns of table ``name`` in which people write as they like: no key, code, name or closed list.

    Examples
    --------
    >>> free_text("realisasi"), free_text("anggaran")
    (['sumber', 'bukti'], ['paket'])
    """
    return [
        column.name for column in TABLES[name].columns
        if column.kind == "teks" and not (column.allowed or column.key or column.name in _NOT_FREE)
        and not column.name.startswith(("kode_", "nama_", "id_", "tahap_"))
    ]  # fmt: skip


def _told(book: Book, column: str, hit: pd.DataFrame) -> list[Finding]:
    """A warning for each cell, at the one of its row that holds its words, or at the row."""
    findings = []
    for words, sheet, row in hit.head(MOST_CELLS)[[column, "lembar", "baris"]].itertuples(index=False):
        mask, kinds = masked(words)
        sheet, place = "" if pd.isna(sheet) else sheet, ""
        if not pd.isna(row):
            rows = book.sheets.get(sheet, [])
            cells = [" ".join(str(cell).split()) for cell in rows[int(row) - 1]] if row <= len(rows) else []
            own = " ".join(words.split())
            place = cell_name(int(row) - 1, cells.index(own)) if own in cells else f"baris {int(row)}"
        findings.append(finding("DATA_PRIBADI", book.name, sheet, place, column, mask, jenis=" dan ".join(kinds)))
    if (rest := len(hit) - MOST_CELLS) > 0:
        findings.append(finding("DATA_PRIBADI_LAINNYA", book.name, column=column, banyaknya=rest))
    return findings
