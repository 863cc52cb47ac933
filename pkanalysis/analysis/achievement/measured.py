"""What was measured and promised to the end of a period: values of the quarters, targets of each PK.

Values of indicators over years, to see before anyone speaks of a trend.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import percent
from pkanalysis.vocabulary import WAITING, due_quarters, known, quarters_to

NOT_DUE = ["belum_jadwal", "tidak_berlaku"]
"""Statuses that take a quarter out of the sum or mean."""
_SAME_PERIOD = {"TW4": "tahunan", "tahunan": "TW4"}


def pk_targets(
    targets: pd.DataFrame, unsigned: pd.DataFrame, schedules: pd.Series, year: int, period: str
) -> pd.DataFrame:
    """Targets of PK murni and of the latest PK Perubahan to the end of ``period``, per indicator.

    Parameters
    ----------
    targets : DataFrame
        Table ``target``.
    unsigned : DataFrame
        Rows of ``perjanjian`` not signed by the end of the period; their targets are not used.
    schedules : Series
        ``jadwal_ukur`` by ``kode_indikator``. Where no target stands for the period itself, the
        one of the last quarter that was due is taken.
    year, period
        See :func:`pkanalysis.analysis.achievement.scorecard.scorecard`.

    Returns
    -------
    DataFrame
        By ``kode_indikator``: ``target_murni``, ``target_perubahan`` (+ ``_atas``, ``_huruf``),
        ``ke`` (0 = PK murni is used), ``is_tanpa_periode`` (a later PK Perubahan has no target for this
        period) and ``alasan_perubahan``.
    """
    document = ["kode_opd", "dokumen", "ke"]
    rows = targets[targets["tahun"].eq(year) & targets["dokumen"].isin(("pk", "pk_perubahan"))]
    rows = rows[~rows.set_index(document).index.isin(unsigned.set_index(document).index)]
    chosen = _of_period(rows, schedules, period)
    latest = chosen[chosen["ke"].eq(chosen.groupby(["kode_indikator", "dokumen"])["ke"].transform("max"))]
    number = rows.groupby("kode_indikator")["ke"].max()
    used = latest.groupby("kode_indikator")["ke"].max().reindex(number.index, fill_value=0)
    revised = rows[rows["dokumen"].eq("pk_perubahan")]
    last = revised[revised["ke"].eq(revised.groupby("kode_indikator")["ke"].transform("max"))]
    parts = [_named(latest, "pk", "murni"), _named(latest, "pk_perubahan", "perubahan")]
    found = pd.concat(parts, axis=1).reindex(schedules.index)
    return found.assign(
        ke=used.reindex(schedules.index, fill_value=0),
        is_tanpa_periode=number.gt(used).reindex(schedules.index, fill_value=False) & found["target_murni"].notna(),
        alasan_perubahan=last.groupby("kode_indikator")["alasan_perubahan"].first(),  # in any of its periods
    )


def values_to(actuals: pd.DataFrame, cards: pd.DataFrame, year: int, period: str) -> pd.DataFrame:
    """Value to the end of ``period`` by the indicator's aggregation, with its status and source.

    A quarter counts when a measurement was due in it (``jadwal_ukur``) or a value is there. A sum
    or mean that lacks a due quarter stays missing (``is_sebagian``).

    Parameters
    ----------
    actuals : DataFrame
        Table ``realisasi``.
    cards : DataFrame
        Rows of ``indikator`` by ``kode_indikator``.
    """
    rows = actuals[actuals["tahun"].eq(year)]
    quarters = list(quarters_to(period))
    wide = {}
    for name in ("nilai", "nilai_huruf", "status", "sumber", "tanggal_data"):
        pivoted = rows.pivot(index="kode_indikator", columns="periode", values=name)
        wide[name] = pivoted.reindex(index=cards.index, columns=quarters).astype(rows[name].dtype)
    has_value = (wide["nilai"].notna() | wide["nilai_huruf"].notna()).to_numpy()
    due = np.array(
        [[quarter in due_quarters(plan) for quarter in quarters] for plan in cards["jadwal_ukur"]], dtype=bool
    )
    counts = (due.reshape(has_value.shape) & ~wide["status"].isin(NOT_DUE).to_numpy()) | has_value
    last = np.where(counts.any(axis=1), counts.shape[1] - 1 - counts[:, ::-1].argmax(axis=1), -1)
    cells = {name: zip(frame.to_numpy(dtype=object), last, strict=True) for name, frame in wide.items()}
    at_last = {name: [row[place] if place >= 0 else None for row, place in own] for name, own in cells.items()}
    result = pd.DataFrame(at_last, index=cards.index, dtype=object)
    values = wide["nilai"].to_numpy("float64", na_value=np.nan)
    result["nilai"] = aggregated(values, counts, cards["agregasi"].to_numpy())
    return _finished(result, wide["status"], last, has_value).pipe(_with_annual, rows, period)


def _of_period(rows: pd.DataFrame, schedules: pd.Series, period: str) -> pd.DataFrame:
    due = {plan: [q for q in quarters_to(period) if q in due_quarters(plan)] for plan in schedules.unique()}
    fallback = rows["kode_indikator"].map(schedules.map(lambda plan: due[plan][-1] if due[plan] else ""))
    rank = pd.Series(3, index=rows.index)
    rank = rank.mask(rows["periode"].eq(fallback), 2).mask(rows["periode"].eq(_SAME_PERIOD.get(period, "")), 1)
    rank = rank.mask(rows["periode"].eq(period), 0)
    ordered = rows.assign(rank=rank).query("rank < 3").sort_values("rank", kind="stable")
    return ordered.drop_duplicates(["kode_indikator", "dokumen", "ke"])


def _named(rows: pd.DataFrame, document: str, name: str) -> pd.DataFrame:
    own = rows[rows["dokumen"].eq(document)].set_index("kode_indikator")[["nilai", "nilai_atas", "nilai_huruf"]]
    return own.set_axis([f"target_{name}", f"target_{name}_atas", f"target_{name}_huruf"], axis=1)


def aggregated(values: np.ndarray, counts: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Sum, mean or last value of each row over the quarters that count; missing if one of them is.

    Parameters
    ----------
    values, counts : ndarray of shape (n, quarters)
        Values, and which quarters count.
    kinds : ndarray of shape (n,)
        ``jumlah``, ``rata_rata``, ``posisi_akhir`` or ``kumulatif`` (the last quarter that counts).
    """
    known("agregasi", kinds[pd.notna(kinds)])
    if not counts.shape[1]:
        return np.full(len(values), np.nan)
    needed = np.where(counts, values, 0.0)
    total, number = needed.sum(axis=1), counts.sum(axis=1)
    last = counts.shape[1] - 1 - counts[:, ::-1].argmax(axis=1)
    final = np.take_along_axis(values, last[:, None], axis=1)[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.select([kinds == "jumlah", kinds == "rata_rata"], [total, total / number], default=final)
    return np.where(number > 0, value, np.nan)


def _finished(result: pd.DataFrame, statuses: pd.DataFrame, last: np.ndarray, has_value: np.ndarray) -> pd.DataFrame:
    spoken = statuses.ffill(axis=1).iloc[:, -1]
    nothing_due = pd.Series(last < 0, index=result.index)
    status = result["status"].where(~nothing_due, spoken.fillna("belum_jadwal")).astype("str")
    is_waiting = status.isin(WAITING)
    return pd.DataFrame({
        "realisasi": pd.to_numeric(result["nilai"]).mask(is_waiting),
        "realisasi_huruf": result["nilai_huruf"].mask(is_waiting).astype("str"),
        "status": status,
        "sumber": result["sumber"].astype("str"),
        "tanggal_data": pd.to_datetime(result["tanggal_data"]).astype("datetime64[us]"),
        "is_sebagian": has_value.any(axis=1),
    })  # fmt: skip


def _with_annual(result: pd.DataFrame, rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """At the end of the year an annual figure stands for the quarters that were not reported."""
    if period not in _SAME_PERIOD:
        return result
    annual = rows[rows["periode"].eq("tahunan")].set_index("kode_indikator")
    annual = annual.rename(columns={"nilai": "realisasi", "nilai_huruf": "realisasi_huruf"})
    annual = annual[["realisasi", "realisasi_huruf", "status", "sumber", "tanggal_data"]].reindex(result.index)
    has_annual = annual["status"].notna() & (
        result["realisasi"].isna() & result["realisasi_huruf"].isna() | (period == "tahunan")
    )
    for name in annual:
        result[name] = result[name].mask(has_annual, annual[name])
    return result


def history(tables: Mapping[str, pd.DataFrame], cards: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Year-end value and PK target of the indicators in ``cards``, one row per indicator and year.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``target`` and ``realisasi``.
    cards : DataFrame
        Rows with ``kode_indikator``, ``agregasi``, ``jadwal_ukur`` and ``berlaku_dari`` (a scorecard).
    years : list of int

    Returns
    -------
    DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``, ``realisasi_huruf``, ``target`` and ``target_atas`` (upper bound
        of a range) of the last PK of that year. Years before ``berlaku_dari`` are left out: another definition is
        another series.
    """
    indexed = cards.set_index("kode_indikator")
    nobody = pd.DataFrame(columns=["kode_opd", "dokumen", "ke"])
    parts = []
    for year in years:
        targets = pk_targets(tables["target"], nobody, indexed["jadwal_ukur"], year, "tahunan")
        values = values_to(tables["realisasi"], indexed, year, "tahunan")[["realisasi", "realisasi_huruf"]]
        first, last = (targets[[f"target_{name}", f"target_{name}_atas"]] for name in ("murni", "perubahan"))
        aims = last.where(targets["ke"].gt(0), first.set_axis(last.columns, axis=1))
        parts.append(values.join(aims.set_axis(["target", "target_atas"], axis=1)).assign(tahun=year))
    rows = pd.concat(parts).reset_index()
    since = rows["kode_indikator"].map(indexed["berlaku_dari"]).fillna(0)
    return rows[rows["tahun"].ge(since)].sort_values(["kode_indikator", "tahun"], kind="stable").reset_index(drop=True)


def achieved_by_year(series: pd.DataFrame, cards: pd.DataFrame) -> pd.DataFrame:
    """Year-end achievement in per cent, uncapped, against the last PK of each year: indicators by years.

    Parameters
    ----------
    series : DataFrame
        Result of :func:`history`.
    cards : DataFrame
        Rows with ``kode_indikator``, ``polaritas`` and ``rumus`` (missing = deviasi).

    Examples
    --------
    >>> series = pd.DataFrame({"kode_indikator": ["i"], "tahun": [2024], "realisasi": [90.0], "target": [80.0],
    ...                        "target_atas": [None]})
    >>> cards = pd.DataFrame({"kode_indikator": ["i"], "polaritas": ["naik_baik"], "rumus": [None]})
    >>> achieved_by_year(series, cards).loc["i", 2024].item()
    112.5
    """
    rows = series.merge(cards[["kode_indikator", "polaritas", "rumus"]], on="kode_indikator")
    formula = rows["rumus"].astype("object").fillna("deviasi")
    done = percent(rows["realisasi"], rows["target"], rows["polaritas"], rows["target_atas"], formula)
    return rows.assign(capaian=done).pivot(index="kode_indikator", columns="tahun", values="capaian")
