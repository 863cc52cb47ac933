"""Which budget stage a file is about, when the file itself does not say."""

from __future__ import annotations

import re

from pkanalysis.config import Config, Stage
from pkanalysis.intake.files.sheets import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings.named import titles
from pkanalysis.intake.reading import Slice

HEADED = ("rekap_perubahan", "sebelum_sesudah")
"""Layouts whose headings name the stages: what a "rekap perubahan" is called says nothing about them."""


def find_stage(book: Book, config: Config, year: int, named: str) -> str | Finding:
    """Code of the stage that the user named, or that the file name mentions.

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

    Returns
    -------
    str or Finding
        The stage code, or an error finding.
    """
    stages = config.stages(year)
    if named:
        codes = {name.lower(): stage.kode for stage in stages for name in (stage.kode, stage.nama)}
        return codes.get(named.lower()) or _refusal(book, stages, year, named, "tahap itu belum ada")
    found = mentioned(book.path.stem, stages)
    if len(found) == 1:
        return found[0]
    reason = "nama berkas menyebut lebih dari satu tahap" if found else "tahap tidak tertulis di nama berkas"
    return _refusal(book, stages, year, book.path.stem, reason)


def mentioned(name: str, stages: tuple[Stage, ...]) -> list[str]:
    """Stage codes that a file name or title holds; one inside a longer one that is also there does not count.

    Examples
    --------
    >>> mentioned("Penjabaran Perubahan APBD", (Stage(2025, "murni", "Murni"), Stage(2025, "perubahan", "Perubahan")))
    ['perubahan']
    """
    words = f"_{_words(name)}_"
    found = {
        form: stage.kode
        for stage in stages
        for form in (_words(stage.kode), _words(stage.nama))
        if form and f"_{form}_" in words
    }
    inside = {short for short in found for long in found if short != long and f"_{short}_" in f"_{long}_"}
    return sorted({code for form, code in found.items() if form not in inside})


def contradicted(book: Book, config: Config, slices: tuple[Slice, ...]) -> list[Finding]:
    """Warnings where the file name or a title speaks of another stage than the rows are stored under.

    Parameters
    ----------
    book : Book
    config : Config
        Stages that may be named.
    slices : tuple of Slice
        What the file fills with budget lines.
    """
    if not slices:
        return []
    chosen, years = {piece.stage for piece in slices}, {piece.year for piece in slices}
    known = tuple(stage for stage in config.tahap if stage.tahun in years)
    said = [("nama berkas", "", book.path.stem)]
    said += [("judul", sheet, line) for sheet, rows in book.sheets.items() for line in titles(rows)]
    return [
        _other(book, sheet, line, f"{where} menyebut tahap {', '.join(told)}", f"tahap {', '.join(sorted(chosen))}",
               "periksa pilihan --tahap, atau impor ulang dengan tahap yang benar")
        for where, sheet, line in said
        if slices[0].layout not in HEADED and (told := mentioned(line, known)) and not chosen & set(told)
    ]  # fmt: skip


def other_year(book: Book, slices: tuple[Slice, ...]) -> list[Finding]:
    """A warning when the file name speaks of another year than the rows.

    Parameters
    ----------
    book : Book
    slices : tuple of Slice
        What the file fills with budget, spending or cash plan.
    """
    named, years = _years(book.path.stem), {piece.year for piece in slices}
    if not named or not years or named & years:
        return []
    told, kept = (", ".join(map(str, sorted(filter(None, each)))) for each in (named, years))
    return [_other(book, "", book.path.stem, f"nama berkas menyebut tahun {told}", f"tahun {kept}",
                   "periksa apakah berkasnya tertukar")]  # fmt: skip


def _other(book: Book, sheet: str, words: str, told: str, kept: str, remedy: str) -> Finding:
    return Finding("peringatan", book.name, sheet, "", "", words, f"{told}, sedangkan barisnya disimpan sebagai {kept}",
                   remedy)  # fmt: skip


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


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _refusal(book: Book, stages: tuple[Stage, ...], year: int, value: str, reason: str) -> Finding:
    known = ", ".join(stage.kode for stage in stages) or "belum ada"
    remedy = f"beri --tahap dengan salah satu tahap {year} di pkanalysis.toml ({known})"
    return Finding("galat", book.name, "", "", "", value, reason, remedy)
