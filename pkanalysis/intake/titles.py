"""What titles and file names say: which office, which year and which budget stage, and whether the rows agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from pkanalysis.config import Config, Stage
from pkanalysis.intake.book import Book, Rows, text
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.reading import Reading

TITLE_ROWS, TITLE_CELLS = 12, 3
_WORD = re.compile(r"[a-z0-9]+")
PUBLISHERS = ("5.01.", "5.02.")
"""Bidang of the offices that write files about all the others (planning, finance): their name tells less."""


def titles(rows: Rows) -> list[str]:
    """Texts above the first row with more than three cells: titles, before the headings of a table.

    Examples
    --------
    >>> titles([["REKAP PAGU"], ["SKPD", ":", "Dinas Uji"], ["NO", "KODE", "URAIAN", "PAGU"], [1]])
    ['REKAP PAGU', 'SKPD : Dinas Uji']
    """
    found = []
    for row in rows[:TITLE_ROWS]:
        cells = [text(cell) for cell in row if text(cell)]
        if len(cells) > TITLE_CELLS:
            break
        if cells:
            found.append(" ".join(cells))
    return found


def offices(words: str, opd: pd.DataFrame) -> set[str]:
    """Codes of the offices that ``words`` name, by name, abbreviation or code; a name inside a longer one is none.

    Parameters
    ----------
    words : str
        File name without its ending, or a title.
    opd : pandas.DataFrame
        Rows with ``kode_opd``, ``nama_opd`` and ``singkatan``; offices that share an abbreviation are all named.

    Examples
    --------
    >>> opd = pd.DataFrame({"kode_opd": ["1.02.0.00.0.00.01.0000", "1.03.0.00.0.00.01.0000"],
    ...                     "nama_opd": ["Dinas Kesehatan", "Dinas Pekerjaan Umum"], "singkatan": ["DINKES", "PU"]})
    >>> sorted(offices("rekap5_2025_Dinkes_murni", opd)), offices("rekap pu dan dinas", opd)
    (['1.02.0.00.0.00.01.0000'], set())
    """
    flat = f" {_plain(words)} "
    fields = opd[["kode_opd", "nama_opd", "singkatan"]].fillna("")
    forms = {
        (form, row[0]) for row in fields.itertuples(index=False) for form in map(_plain, row)
        if len(form) >= 3 and (not re.fullmatch(r"x?[\d ]+", form) or form.count(" ") >= 4)  # no chance hit
    }  # fmt: skip
    found = {(form, code) for form, code in forms if f" {form} " in flat}
    return {code for form, code in found if not any(f" {form} " in f" {longer} " != f" {form} " for longer, _ in found)}


def _plain(words: str) -> str:
    return re.sub(r" contoh$", "", " ".join(_WORD.findall(words.lower())))


def strangers(file: str, words: str, where: str, inside: set[str], opd: pd.DataFrame) -> list[Finding]:
    """A warning when ``words`` name offices and the rows are also, or only, of others.

    Parameters
    ----------
    file : str
        File name.
    words, where : str
        What was read for names, and what it is ("nama berkas", "judul").
    inside : set of str
        ``kode_opd`` of the rows.
    opd : pandas.DataFrame
        All offices known, with ``kode_induk`` where one is part of another.
    """
    told = offices(words, opd)
    names = opd["nama_opd"].fillna("").map(_plain)
    is_alike = names.isin(set(names[opd["kode_opd"].isin(told)]) - {""}) | opd["kode_induk"].isin(told)
    others = inside - told - set(opd.loc[is_alike, "kode_opd"])  # the same office under another code, and its parts
    if not told or not others:
        return []
    values = {"sumber": where, "nama": _listed(told, opd)}
    if len(inside) == 1:
        if not all("." in code for code in others):  # a code made from a name may be the same office
            return []
        return [finding("OPD_LAIN_DISEBUT", file, value=words, pemilik=_listed(others, opd), **values)]
    values |= {"pemilik": _listed(inside, opd)}
    found = finding("SATU_OPD_DISEBUT", file, value=words, banyaknya=len(inside), **values)
    is_publisher = all(code.removeprefix("X").startswith(PUBLISHERS) for code in told)
    return [replace(found, severity="catatan") if is_publisher else found]


def _listed(codes: set[str], opd: pd.DataFrame, most: int = 3) -> str:
    names = opd[opd["kode_opd"].isin(codes)].drop_duplicates("kode_opd")["nama_opd"].fillna("")
    shown = [name for name in names if name][:most] or sorted(codes)[:most]
    return ", ".join(shown) + (", …" if len(codes) > len(shown) else "")


HEADED = ("rekap_perubahan", "sebelum_sesudah")
"""Layouts whose headings name the stages: what a "rekap perubahan" is called says nothing about them."""


def find_stage(book: Book, config: Config, year: int, named: str, titles: Iterable[str] = ()) -> str | Finding:
    """Code of the stage that the user named, or else the titles above the table, or else the file name.

    Parameters
    ----------
    book : Book
        The file; its name may hold a stage code or stage name.
    config : Config
        Stages of ``year`` are the only ones allowed.
    year : int
        Budget year.
    named : str
        Stage given by the user, or ``""``.
    titles : iterable of str
        Lines above the table.

    Returns
    -------
    str or Finding
        The stage code, or an error finding.
    """
    stages = config.stages(year)
    known: dict[str, Any] = {"tahun": year, "dikenal": ", ".join(stage.kode for stage in stages) or "belum ada"}
    if named:
        codes = {name.lower(): stage.kode for stage in stages for name in (stage.kode, stage.nama)}
        return codes.get(named.lower()) or finding("TAHAP_TAK_DIKENAL", book.name, value=named, **known)
    titled = {code for line in titles for code in mentioned(line, stages)}
    found = list(titled) if len(titled) == 1 else mentioned(book.path.stem, stages)
    if len(found) == 1:
        return found[0]
    code = "TAHAP_DISEBUT_BANYAK" if found else "TAHAP_TIDAK_DISEBUT"
    return finding(code, book.name, value=book.path.stem, **known)


def mentioned(name: str, stages: tuple[Stage, ...]) -> list[str]:
    """Stage codes that a file name or title holds; one inside a longer one that is also there does not count.

    Examples
    --------
    >>> mentioned("Penjabaran Perubahan APBD", (Stage(2025, "murni", "Murni"), Stage(2025, "perubahan", "Perubahan")))
    ['perubahan']
    """
    words, found = f" {' '.join(_WORD.findall(name.lower()))} ", {}
    for stage in stages:
        for form in (" ".join(_WORD.findall(each.lower())) for each in (stage.kode, stage.nama)):
            if form and f" {form} " in words:
                found[form] = stage.kode
    inside = {short for short in found for long in found if short != long and f" {short} " in f" {long} "}
    return sorted({code for form, code in found.items() if form not in inside})


def contradicted(book: Book, config: Config, reading: Reading) -> list[Finding]:
    """Warnings where the file name or a title speaks of another stage, year or office than the rows.

    A title that names one office over rows of several is none when the sections of the sheets name them all.

    Parameters
    ----------
    book : Book
    config : Config
        Stages that may be named.
    reading : Reading
        Conformed tables, and the slices that the file fills.
    """
    slices, tables = reading.slices, reading.tables
    years, chosen = {piece.year for piece in slices}, {piece.stage for piece in slices}
    lines = [(sheet, line) for sheet, rows in book.sheets.items() for line in titles(rows)]
    found = []
    if "anggaran" in tables and reading.layout not in HEADED:
        known = tuple(stage for stage in config.tahap if stage.tahun in years)
        for where, sheet, line in (("nama berkas", "", book.path.stem), *(("judul", *each) for each in lines)):
            if (told := mentioned(line, known)) and not chosen & set(told):
                values = {"sumber": where, "disebut": ", ".join(told), "tahap": ", ".join(sorted(chosen))}
                found.append(finding("TAHAP_LAIN_DISEBUT", book.name, sheet, value=line, **values))

    named = _years(book.path.stem)
    if {"anggaran", "realisasi_anggaran", "rencana_kas"} & set(tables) and named and years and not named & years:
        said, kept = (", ".join(map(str, sorted(filter(None, each)))) for each in (named, years))
        found.append(finding("TAHUN_LAIN_DISEBUT", book.name, value=book.path.stem, disebut=said, tahun=kept))

    inside, opd = {code for piece in slices for code in piece.opd}, tables.get("opd")
    if opd is not None and len(inside) > 1:
        others = [(sheet, each) for sheet, line in lines for each in strangers(book.name, line, "judul", inside, opd)]
        rows = [row for sheet in book.sheets.values() for row in sheet] if others else []
        cells = ([text(cell) for cell in row if text(cell)] for row in rows)
        sections = {code for own in cells if len(own) <= TITLE_CELLS for code in offices(" ".join(own), opd)}
        found += [replace(each, sheet=sheet) for sheet, each in others if not inside <= sections]
    return found


def _years(name: str) -> set[int]:
    """Years in a file name that are no part of a date, with all that a span holds.

    Examples
    --------
    >>> _years("rekap5_2025_murni"), _years("rekap 2026-01-15"), _years("RPJMD 2025-2027"), _years("rekap 15 Jan 2026")
    ({2025}, set(), {2025, 2026, 2027}, set())
    """
    dates = r"20\d\d[-_. ]\d{1,2}[-_. ]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[-_. ](?:\d{1,2}|[A-Za-z]{3,9})[-_. ]20\d\d"
    pairs = re.findall(r"(?<!\d)(20\d\d)(?:\s?[-–]\s?(20\d\d))?(?!\d)", re.sub(dates, "", name))
    return {year for first, last in pairs for year in range(int(first), int(last or first) + 1)}


_SAVED = re.compile(r"(?i)efisiensi|rasionalisasi|inpres")
"""What the shift of Inpres 1/2025 is called besides its name in the configuration."""


@dataclass(frozen=True)
class Neighbours:
    """Codes of the earlier and the later stage (``()`` when they are not known), and what is said about them."""

    codes: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def said(heading: str, stages: tuple[Stage, ...]) -> str:
    """Code of the one stage that a heading names by itself; ``""`` where it speaks of the time before one.

    Examples
    --------
    >>> stages = (Stage(2025, "murni", "APBD Murni"), Stage(2025, "perubahan", "Perubahan APBD"))
    >>> [said(words, stages) for words in ("Pagu Murni", "SETELAH PERUBAHAN", "P-APBD", "Sebelum Perubahan", "Jumlah")]
    ['murni', 'perubahan', 'perubahan', '', '']
    >>> said("Setelah Efisiensi", (*stages, Stage(2025, "pergeseran", "Pergeseran")))
    'pergeseran'
    """
    if re.search(r"(?i)sebelum|semula", heading):
        return ""
    words = re.sub(r"(?i)\bp\W?apbd\b|\bapbd\W?p\b", "perubahan", heading)
    found = mentioned(words, stages)
    if not found and _SAVED.search(words):
        found = [stage.kode for stage in stages if stage.kode == "pergeseran"]
    return found[0] if len(found) == 1 else ""


def neighbours(
    book: Book, config: Config, year: int, named: str, titles: Iterable[str], sheet: str = "", first: str = ""
) -> Neighbours:
    """The later stage from the user, the titles or the file name; the earlier one is the stage before it.

    Parameters
    ----------
    book : Book
    config : Config
        Stages of ``year``, in order.
    year : int
        Budget year.
    named : str
        Later stage given by the user, or ``""``.
    titles : iterable of str
        Lines above the table.
    sheet : str
        Name of the sheet, for the findings.
    first : str
        Earlier stage, where its heading names it.
    """
    code = find_stage(book, config, year, named, titles)
    if isinstance(code, Finding):
        return Neighbours((), [code])
    order = [stage.kode for stage in config.stages(year)]
    if order.index(code) == 0:
        return Neighbours((), [finding("TAHAP_SESUDAH_PERTAMA", book.name, sheet, value=code, tahap=code)])
    earlier = first or order[order.index(code) - 1]
    return Neighbours((earlier, code), [finding("TAHAP_BERTETANGGA", book.name, sheet, sebelum=earlier, sesudah=code)])
