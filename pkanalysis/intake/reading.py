"""What a reader gives back: tidy rows, findings, and the slice of the tables that the file fills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings import Field
from pkanalysis.vocabulary import LAYOUTS


@dataclass(frozen=True)
class Slice:
    """The part of the tables that a file fills; a corrected file replaces exactly this part.

    ``stage`` is the budget stage for budgets, the period for workbooks, empty otherwise.
    ``activities`` narrows it to those sub kegiatan, for documents that hold no more (DPA).
    ``since`` is the first month that cumulative figures cover; 0 for figures of a month each.
    """

    layout: str
    year: int | None
    stage: str
    opd: tuple[str, ...]
    activities: tuple[str, ...] = ()
    since: int = 0


@dataclass(frozen=True)
class Reading:
    """Rows per table name (conformed, without ``id_berkas``), findings, and the slice(s) filled.

    A file that fills several stages (before/after workbooks) has one slice per stage.
    """

    layout: str
    reason: str
    tables: dict[str, pd.DataFrame]
    findings: list[Finding] = field(default_factory=list)
    slices: tuple[Slice, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any finding keeps the file out."""
        return any(finding.severity == "galat" for finding in self.findings)


@dataclass(frozen=True)
class Layout:
    """One layout that files come in.

    ``recognise`` returns the reason (Indonesian) why the book has this layout, or ``None``;
    ``looked_for`` says in Indonesian what it looks for, for the sentence of a refusal;
    ``read`` takes the book, the configuration and the stage that the user named (or ``""``);
    ``fields`` are the columns by their headings, for saying which are missing and which may be mapped.
    """

    name: str
    looked_for: str
    recognise: Callable[[Book], str | None]
    read: Callable[[Book, Config, str], Reading]
    fields: tuple[Field, ...] = ()

    @property
    def title(self) -> str:
        """What the layout is called in sentences and sources."""
        return LAYOUTS[self.name]
