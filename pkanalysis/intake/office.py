"""Whose form or list it is: the head names the office, and has no code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pkanalysis.intake.published.offices import slug
from pkanalysis.intake.sheets import Rows, text

_LABEL = re.compile(r"(?i)(?:nama\s+)?(?:perangkat daerah|opd|skpd|organisasi|unit kerja)\s*:?\s*(.*)")
_SHORT = re.compile(r"\(([A-Z][A-Za-z0-9]{2,24})\)")


@dataclass(frozen=True)
class Office:
    """Name as the form writes it, and a stable stand-in for its code."""

    name: str

    @property
    def code(self) -> str:
        """The abbreviation in brackets, or the whole name.

        Examples
        --------
        >>> Office("Badan Perencanaan (BAPPEDA)").code, Office("Dinas Uji").code
        ('BAPPEDA', 'DINAS-UJI')
        """
        short = _SHORT.search(self.name)
        return slug(short[1] if short else self.name)


def find_office(rows: Rows) -> Office | None:
    """The office in a cell ``Perangkat Daerah : name`` (or with the name in the next cell), or ``None``.

    Examples
    --------
    >>> find_office([["Formulir E.81"], ["Perangkat Daerah", ":", "Dinas Uji"]])
    Office(name='Dinas Uji')
    """
    for row in rows:
        words = [text(cell) for cell in row if text(cell).strip(" :")]
        for place, cell in enumerate(words):
            if (found := _LABEL.fullmatch(cell)) and (":" in cell or len(words) == 2):
                name = found[1] or next(iter(words[place + 1 :]), "")
                if name.strip(" :"):
                    return Office(name.strip(" :"))
    return None
