"""Personal data in free text: what it looks like, masked before it is stored, and told at its cell.

Law 27/2022 (perlindungan data pribadi) covers what identifies a person. A number counts only when its parts
make sense (dates of birth and appointment of a NIP, region and birth of a NIK), so that codes, amounts and
document numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
_MAYBE = re.compile(r"[@\d](?:(?<=@)|(?:[ .\-]?\d){9})")
"""Whatever the four could be: most texts, and columns as a whole, have none of it, which one search tells."""
_PROVINCES = frozenset({*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82,
                        *range(91, 98)})  # fmt: skip
_PPPK = range(21, 30)
"""What stands for the month of appointment in the number of a PPPK."""


def _is_nip(found: re.Match[str]) -> bool:
    year, month, day, appointed, start = map(int, found.groups())
    if _is_labelled(found, "NIP"):
        return True
    is_start = 1 <= start <= 12 or start in _PPPK
    return _is_date(year, month, day) and is_start and 15 <= appointed - year <= 65


def _is_nik(found: re.Match[str]) -> bool:
    province, region, _, day, month, year, _ = (int(part) for part in found.groups() if part)
    is_born = _is_date(2000 + year, month, day - 40 if day > 40 else day)
    return _is_labelled(found, "NIK") or (province in _PROVINCES and 1 <= region <= 79 and is_born)


def _is_labelled(found: re.Match[str], label: str) -> bool:
    """Whether the word stands before the number: then a slip in it makes it no less personal."""
    return found.string[: found.start()].rstrip(" .:-").upper().endswith(label)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year >= 1900
    except ValueError:
        return False


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    ("NIP", _NIP, _is_nip),
    ("NIK", _NIK, _is_nik),
    ("nomor telepon", _PHONE, lambda _: True),
    ("alamat surel", _MAIL, lambda _: True),
)


def masked(words: str) -> tuple[str, tuple[str, ...]]:
    """``words`` with personal data taken out, and which kinds there were.

    Examples
    --------
    >>> masked("NIP. 19850220 201001 1 001, 0812-0000-0000")
    ('NIP. [NIP dihapus], [nomor telepon dihapus]', ('NIP', 'nomor telepon'))
    >>> masked("SKPD 1.02.0.00.0.00.01.0000, rekening 510204010001, Rp 1.234.567.890.123")[1]
    ()
    """
    if not may_hold(words):
        return words, ()
    kinds = []
    for kind, pattern, is_real in _KINDS:
        hidden = f"[{kind} dihapus]"
        words, before = pattern.sub(lambda hit: hidden if is_real(hit) else hit[0], words), words  # noqa: B023
        if words != before:
            kinds.append(kind)
    return words, tuple(kinds)


def may_hold(words: str) -> bool:
    """Whether there is anything that could be personal data: one quick search, for a text or for many joined.

    Examples
    --------
    >>> may_hold("Rapat 12 Maret 2025"), may_hold("Rapat, 0812-0000-0000")
    (False, True)
    """
    return bool(_MAYBE.search(words))


_NOT_FREE = {"lembar", "singkatan", "satuan", "periode", "tahap", "nilai_huruf", "kelompok", "pelaku", "presisi"}
MOST_CELLS = 100

Mask = tuple[str, tuple[str, ...]]
"""A text without personal data, and the kinds it held."""


def discreet(book: Book, reading: Reading) -> Reading:
    """A reading without personal data in its free text and in what its findings repeat, and a warning for each cell.

    Parameters
    ----------
    book : Book
        The file, to find the cells.
    reading : Reading
        With conformed tables.
    """
    cleaned = {name: without(book, name, frame) for name, frame in reading.tables.items()}
    tables = {name: frame for name, (frame, _) in cleaned.items()}
    told = [replace(item, value=masked(item.value)[0], rule=masked(item.rule)[0]) for item in reading.findings]
    found = [item for _, findings in cleaned.values() for item in findings]
    return replace(reading, tables=tables, findings=[*told, *found])


def without(book: Book, name: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """Table ``name`` without personal data in its free text, and a warning for each cell that held some.

    Parameters
    ----------
    book : Book
        The file, to find the cell.
    name : str
        A key of :data:`pkanalysis.tables.TABLES`.
    frame : pandas.DataFrame
        Conformed rows with ``lembar`` and ``baris``.
    """
    findings: list[Finding] = []
    for column in free_text(name):
        values = frame[column]
        texts = values.dropna().unique().tolist()
        found = {words: masked(words) for words in texts} if may_hold("\n".join(texts)) else {}
        masks = {words: mask for words, mask in found.items() if mask[1]}
        if masks:
            findings += _told(book, column, frame[values.isin(masks)], masks)
            clean = values.map(lambda words: masks[words][0] if words in masks else words)  # noqa: B023
            frame = frame.assign(**{column: clean.astype(values.dtype)})
    return frame, findings


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


def _told(book: Book, column: str, hit: pd.DataFrame, masks: Mapping[str, Mask]) -> list[Finding]:
    findings = []
    for words, sheet, row in hit.head(MOST_CELLS)[[column, "lembar", "baris"]].itertuples(index=False):
        mask, kinds = masks[words]
        sheet = "" if pd.isna(sheet) else sheet
        place = "" if pd.isna(row) else _place(book, sheet, int(row), words)
        findings.append(finding("DATA_PRIBADI", book.name, sheet, place, column, mask, jenis=" dan ".join(kinds)))
    if (rest := len(hit) - MOST_CELLS) > 0:
        findings.append(finding("DATA_PRIBADI_LAINNYA", book.name, column=column, banyaknya=rest))
    return findings


def _place(book: Book, sheet: str, row: int, words: str) -> str:
    """The cell of the row that holds ``words``, or the row."""
    cells = book.sheets[sheet][row - 1] if sheet in book.sheets and row <= len(book.sheets[sheet]) else []
    own = " ".join(words.split())
    column = next((place for place, cell in enumerate(cells) if " ".join(str(cell).split()) == own), None)
    return f"baris {row}" if column is None else cell_name(row - 1, column)
