"""What is planted where: a clean file, what is done to it, and the findings that must come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from damaged.page import Page

Places = str | tuple[str, ...]
Pages = list[Page]
Severity = Literal["galat", "peringatan", "catatan"]


@dataclass(frozen=True)
class Damage:
    """One defect to plant: what it is (Indonesian), how severe it must be found, and what is done to the page.

    ``do`` returns its cell or line, ``""`` for the sheet as a whole; further places are those where it shows as
    well, as in the sums above a damaged line.
    ``sheet`` names the page that is damaged; the first one by default.
    """

    what: str
    severity: Severity
    do: Callable[[Page], Places]
    sheet: str = ""


@dataclass(frozen=True)
class Defect:
    """One planted defect.

    A finding of ``severity`` is due at the first of the ``places``, one of any severity at the others;
    ``sheet`` is empty for a whole file.
    """

    file: str
    sheet: str
    places: tuple[str, ...]
    severity: Severity
    what: str


@dataclass(frozen=True)
class Paper:
    """One file to send: its name, its clean pages, what is done to them, and how they are saved.

    ``is_refused`` marks files whose one finding is about the file and not about a sheet.
    """

    file: str
    make: Callable[[], Pages]
    save: Callable[[Path, Pages], None]
    damages: tuple[Damage, ...] = ()
    is_refused: bool = field(default=False)

    def send(self, folder: Path) -> Iterator[Defect]:
        """Write the file into ``folder`` and name what was planted in it."""
        pages = self.make()
        planted = [self._plant(pages, damage) for damage in self.damages]
        self.save(folder / self.file, pages)
        yield from planted

    def _plant(self, pages: Pages, damage: Damage) -> Defect:
        page = next(page for page in pages if damage.sheet in ("", page.name))
        found = damage.do(page)
        places = found if isinstance(found, tuple) else (found,)
        return Defect(self.file, "" if self.is_refused else page.name, places, damage.severity, damage.what)
