"""The setting of a report: whose it is, which period, and which stages and agreements are in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pkanalysis.config import Config, Saving, Stage
from pkanalysis.intake import LAYOUTS
from pkanalysis.periods import end_of, last_month
from pkanalysis.show import words
from pkanalysis.store import Opd, Workspace


@dataclass(frozen=True)
class Setting:
    """What every chapter of a report needs to know; ``code`` is empty for the whole region.

    ``stages`` are the budget stages in force on ``end`` for which there are rows, in order;
    ``missing_stages`` are in force but have no rows here; ``original`` is the code of murni, the year's first.
    """

    code: str
    name: str
    region: str
    is_sample: bool
    year: int
    period: str
    end: dt.date
    stages: tuple[Stage, ...]
    missing_stages: tuple[Stage, ...]
    original: str
    saving: Saving
    scale: str
    cap: float | None
    is_rounded_first: bool
    budget_source: str
    spending_source: str
    status: str
    edition: str

    @property
    def footer(self) -> str:
        """The line at the foot of every page."""
        whose = self.name if self.code else self.region
        return f"{whose} · {self.period_name} {self.year} · {self.edition} · {self.status}"

    @property
    def month(self) -> int:
        """Last month of the period, 1-12."""
        return last_month(self.period)

    @property
    def last_full_year(self) -> int:
        """Last year whose year-end values are within the report."""
        return self.year if self.month == 12 else self.year - 1

    @property
    def first_change(self) -> dt.date | None:
        """Day from which a stage after murni is in force; ``None`` where none is, or where one has no day."""
        later = [stage.berlaku_mulai for stage in (*self.stages, *self.missing_stages) if stage.kode != self.original]
        days = [day for day in later if day]
        return min(days) if days and len(days) == len(later) else None

    @property
    def codes(self) -> list[str]:
        """Codes of :attr:`stages`."""
        return [stage.kode for stage in self.stages]

    @property
    def codes_from_original(self) -> list[str]:
        """:attr:`codes` where murni is among them, else none: nothing can be held against a missing base."""
        return self.codes if self.original in self.codes else []

    @property
    def period_name(self) -> str:
        """For example ``Triwulan III``."""
        return words.PERIODS[self.period]

    @property
    def period_short(self) -> str:
        """For example ``TW III``."""
        return words.SHORT_PERIODS[self.period]

    def first_of(self, amounts: pd.Series) -> int | None:
        """Amount of murni in ``amounts`` by stage code; ``None`` where it has no rows."""
        return int(amounts[self.original]) if self.original in self.codes else None

    def last_of(self, amounts: pd.Series) -> int | None:
        """Amount of the last stage in force in ``amounts`` by stage code; ``None`` without stages."""
        return int(amounts[self.codes[-1]]) if self.stages else None

    def stage_name(self, code: str) -> str:
        """The name of a stage as the configuration gives it."""
        return next((stage.nama for stage in self.stages if stage.kode == code), code)


def setting(opd: Opd, year: int, period: str) -> Setting:
    """Setting of the report of ``opd`` for ``year`` and ``period`` (TW1 ... TW4, tahunan)."""
    return _setting(opd, opd.workspace.config, year, period, opd.code, opd.row["nama_opd"])


def city_setting(workspace: Workspace, year: int, period: str) -> Setting:
    """Setting of the report of the whole region."""
    config = workspace.config
    return _setting(workspace, config, year, period, "", f"Pemerintah {config.daerah}")


def _setting(
    tables: Mapping[str, pd.DataFrame], config: Config, year: int, period: str, code: str, name: str
) -> Setting:
    end, lines = end_of(year, period).date(), tables["anggaran"]
    present = set(lines.loc[lines["tahun"].eq(year), "tahap"])
    in_force = config.stages(year, end)
    return Setting(
        code=code,
        name=name,
        region=config.daerah,
        is_sample=config.is_sample,
        year=year,
        period=period,
        end=end,
        stages=tuple(stage for stage in in_force if stage.kode in present),
        missing_stages=tuple(stage for stage in in_force if stage.kode not in present),
        original=in_force[0].kode if in_force else "",
        saving=config.efisiensi,
        scale=config.capaian.skala,
        cap=config.capaian.batas_atas,
        is_rounded_first=config.capaian.bulatkan_dulu,
        budget_source=_source(tables, ("anggaran",), year),
        spending_source=_source(tables, ("realisasi_anggaran", "rencana_kas"), year),
        status=config.laporan.status,
        edition=config.laporan.edisi,
    )


def _source(tables: Mapping[str, pd.DataFrame], names: tuple[str, ...], year: int) -> str:
    """Titles of the layouts that the rows of these tables came in."""
    layouts = tables["berkas"].set_index("id_berkas")["tata_letak"]
    titles = {layout.name: layout.title for layout in LAYOUTS}
    frames = (tables[name] for name in names)
    files = {file for frame in frames for file in frame.loc[frame["tahun"].eq(year), "id_berkas"]}
    return ", ".join(sorted({titles.get(name, name) for name in layouts.reindex(sorted(files)).dropna()}))
