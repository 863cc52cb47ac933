"""A budget stage held against the stages stored: wrong by a factor, or the same stage under another label."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pkanalysis.intake.checks import FAR, MOST_TIMES, common_ratio
from pkanalysis.intake.findings import Finding

KEYS = ["kode_opd", "kode_sub_kegiatan", "kode_rekening"]
LEAST_LINES = 10
"""Lines that a stage must have before its likeness to another one says anything."""
NEARLY = 0.99


def factors(new: pd.DataFrame, old: pd.DataFrame, order: list[str], file: str) -> list[Finding]:
    """Warnings for OPD whose budget is a multiple of that of the nearest stage stored.

    Most lines with one ratio of ten or more are told with that ratio; without such a ratio the totals must be
    :data:`pkanalysis.intake.checks.MOST_TIMES` apart.

    Parameters
    ----------
    new : pandas.DataFrame
        Rows of ``anggaran`` of one year and one stage, of the file at hand.
    old : pandas.DataFrame
        Rows of that year stored before, of other stages and the same OPD.
    order : list of str
        Codes of the stages of the year, in order.
    file : str
        Name of the file at hand.
    """
    stage = str(new["tahap"].iloc[0])
    other = _nearest(stage, list(old["tahap"].unique()), order)
    old = old[old["tahap"].eq(other)]
    totals = _beside(new, old, ["kode_opd"]).dropna().astype(float)
    totals = totals[totals.gt(0).all(axis=1)]
    ratio = totals["new"] / totals["old"]
    far = totals[ratio.ge(FAR) | ratio.le(1 / FAR)]
    if far.empty:
        return []
    one, two = (frame[frame["kode_opd"].isin(far.index)] for frame in (new, old))
    lines = _beside(one, two, KEYS).dropna()
    shared = {str(code): common_ratio(own["new"], own["old"]) for code, own in lines.groupby(level=0)}
    totals_alone = ratio[ratio.ge(MOST_TIMES) | ratio.le(1 / MOST_TIMES)]
    told = far.assign(ratio=far.index.map(shared).astype(float)).fillna({"ratio": totals_alone})
    return list(_factor_findings(new, told.dropna(), f"{stage} dan {other}", file))


def _nearest(stage: str, stored: list[str], order: list[str]) -> str:
    """The stage stored that is nearest in order; of two as near the earlier one."""
    places = {code: place for place, code in enumerate(order)}
    own = places.get(stage, len(order))
    return min(stored, key=lambda code: (abs(places.get(code, len(order)) - own), places.get(code, 0)), default="")


def _factor_findings(new: pd.DataFrame, told: pd.DataFrame, stages: str, file: str) -> Iterator[Finding]:
    """One finding per factor."""
    for times, own in told.groupby(told["ratio"].map(_times), sort=False):
        row = new[new["kode_opd"].isin(own.index)].iloc[0]
        who = own.index[0] if len(own) == 1 else f"{len(own)} OPD"
        one, two = int(own["new"].sum()), int(own["old"].sum())
        rule = f"pagu {who} {times} pagu tahap terdekat ({stages}: {one} dan {two}), seperti bila satuannya salah"
        yield Finding("peringatan", file, _text(row["lembar"]), _line(row["baris"]), "pagu_rp", _text(row["pagu_rp"]),
                      rule, "periksa satuan (ribuan, jutaan) di kedua berkas")  # fmt: skip


def _times(ratio: float) -> str:
    return f"{ratio:.4g} kali" if ratio > 1 else f"1/{1 / ratio:.4g} dari"


def same_stage(new: pd.DataFrame, old: pd.DataFrame, files: pd.DataFrame, file: str) -> list[Finding]:
    """A warning when every line of a stage is that of another stage stored; a note when nearly every one is.

    A small shift inside one total leaves nearly all lines alike too, so that is only noted.

    Parameters
    ----------
    new, old, file
        As for :func:`factors`.
    files : pandas.DataFrame
        Table ``berkas``, for the names of the other files.
    """
    total, offices = new["pagu_rp"].sum(), set(new["kode_opd"].unique())
    findings = []
    for stage, rows in old.groupby("tahap", sort=False):
        if rows["pagu_rp"].sum() != total or set(rows["kode_opd"].unique()) != offices:
            continue
        lines = _beside(new, rows, KEYS)
        alike, count = int(lines["new"].eq(lines["old"]).fillna(False).sum()), len(lines)
        if count >= LEAST_LINES and alike >= NEARLY * count:
            findings.append(_alike(new, str(stage), (alike, count), _names(rows, files), file))
    return findings


def _alike(new: pd.DataFrame, stage: str, lines: tuple[int, int], names: str, file: str) -> Finding:
    own, (alike, count) = new["tahap"].iloc[0], lines
    told = f"semua {count} baris" if alike == count else f"jumlah dan {alike} dari {count} baris"
    rule = f"{told} tahap {own} sama dengan tahap {stage} yang tersimpan dari {names}"
    remedy = f"bila sebenarnya tahap {stage}, impor ulang dengan --tahap {stage}; bila memang tidak berubah, abaikan"
    return Finding("peringatan" if alike == count else "catatan", file, "", "", "", own, rule, remedy)


def _names(rows: pd.DataFrame, files: pd.DataFrame) -> str:
    return ", ".join(files[files["id_berkas"].isin(rows["id_berkas"].unique())]["nama_berkas"]) or "berkas lain"


def _beside(new: pd.DataFrame, old: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Pagu per key in columns ``new`` and ``old``; empty where a side does not have the key."""
    sides = [frame[keys].assign(**{name: frame["pagu_rp"]}) for name, frame in (("new", new), ("old", old))]
    return pd.concat(sides).groupby(keys, dropna=False, sort=False)[["new", "old"]].sum(min_count=1)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _line(row: Any) -> str:
    return "" if pd.isna(row) else f"baris {row}"
