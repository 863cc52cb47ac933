"""Rows of a list of indicators, each with its office, direction and values; and figures that follow from others.

The year follows from its quarters, the achievement from target and realisasi.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any

from pkanalysis.intake import dates
from pkanalysis.intake import values as directions
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.e81.headings import QUARTER_OF
from pkanalysis.intake.layouts.iku.headings import Measure
from pkanalysis.intake.layouts.iku.rows import Body, Row
from pkanalysis.intake.layouts.office import Office
from pkanalysis.intake.values import Value, indicator_code, values
from pkanalysis.vocabulary import POLARITIES, QUARTERS

_COPY = re.compile(r"(?i)\s*\((salinan|copy|kopi|duplikat|ganda)\)")
_COUNTED = re.compile(
    r"(?i)(orang|jiwa|org|kk|keluarga|unit|dokumen|dok|laporan|paket|kegiatan|kasus|kali|buah|kelompok|lembaga|desa"
    r"|kelurahan|sekolah|siswa|pasien|wisatawan|kunjungan|peserta|pelaku usaha|perusahaan|umkm|rp|rupiah)\b.*"
)


@dataclass(frozen=True)
class Reported:
    """One value: as written, as read, in which cell, of which year, period and document.

    ``is_float`` marks a number with decimals that a spreadsheet keeps, as it does of ``90%``.
    """

    measure: Measure
    year: int
    written: str
    value: Value
    place: str
    period: str = "tahunan"
    document: str = "pk"
    is_float: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether the cell holds more than a blank or a dash."""
        return bool(self.written) and not self.value.is_empty

    @property
    def when(self) -> tuple[int, str]:
        """Year and period."""
        return self.year, self.period


@dataclass(frozen=True)
class Item:
    """One row of the list; ``direction`` is as written, ``polarity`` as understood (empty: not understood)."""

    sheet: str
    row: int
    office: Office | None
    name: str
    words: dict[str, str]
    direction: str
    polarity: str
    reported: tuple[Reported, ...]
    is_bare: bool = False

    @property
    def subject(self) -> str:
        """Name without the mark of a copy."""
        return _COPY.sub("", self.name)

    @property
    def code(self) -> str:
        """Invented code of the indicator."""
        return indicator_code(self.office.code if self.office else "", "IKU", self.subject)

    @property
    def unit(self) -> str:
        """Unit of its own column, else the one that stands behind its values."""
        behind = (told.value.unit for told in self.reported if told.measure.kind in ("target", "realisasi"))
        return self.words.get("satuan") or next((unit for unit in behind if unit), "")

    @property
    def scale(self) -> str:
        """``persen``, ``cacah`` for a unit of things that are counted (of which there are no halves), or empty."""
        if self.unit.lower() in ("%", "persen", "persentase"):
            return "persen"
        return "cacah" if _COUNTED.fullmatch(self.unit) else ""

    def of(self, kind: str) -> list[Reported]:
        """Values of one kind, in the order of the columns."""
        return [item for item in self.reported if item.measure.kind == kind]

    def finding(self, file: str, told: Reported, code: str, **values: Any) -> Finding:
        """A finding at the cell of one value."""
        return finding(code, file, self.sheet, told.place, told.measure.title, told.written, **values)


def items(body: Body) -> list[Item]:
    """The rows of one list, each value read with the others of its column.

    A row without a name counts if it holds a unit, a direction or a value all the same, and no signature or remark.
    """
    measures, column = body.heading.measures, body.heading.fields.get("arah")
    read = {told: values([row.cells[told.column] for row in body.rows]) for told in measures}
    written = [str(row.cells[column]).strip() if column is not None else "" for row in body.rows]
    polarities = directions.column(written)
    found = []
    for place, row in enumerate(body.rows):
        reported = tuple(_reported(row, told, read[told][place], body) for told in measures)
        has_figure = any(
            value.number is not None or value.status or (value.letter and not value.doubt)
            for value in (one.value for one in reported)
        )
        name, words = row.words["indikator"], row.words
        if name or has_figure or words.get("satuan") or words.get("arah"):
            at = (body.sheet, row.number, row.office)
            found.append(Item(*at, name, words, written[place], polarities[place], reported, row.is_bare))
    return found


def _reported(row: Row, told: Measure, value: Value, body: Body) -> Reported:
    year, period = told.year or dates.year(row.words.get("tahun", "")) or body.year or 0, told.period
    if period == "tahunan":
        words = row.words.get("periode", "")
        period = dates.period(words) or QUARTER_OF.get(words.lower().strip(" ."), "tahunan")
    if body.quarter and told.kind != "target" and period == "tahunan":
        period = body.quarter
    is_changed = "perubahan" in row.words.get("dokumen", "").lower()
    content, place = row.cells[told.column], cell_name(row.number - 1, told.column)
    is_float = isinstance(content, float)
    written = str(int(content) if isinstance(content, float) and content.is_integer() else content).strip()
    document = told.document or ("pk_perubahan" if is_changed else "pk")
    return Reported(told, year, written, value, place, period, document, is_float)


_TO_DATE = re.compile(r"(?i)\bs\.?\s?/?d\b|sampai")
CAPS = (100.0, 110.0, 120.0, 125.0, 150.0)
NEAR = 1.1
"""Points within which a stated figure and a computed one are the same, however either was rounded."""


def ways(quarters: list[float], total: float) -> list[str]:
    """Every way in which the quarters give the total.

    Examples
    --------
    >>> ways([1, 2, 1, 0], 4), ways([25, 50, 75, 100], 100), ways([4, 4, 4, 4], 4), ways([1, 2, 3, 4], 5)
    (['jumlah'], ['posisi_akhir'], ['posisi_akhir', 'rata_rata'], [])
    """
    given = {"posisi_akhir": quarters[-1], "jumlah": sum(quarters), "rata_rata": sum(quarters) / len(quarters)}
    return [name for name, value in given.items() if math.isclose(value, total, rel_tol=1e-4, abs_tol=1e-6)]


@dataclass(frozen=True)
class _Year:
    """Plain numbers of a year: of the quarters of its first document, of the whole, and how these agree (or empty)."""

    quarters: list[Reported]
    numbers: list[float]
    annual: Reported | None
    way: str


def _years(item: Item, kind: str) -> Iterator[_Year]:
    plain = [one for one in item.of(kind) if one.value.number is not None and one.value.upper is None]
    for year in sorted({told.year for told in item.reported}):
        told = {one.period: one for one in reversed(plain) if one.year == year}
        quarters, annual = [told[quarter] for quarter in QUARTERS if quarter in told], told.get("tahunan")
        numbers = [one.value.number or 0.0 for one in quarters]
        found = ways(numbers, annual.value.number or 0.0) if annual and len(numbers) == len(QUARTERS) else []
        way = "jumlah" if item.scale == "cacah" and "jumlah" in found else next(iter(found), "")
        yield _Year(quarters, numbers, annual, way)


def aggregation(item: Item, otherwise: str = "posisi_akhir") -> str:
    """``jumlah``, ``rata_rata`` or ``posisi_akhir``, as realisasi, or else target, of a year show; else the last."""
    found = (year.way for kind in ("realisasi", "target") for year in _years(item, kind))
    return next(filter(None, found), otherwise)


def cumulated(item: Item) -> dict[str, float]:
    """Target to date per cell of a quarter, where the list gives targets of a quarter each."""
    added = [year for year in _years(item, "target") if year.way == "jumlah"]
    pairs = (
        (told, total) for year in added for told, total in zip(year.quarters, accumulate(year.numbers), strict=True)
    )
    return {told.place: total for told, total in pairs}


def unseen(file: str, kept: list[Item]) -> list[Finding]:
    """One warning per list on the indicators of which no figure shows how their quarters make the year.

    A heading that says "sampai dengan" leaves nothing open.
    """
    opened = []
    for item in kept:
        told = [one for one in item.of("realisasi") if one.measure.period in QUARTERS and one.is_stated]
        if not all(_TO_DATE.search(one.measure.title) for one in told) and not aggregation(item, ""):
            opened.append(item)
    code, sheet = "IKU_CARA_TRIWULAN_TIDAK_TAMPAK", kept[0].sheet if kept else ""
    return [
        finding(code, file, sheet, f"baris {first.row}", banyak=len(opened), indikator=first.name)
        for first in opened[:1]
    ]


def formulas(target: float, actual: float, polarity: str) -> dict[str, float]:
    """Achievement (%) by every formula in use for a direction; none where it is not defined.

    Examples
    --------
    >>> formulas(80, 84, "naik_baik"), formulas(10, 8, "turun_baik")
    ({'R/T': 105.0}, {'(2T-R)/T': 120.0, 'T/R': 125.0})
    >>> formulas(0, 8, "naik_baik")
    {}
    """
    if not target:
        return {}
    if POLARITIES[polarity].sign > 0:
        return {"R/T": 100 * actual / target}
    found = {"(2T-R)/T": 100 * (2 * target - actual) / target}
    return found | ({"T/R": 100 * target / actual} if actual else {})


def _beside(item: Item, told: Reported, kind: str) -> list[float]:
    """The plain numbers of the same year and period, of every document that gives one."""
    others = [(other.when, other.value) for other in item.of(kind)]
    return [
        value.number
        for when, value in others
        if when == told.when and value.number is not None and value.upper is None and not value.doubt
    ]


def printed(item: Item, actual: Reported) -> float | None:
    """The achievement (%) that the list states beside a realisasi; a share such as 0,98 is 98 where it so fits."""
    told = next((one for one in item.of("capaian") if one.when == actual.when), None)
    if told is None or told.value.number is None:
        return None
    number = told.value.number
    pairs = [(aim, real) for aim in _beside(item, told, "target") for real in _beside(item, told, "realisasi")]
    known = [value for pair in pairs for value in formulas(*pair, item.polarity).values()]
    is_share = any(abs(100 * number - value) <= NEAR for value in known)
    is_plain = "%" in told.written or any(abs(number - value) <= NEAR for value in known)
    return 100 * number if is_share and not is_plain else number


def contradicted(file: str, item: Item) -> list[Finding]:
    """Stated achievements that no formula of their direction gives, then years that four quarters agree with in no way.

    Every finding has both figures.
    """
    found, sign = [], POLARITIES[item.polarity].sign
    for told in item.of("capaian") if sign else []:
        targets, actuals = (_beside(item, told, kind) for kind in ("target", "realisasi"))
        if told.value.number is None or len(actuals) != 1:
            continue
        known = [given for target in targets if (given := formulas(target, actuals[0], item.polarity))]
        if not known or any(_is(told, value) for given in known for value in given.values()):
            continue
        own, cap = known[-1], told.value.number
        figures = " atau ".join(f"{value:.2f} ({name})".replace(".", ",") for name, value in own.items())
        turned = next(name for name, polarity in POLARITIES.items() if polarity.sign == -sign)
        opposite = formulas(targets[-1], actuals[0], turned)
        if cap in CAPS and any(value > cap for value in own.values()):
            found.append(item.finding(file, told, "IKU_CAPAIAN_DIBATASI", hitungan=figures, batas=cap))
        elif any(_is(told, value) for value in opposite.values()):
            found.append(item.finding(file, told, "IKU_CAPAIAN_ARAH_SEBALIKNYA", hitungan=figures))
        else:
            found.append(item.finding(file, told, "IKU_CAPAIAN_BERBEDA", hitungan=figures))

    for year in [*_years(item, "realisasi"), *_years(item, "target")]:
        if year.annual and len(year.numbers) == len(QUARTERS) and not year.way:
            added, last = sum(year.numbers), year.numbers[-1]
            total, mean = (f"{value:g}".replace(".", ",") for value in (added, added / len(QUARTERS)))
            say = partial(item.finding, file, year.annual, "IKU_SETAHUN_TIDAK_COCOK")
            found.append(say(jumlah=total, rata_rata=mean, terakhir=last))
    return found


def _is(told: Reported, value: float) -> bool:
    """Whether the stated figure is the value at its own decimals, in per cent or as a fraction."""
    stated = told.value.number or 0.0
    digits = re.search(r"[.,](\d+)\D*$", told.written)
    near = max(min(10.0 ** -len(digits[1]) if digits else 1.0, 1.0), 0.011)
    is_fraction = "%" not in told.written and abs(100 * stated - value) <= 100 * min(near, 0.011)
    return abs(stated - value) <= near or is_fraction
