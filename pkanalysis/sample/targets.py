"""Table ``target`` (PK, PK Perubahan, end targets of RPJMD, RPD and Renstra) and table ``perjanjian``.

What the PK Perubahan of 2025 did to the targets, and the reasons given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.catalogue import offices, stream
from pkanalysis.sample.indicators import EQUAL, Measure, Path, catalogue, measures, paths, running
from pkanalysis.sample.outcomes import letter, spread, targeted
from pkanalysis.tables import conform
from pkanalysis.vocabulary import QUARTERS

UNSIGNED = "DPP"
"""Planted: this office has not signed a PK Perubahan."""
SIGNED_TWICE = "DPKP"
"""Planted: this office signed a second PK Perubahan, in October 2025."""
EASED_SHARE, TIGHTENED_SHARE = 0.12, 0.05
"""Planted: share of the 2025 targets that the PK Perubahan made easier, and harder."""
BLANK_REASON_SHARE = 0.3
"""Planted: share of the changed targets without a reason."""
ALWAYS_EASED = ("DINKES-tepat", "SETWAN-mutu")


@cache
def easings() -> dict[str, float]:
    """Changed indicators (``kode``) and how much easier their target became, as a share; negative = harder."""
    plain = [measure.kode for measure in running() if measure.is_plain and measure.id != UNSIGNED]
    free = [code for code in plain if code not in (*EQUAL, *ALWAYS_EASED)]
    draw = stream("perubahan target")
    eased, tightened = (round(len(running()) * share) for share in (EASED_SHARE, TIGHTENED_SHARE))
    order = [*ALWAYS_EASED, *draw.permutation(free).tolist()]
    easier = dict(zip(order, draw.uniform(0.02, 0.06, eased).tolist(), strict=False))
    harder = dict(zip(order[eased:], (-draw.uniform(0.01, 0.03, tightened)).tolist(), strict=False))
    return easier | harder


@dataclass(frozen=True)
class Row:
    """One row of table ``target`` before letters and upper bounds are filled in."""

    kode_indikator: str
    tahun: int
    periode: str
    dokumen: str
    ke: int
    nilai: float


def table() -> pd.DataFrame:
    """Table ``target``.

    Examples
    --------
    >>> sorted(set(table()["dokumen"]))
    ['pk', 'pk_perubahan', 'renstra', 'rpd', 'rpjmd']
    """
    frame = pd.DataFrame([row for code, path in paths().items() for row in _rows(measures()[code], path)])
    code = frame["kode_indikator"]
    is_letter = code.map(catalogue()["satuan"]) == "predikat"
    frame = frame.assign(
        kode_opd=code.map({name: measure.kode_opd for name, measure in measures().items()}),
        nilai_atas=code.map(catalogue()["batas_atas"]),
        nilai_huruf=frame["nilai"].map(letter).where(is_letter),
        nilai=frame["nilai"].mask(is_letter),
    )
    keys = ["kode_indikator", "tahun", "periode"]
    first = frame[frame["dokumen"] == "pk"].set_index(keys)["nilai"]
    was = first.reindex(pd.MultiIndex.from_frame(frame[keys])).to_numpy()
    differs = (frame["dokumen"] == "pk_perubahan") & frame["nilai"].notna() & (frame["nilai"] != was)
    # a PK Perubahan has its reason in every period if it changes the target of its indicator in any
    is_changed = differs.groupby([frame["kode_indikator"], frame["dokumen"], frame["ke"]]).transform("any")
    known = ["efisiensi_anggaran", "efisiensi_anggaran", "perubahan_prioritas", "lainnya"]
    reasons: dict[str, str | None] = {}
    for name, easier in easings().items():
        draw = stream(f"alasan {name}")
        is_blank = draw.random() < BLANK_REASON_SHARE  # the office wrote none
        reasons[name] = None if is_blank else "target_terlampaui" if easier < 0 else str(draw.choice(known))
    return conform("target", frame.assign(alasan_perubahan=code.map(reasons).where(is_changed)))


def _rows(measure: Measure, path: Path) -> Iterator[Row]:
    """PK of every year, its quarters from 2024; PK Perubahan of 2025; end targets of the medium-term plans."""
    for year, value in zip(path.target.index, path.target, strict=True):
        goal = Row(measure.kode, year, "tahunan", "pk", 0, float(value))
        yield goal
        if year >= 2024:
            yield from _quarterly(goal, path)
    if measure.last == 2025 and measure.id != UNSIGNED:
        before = float(path.target.loc[2025])
        eased = round(before * (1 - measure.sign * easings().get(measure.kode, 0.0)), measure.desimal)
        for number in (1, 2) if measure.id == SIGNED_TWICE else (1,):
            goal = Row(measure.kode, 2025, "tahunan", "pk_perubahan", number, eased)
            # TW1 and TW2, already over when it was signed, keep their targets
            yield from (row for row in _quarterly(replace(goal, nilai=before), path) if row.periode in QUARTERS[:2])
            yield from (row for row in _quarterly(goal, path) if row.periode in QUARTERS[2:])
            yield goal
    if measure.first < 2024:
        yield Row(measure.kode, 2023, "tahunan", "rpjmd", 0, float(path.target.loc[2023]))
    plans = [(2026, "rpd"), (2029, "rpjmd")] if measure.tingkat == "iku_kota" else [(2026, "renstra")]
    for year, document in plans if measure.last == 2025 else []:  # carried forward at the indicator's own pace
        ahead = float(path.target.loc[2025]) + (measure.langkah if measure.sign else 0.0) * (year - 2025)
        yield Row(measure.kode, year, "tahunan", document, 0, round(min(ahead, measure.most), measure.desimal))


def _quarterly(goal: Row, path: Path) -> Iterator[Row]:
    """Cumulative targets, on the way to ``goal``, of the quarters in which a measurement is due."""
    measure = measures()[goal.kode_indikator]
    one = spread(measure, path, goal.tahun)
    start = one.before if measure.sign else goal.nilai
    values = targeted(replace(one, value=goal.nilai, before=start))
    for period, value in zip(QUARTERS, values, strict=True):
        if not np.isnan(value):
            yield replace(goal, periode=period, nilai=float(value))


SIGNED = (
    (2024, "pk", 0, dt.date(2024, 1, 15), "murni", None),
    (2025, "pk", 0, dt.date(2025, 1, 15), "murni", None),
    (2025, "pk_perubahan", 1, dt.date(2025, 6, 25), "pergeseran", "efisiensi_anggaran"),
)
SECOND = (2025, "pk_perubahan", 2, dt.date(2025, 10, 20), "perubahan", "perubahan_prioritas")


def agreements() -> pd.DataFrame:
    """Table ``perjanjian``.

    Examples
    --------
    >>> agreements().query("dokumen == 'pk_perubahan' and ke == 1").shape[0]
    41
    """
    columns = ["tahun", "dokumen", "ke", "tanggal_ttd", "tahap_pagu_dasar", "alasan"]
    rows = [
        (office, *signed)
        for office in offices().index
        for signed in (*SIGNED, *([SECOND] if office == SIGNED_TWICE else []))
    ]
    frame = pd.DataFrame(rows, columns=["id", *columns])
    frame = frame[(frame["id"] != UNSIGNED) | (frame["dokumen"] == "pk")]
    new_head = stream("pergantian pejabat").random(len(frame)) < 0.2
    frame["alasan"] = frame["alasan"].mask((frame["ke"] == 1) & new_head, "pergantian_pejabat")
    number = frame["ke"].astype(str) + "/" + frame["id"] + "/" + frame["tahun"].astype(str)
    frame["nomor"] = frame["dokumen"].str.upper() + "/" + number + " (contoh)"
    frame["tanggal_ttd"] = pd.to_datetime(frame["tanggal_ttd"])
    return conform("perjanjian", frame.assign(kode_opd=frame["id"].map(offices()["kode_opd"])).drop(columns="id"))
