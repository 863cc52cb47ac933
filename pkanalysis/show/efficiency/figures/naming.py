"""What the figures of budget efficiency share: short names, a unit that fits, and a block around the drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Figure, Note, Phrase
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

ROW = 0.175
"""Height of one line of a tall figure in inches: 42 OPD and the head fill one A4 page."""
LONGEST = 22
"""Signs of a name that stand beside a bar on a 390 px screen."""
SPOKEN = 16
"""Values that the words for a figure name; nobody listens to hundreds of them."""


@dataclass(frozen=True)
class Unit:
    """The unit of an axis: its name, and the rupiah that one of it is."""

    name: str
    rupiah: int

    def value(self, raw: float) -> Value:
        """An amount in this unit with one decimal."""
        return Value(float(raw) / self.rupiah, "angka", 1)


def unit_of(amounts: Iterable[float]) -> Unit:
    """Miliar where an amount reaches it, else juta.

    Examples
    --------
    >>> unit_of([2_500_000_000, 7]).name, unit_of([-400_000_000]).name, unit_of([]).name
    ('miliar rupiah', 'juta rupiah', 'juta rupiah')
    """
    largest = max((abs(amount) for amount in amounts), default=0)
    return Unit("miliar rupiah", 10**9) if largest >= 10**9 else Unit("juta rupiah", 10**6)


def short_names(offices: pd.DataFrame) -> dict[str, str]:
    """Abbreviation of each OPD by its code; two that share one go by their names.

    Parameters
    ----------
    offices : DataFrame
        Table ``opd``.

    Examples
    --------
    >>> short_names(pd.DataFrame({"kode_opd": ["1", "2"], "singkatan": ["DKP", "DKP"], "nama_opd": ["A", "B"]}))
    {'1': 'A', '2': 'B'}
    """
    short, full = offices["singkatan"].replace("", None), offices["nama_opd"]
    names = short.mask(short.duplicated(keep=False)).fillna(full)
    return dict(zip(offices["kode_opd"], words.distinct(names, offices["kode_opd"]), strict=True))


def clipped(name: str) -> str:
    """A name that fits beside a bar.

    Examples
    --------
    >>> clipped("DINKES"), clipped("Dinas Pekerjaan Umum dan Penataan Ruang")
    ('DINKES', 'Dinas Pekerjaan Umum …')
    """
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def named(codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """The names of codes; a code that has none stands for itself."""
    return [names.get(code, code) for code in codes]


def figure(setting: Setting, name: str, caption: str, values: dict[str, Value], svg: str, **block: Any) -> Figure:
    """A figure block; the words for it name its first values, those that say the finding."""
    named = [f"{label} {value}" for label, value in values.items()]
    rest = ["nilai lainnya pada tabel di bagian ini dan pada XLSX"] if len(named) > SPOKEN else []
    alt = "; ".join([*named[:SPOKEN], *rest])
    return Figure(name, caption, setting.is_sample, svg=svg, values=values, alt=alt, **block)


def sentence(setting: Setting, name: str, text: str) -> Note:
    """The block in the place of a figure that has nothing to show."""
    return Note(name, "", setting.is_sample, items=(Phrase(text),))
