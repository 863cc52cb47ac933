"""Two neighbouring stages: what a file calls before and after, in the words of the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pkanalysis.config import Config, Stage
from pkanalysis.intake.files.sheets import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings.stages import find_stage, mentioned

_SAVED = re.compile(r"(?i)efisiensi|rasionalisasi|inpres")
"""What the shift of Inpres 1/2025 is called besides its name in the configuration."""


@dataclass(frozen=True)
class Neighbours:
    """Codes of the earlier and the later stage (``()`` when they are not known), and what was said about them."""

    codes: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def one_stage(book: Book, config: Config, year: int, named: str, titles: Iterable[str]) -> str | Finding:
    """Code of the stage that the user, the titles above the table or the file name names, or an error."""
    titled = {code for line in titles for code in mentioned(line, config.stages(year))}
    return titled.pop() if not named and len(titled) == 1 else find_stage(book, config, year, named)


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
    code = one_stage(book, config, year, named, titles)
    if isinstance(code, Finding):
        return Neighbours((), [code])
    order = [stage.kode for stage in config.stages(year)]
    if order.index(code) == 0:
        rule = f"kolom SESUDAH dibaca sebagai tahap {code}, sedangkan sebelum {code} tidak ada tahap lain"
        remedy = "beri --tahap dengan tahap kolom SESUDAH"
        return Neighbours((), [Finding("galat", book.name, sheet, "", "", code, rule, remedy)])
    earlier = first or order[order.index(code) - 1]
    rule = f"kolom SEBELUM disimpan sebagai tahap {earlier} dan kolom SESUDAH sebagai tahap {code}"
    note = Finding("catatan", book.name, sheet, "", "", "", rule, "beri --tahap bila kolom SESUDAH tahap lain")
    return Neighbours((earlier, code), [note])
