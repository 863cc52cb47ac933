"""What there is of one indicator: comparable points in order of year, the year so far, targets that lie ahead."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement import annual
from pkanalysis.analysis.achievement.formulas import Floats, as_input, figure, percent
from pkanalysis.analysis.claims import Level, Refusal, refusal, worded
from pkanalysis.vocabulary import GROWING, QUARTERS


@dataclass(frozen=True)
class Points:
    """Comparable points: ``years`` ascending, ``values`` in the indicator's unit, both of shape (n,).

    ``refusals`` holds ``DEFINISI_BERUBAH`` where earlier points were set aside.
    """

    years: Floats
    values: Floats
    refusals: tuple[Refusal, ...] = ()

    @property
    def n(self) -> int:
        """Number of comparable points."""
        return len(self.years)

    @property
    def span(self) -> str:
        """First and last year, ``2019–2025``."""
        return f"{self.years[0]:.0f}–{self.years[-1]:.0f}"


def comparable(years: Any, values: Any, breaks: Collection[float] = ()) -> Points:
    """Points in order of year, without missing ones, since the last break.

    Parameters
    ----------
    years, values : sequence of float, same length
        Missing values (``None``, ``NaN``, ``"-"``) are left out: missing is not zero.
    breaks : collection of int
        Years from which another definition or unit holds. The series restarts there.

    Raises
    ------
    ValueError
        Unequal lengths, or two values for one year.

    Examples
    --------
    >>> points = comparable([2023, 2021, 2022, 2024], [70, 60, None, 71], breaks=[2023])
    >>> points.years.tolist(), points.refusals[0].code
    ([2023.0, 2024.0], 'DEFINISI_BERUBAH')
    """
    when, what = as_input(years)[0], as_input(values)[0]
    if when.shape != what.shape:
        raise ValueError(f"tahun ada {when.size}, nilai ada {what.size}; keduanya harus sama banyak")
    is_there = np.isfinite(when) & np.isfinite(what)
    order = np.argsort(when[is_there], kind="stable")
    when, what = when[is_there][order], what[is_there][order]
    if len(twice := when[1:][when[1:] == when[:-1]]):
        raise ValueError(f"tahun {twice[0]:.0f} mempunyai lebih dari satu nilai; pilih satu")
    started = [float(year) for year in as_input(list(breaks))[0] if (when >= year).any()]
    is_current = when >= max(started, default=-np.inf)
    refusals = () if is_current.all() else (refusal("DEFINISI_BERUBAH"),)
    return Points(when[is_current], what[is_current], refusals)


def breaks_of(years: Sequence[float], definitions: Sequence[Any]) -> list[float]:
    """Years in which the definition (or unit) differs from the year before; unstated ones are skipped.

    Examples
    --------
    >>> breaks_of([2021, 2022, 2023, 2024], ["lama", "lama", None, "baru"])
    [2024]
    """
    stated = sorted((year, text) for year, text in zip(years, definitions, strict=True) if not pd.isna(text))
    return [year for (_, before), (year, text) in pairwise(stated) if text != before]


@dataclass(frozen=True)
class YearToDate:
    """Figures to the end of ``period`` (empty when no quarter is there), in the indicator's unit.

    ``last_year`` to the same quarter; ``difference`` = value - last_year; ``share_last_year`` (0-1): how much of
    last year's end had been reached by then (only sums and cumulative values). ``achievement`` (%) against the
    target to the same quarter. ``annual`` is missing until all quarters are in: a part of a year is never
    stretched to a year.
    """

    period: str
    value: float
    last_year: float
    difference: float
    share_last_year: float
    achievement: float
    annual: float
    claim: Level
    refusals: tuple[Refusal, ...]
    sentence: str


def year_to_date(
    quarters: Any, last_year: Any, aggregation: str, polarity: str, target_to_date: float | None = None
) -> YearToDate:
    """The year so far against last year's profile and the target to the same quarter.

    Parameters
    ----------
    quarters, last_year : sequence of four floats
        As in :func:`pkanalysis.achievement.annual`; missing quarters are ``None`` or ``NaN``.
    aggregation : {"jumlah", "rata_rata", "posisi_akhir", "kumulatif"}
    polarity : {"naik_baik", "turun_baik", "rentang"}
    target_to_date : float, optional
        Target to the end of the last quarter that is there.

    Examples
    --------
    >>> found = year_to_date([10, 15, 20, None], [12, 14, 18, 20], "jumlah", "naik_baik", target_to_date=40)
    >>> found.value, found.last_year, found.achievement, found.annual, found.refusals[0].code
    (45.0, 44.0, 112.5, nan, 'TRIWULAN_TIDAK_LENGKAP')
    >>> found.sentence
    'Sampai TW3: 45 (112,5% dari target sampai TW3); sampai triwulan yang sama tahun lalu 44.'
    """
    now, before = (as_input(list(given))[0] for given in (quarters, last_year))
    for given in (now, before):
        if len(given) != len(QUARTERS):
            raise ValueError(f"triwulan harus empat (yang belum ada: kosong); yang diberikan {len(given)}")
    count, nan = int(np.flatnonzero(~np.isnan(now)).max(initial=-1)) + 1, float("nan")
    value, past = (annual(year[:count], aggregation) if count else nan for year in (now, before))
    end = annual(before, aggregation)
    reached = percent(value, target_to_date, polarity) if target_to_date is not None else nan
    whole = annual(now, aggregation) if not np.isnan(now).any() else nan
    period = QUARTERS[count - 1] if count else ""
    code = "" if np.isfinite(whole + value) else "TRIWULAN_TIDAK_LENGKAP" if count else "REALISASI_KOSONG"
    return YearToDate(
        period=period,
        value=value,
        last_year=past,
        difference=value - past,
        share_last_year=past / end if aggregation in GROWING and end > 0 else nan,
        achievement=reached,
        annual=whole,
        claim="L1" if np.isfinite(value) else "L0",
        refusals=(refusal(code),) if code else (),
        sentence=_to_date(period, value, past, reached),
    )


def _to_date(period: str, value: float, past: float, reached: float) -> str:
    """The year so far in words."""
    if not period or np.isnan(value):
        return worded("BERJALAN_BOLONG" if period else "BERJALAN_KOSONG", triwulan=period)
    has_target, has_past = np.isfinite(reached), np.isfinite(past)
    aim = worded("BERJALAN_TARGET", persen=figure(reached, 1), triwulan=period) if has_target else ""
    before = worded("BERJALAN_TAHUN_LALU", nilai=figure(past)) if has_past else ""
    return worded("BERJALAN", triwulan=period, nilai=figure(value), target=aim, tahun_lalu=before)


MEDIUM = ("rpd", "renstra", "rpjmd")
"""Documents of several years, the one that is taken first where two speak of the same year."""
KEY = "kode_indikator"


def medium_targets(targets: pd.DataFrame, year: int, is_every: bool = False) -> pd.DataFrame:
    """The nearest medium-term target of each indicator in ``year`` or later, or that of every document.

    Parameters
    ----------
    targets : DataFrame
        Table ``target``.
    year : int
    is_every : bool
        The last year of each document (RPD, Renstra, RPJMD) instead of the nearest target only.

    Returns
    -------
    DataFrame
        ``kode_indikator``, ``dokumen``, ``tahun_target``, ``target``, ``target_atas``, ``target_huruf``.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_indikator": "a", "dokumen": ["rpjmd", "rpd"], "tahun": [2029, 2026], "ke": 0,
    ...     "periode": "tahunan", "nilai": [90.0, 85.0], "nilai_atas": None, "nilai_huruf": None})
    >>> medium_targets(rows, 2025)[["dokumen", "tahun_target", "target"]].to_numpy().tolist()
    [['rpd', 2026, 85.0]]
    >>> medium_targets(rows, 2025, is_every=True)["dokumen"].tolist()
    ['rpd', 'rpjmd']
    """
    rows = targets[targets["dokumen"].isin(MEDIUM) & targets["tahun"].ge(year) & targets["periode"].eq("tahunan")]
    rows = rows.assign(urutan=rows["dokumen"].map(MEDIUM.index)).sort_values(["tahun", "urutan", "ke"], kind="stable")
    named = {"tahun": "tahun_target", "nilai": "target", "nilai_atas": "target_atas", "nilai_huruf": "target_huruf"}
    chosen = rows.drop_duplicates([KEY, "dokumen"], keep="last") if is_every else rows.drop_duplicates(KEY)
    return chosen.rename(columns=named)[[KEY, "dokumen", *named.values()]].reset_index(drop=True)


def agreed_targets(card: pd.DataFrame, year: int) -> pd.DataFrame:
    """The targets of the PK in force for the whole of ``year``, in the form of :func:`medium_targets`."""
    is_revised = card["ke"].gt(0)
    parts = {
        f"target{part}": card[f"target_perubahan{part}"].where(is_revised, card[f"target_murni{part}"])
        for part in ("", "_atas", "_huruf")
    }
    rows = card[[KEY]].assign(dokumen=is_revised.map({True: "pk_perubahan", False: "pk"}), tahun_target=year, **parts)
    return rows[rows["target"].notna() | rows["target_huruf"].notna()].reset_index(drop=True)


def ahead(agreed: pd.DataFrame, medium: pd.DataFrame, after: int) -> pd.DataFrame:
    """The targets of a PK and of the medium term whose year lies after the last measured one.

    Examples
    --------
    >>> one = pd.DataFrame({"kode_indikator": ["a"], "tahun_target": [2025]})
    >>> ahead(one, one.assign(tahun_target=2026), 2025)["tahun_target"].tolist()
    [2026]
    """
    rows = pd.concat([part for part in (agreed, medium) if len(part)] or [agreed], ignore_index=True)
    return rows[rows["tahun_target"].gt(after)].reset_index(drop=True)


def progress(aims: pd.DataFrame, series: pd.DataFrame, card: pd.DataFrame, until: int) -> pd.DataFrame:
    """How far the values of the year ``until`` are towards their targets (tingkat kemajuan).

    Parameters
    ----------
    aims : DataFrame
        As :func:`medium_targets`.
    series : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``.
    card : DataFrame
        ``kode_indikator``, ``polaritas``, ``rumus``.
    until : int

    Returns
    -------
    DataFrame
        ``aims`` of the indicators in ``card`` with ``realisasi``, ``realisasi_huruf`` (missing where there is none) and
        ``kemajuan_pct``, by the indicator's own formula.

    Examples
    --------
    >>> aims = pd.DataFrame({"kode_indikator": ["a"], "target": [80.0], "target_atas": [None]})
    >>> series = pd.DataFrame({"kode_indikator": ["a"], "tahun": [2025], "realisasi": [60.0]})
    >>> card = pd.DataFrame({"kode_indikator": ["a"], "polaritas": ["naik_baik"], "rumus": [None]})
    >>> progress(aims, series, card, 2025)["kemajuan_pct"].tolist()
    [75.0]
    """
    last = series[series["tahun"].eq(until)].set_index(KEY)
    letters = last["realisasi_huruf"] if "realisasi_huruf" in last else pd.Series(dtype="str")
    rows = aims.merge(card[[KEY, "polaritas", "rumus"]], on=KEY)
    rows = rows.assign(
        realisasi=rows[KEY].map(last["realisasi"]).astype("float64"), realisasi_huruf=rows[KEY].map(letters)
    )
    formula = rows["rumus"].fillna("deviasi")
    return rows.assign(
        kemajuan_pct=percent(rows["realisasi"], rows["target"], rows["polaritas"], rows["target_atas"], formula)
    )
