"""Which budget stage a file is about, when the file itself does not say."""

from __future__ import annotations

import re

from pkanalysis.config import Config, Stage
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.sheets import Book


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


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _refusal(book: Book, stages: tuple[Stage, ...], year: int, value: str, reason: str) -> Finding:
    known = ", ".join(stage.kode for stage in stages) or "belum ada"
    remedy = f"beri --tahap dengan salah satu tahap {year} di pkanalysis.toml ({known})"
    return Finding("galat", book.name, "", "", "", value, reason, remedy)
