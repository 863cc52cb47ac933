"""``index.html``: every OPD with its headline numbers and a link to its report."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pkanalysis.errors import PkError
from pkanalysis.report.formats import ANNEX_FORMATS
from pkanalysis.report.manifest import Entry
from pkanalysis.report.pages import page
from pkanalysis.report.plan import Request, words
from pkanalysis.report.rendering import write
from pkanalysis.show.values import Kind, Value
from pkanalysis.show.words import PERIODS, TRAVEL_STATUSES, stored
from pkanalysis.store import Workspace
from pkanalysis.tables import OPD_KINDS

COLUMNS: tuple[tuple[str, str, Kind, int], ...] = (
    ("n_mencapai", "Mencapai target", "bulat", 0),
    ("n_terukur", "Indikator terukur", "bulat", 0),
    ("n_indikator", "Semua indikator", "bulat", 0),
    ("rata_rata_capaian", "Capaian thd PK berlaku", "persen", 1),
    ("rata_rata_capaian_murni", "Capaian thd PK murni", "persen", 1),
    ("pagu_terakhir_rp", "Pagu terakhir", "rupiah", 0),
    ("realisasi_rp", "Realisasi", "rupiah", 0),
    ("serapan_pct", "Penyerapan", "persen", 1),
    ("perjalanan_persen", "Perjalanan dinas", "persen", 1),
)


@dataclass(frozen=True)
class Row:
    """One OPD: its entry, its kind, typed headline numbers in the order of :data:`COLUMNS`, and the travel verdict."""

    entry: Entry
    kind: str
    values: tuple[Value, ...]
    travel: str


@dataclass(frozen=True)
class Group:
    """The OPDs of one kind."""

    heading: str
    rows: tuple[Row, ...]


def write_index(workspace: Workspace, request: Request, target: Path, entries: Sequence[Entry]) -> Path:
    """Write ``index.html`` over all pages in ``target``."""
    html = page(
        "batch",
        contents=(),
        annex_formats=ANNEX_FORMATS,
        period=f"{PERIODS[request.period]} {request.year}",
        columns=[label for _, label, _, _ in COLUMNS],
        groups=groups(entries, _overview(workspace, request)),
        others=[entry for entry in entries if not entry.kode_opd],
        failed=[entry for entry in entries if entry.is_failed],
        count=Value(sum(bool(entry.kode_opd) for entry in entries), "bulat"),
        **words(workspace, workspace.config.daerah),
    )
    write(target / "index.html", html.encode())
    return target / "index.html"


def groups(entries: Sequence[Entry], overview: pd.DataFrame) -> list[Group]:
    """The OPD pages by kind, each with its numbers; an OPD that is not in the overview has none."""
    numbers = {row["kode_opd"]: row for row in overview.to_dict("records")}
    rows = [_row(entry, numbers.get(entry.kode_opd, {})) for entry in entries if entry.kode_opd]
    of = {kind: tuple(row for row in rows if row.kind == kind) for kind in OPD_KINDS}
    return [Group(stored("jenis_opd", kind), found) for kind, found in of.items() if found]


def _row(entry: Entry, numbers: Mapping[Hashable, Any]) -> Row:
    values = tuple(Value(numbers.get(name), kind, decimals) for name, _, kind, decimals in COLUMNS)
    kind = numbers.get("jenis")
    travel = TRAVEL_STATUSES.get(str(numbers.get("perjalanan_status")), "")
    return Row(entry, kind if kind in OPD_KINDS else "lainnya", values, travel)


def _overview(workspace: Workspace, request: Request) -> pd.DataFrame:
    """The derived numbers of this year and period; none where the workspace has no OPD data."""
    names = ["kode_opd", "jenis", "perjalanan_status", *(name for name, *_ in COLUMNS)]
    try:
        every = workspace.derived("ringkasan_opd")
    except PkError:
        return pd.DataFrame(columns=names)
    return every[every["tahun"].eq(request.year) & every["periode"].eq(request.period)].reindex(columns=names)
