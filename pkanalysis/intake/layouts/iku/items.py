"""Rows of a list of indicators, each with its office, direction and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake import dates
from pkanalysis.intake import values as directions
from pkanalysis.intake.book import cell_name
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.iku.headings import Measure
from pkanalysis.intake.layouts.iku.rows import Body, Row
from pkanalysis.intake.layouts.office import Office
from pkanalysis.intake.values import Value, indicator_code, values

_COPY = re.compile(r"(?i)\s*\((salinan|copy|kopi|duplikat|ganda)\)")
_COUNTED = re.compile(
    r"(?i)(orang|jiwa|org|kk|keluarga|unit|dokumen|dok|laporan|paket|kegiatan|kasus|kali|buah|kelompok|lembaga|desa"
    r"|kelurahan|sekolah|siswa|pasien|wisatawan|kunjungan|peserta|pelaku usaha|perusahaan|umkm|rp|rupiah)\b.*"
)
_BARE_PERIODS = {"i": "TW1", "ii": "TW2", "iii": "TW3", "iv": "TW4", "1": "TW1", "2": "TW2", "3": "TW3", "4": "TW4"}


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
    def is_percent(self) -> bool:
        """Whether the unit is per cent."""
        return self.unit.lower() in ("%", "persen", "persentase")

    @property
    def is_count(self) -> bool:
        """Whether the unit is of things that are counted, of which there are no halves."""
        return bool(_COUNTED.fullmatch(self.unit))

    def of(self, kind: str) -> list[Reported]:
        """Values of one kind, in the order of the columns."""
        return [item for item in self.reported if item.measure.kind == kind]

    def finding(self, file: str, told: Reported, code: str, **values: Any) -> Finding:
        """A finding at the cell of one value."""
        return finding(code, file, self.sheet, told.place, told.measure.title, told.written, **values)


def items(body: Body) -> list[Item]:
    """The rows of one list, each value read with the others of its column."""
    heading = body.heading
    read = {told: values([row.cell(told.column) for row in body.rows]) for told in heading.measures}
    column = heading.fields.get("arah")
    written = [str(row.cell(column)).strip() if column is not None else "" for row in body.rows]
    found = []
    for place, (row, direction, polarity) in enumerate(
        zip(body.rows, written, directions.column(written), strict=True)
    ):
        reported = tuple(_reported(row, told, read[told][place], body) for told in heading.measures)
        if row.words["indikator"] or _has_figure(row, reported):
            name = row.words["indikator"]
            found.append(
                Item(body.sheet, row.number, row.office, name, row.words, direction, polarity, reported, row.is_bare)
            )
    return found


def _reported(row: Row, told: Measure, value: Value, body: Body) -> Reported:
    year, period = told.year or dates.year(row.words.get("tahun", "")) or body.year or 0, told.period
    if period == "tahunan":
        words = row.words.get("periode", "")
        period = dates.period(words) or _BARE_PERIODS.get(words.lower().strip(" ."), "tahunan")
    if body.quarter and told.kind != "target" and period == "tahunan":
        period = body.quarter
    is_changed = "perubahan" in row.words.get("dokumen", "").lower()
    content, place = row.cell(told.column), cell_name(row.number - 1, told.column)
    is_float = isinstance(content, float)
    written = str(int(content) if isinstance(content, float) and content.is_integer() else content).strip()
    document = told.document or ("pk_perubahan" if is_changed else "pk")
    return Reported(told, year, written, value, place, period, document, is_float)


def _has_figure(row: Row, reported: Sequence[Reported]) -> bool:
    """Whether a row without a name holds a value all the same, and no signature or remark."""
    is_filled = any(row.words.get(name) for name in ("satuan", "arah"))
    return is_filled or any(
        told.value.number is not None or told.value.status or (told.value.letter and not told.value.doubt)
        for told in reported
    )
