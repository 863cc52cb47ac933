"""Change in the outcome on the size of the cut: all estimates, the level of claim they allow, all specifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis.claims import Level, Refusal, refused, worded
from pkanalysis.analysis.effect import estimates
from pkanalysis.analysis.effect.estimates import (
    LEVEL,
    EventStudy,
    Ranks,
    ancova,
    event_study,
    long_difference,
    within_kinds,
)
from pkanalysis.analysis.effect.power import Equivalence, breakdown, equivalence, largest_bend, smallest_visible
from pkanalysis.analysis.effect.slopes import (
    DRAWS,
    SEED,
    Permutation,
    Slope,
    Wild,
    permutation,
    slope,
    wild_bootstrap,
    with_constant,
)
from pkanalysis.analysis.effect.units import FEWEST, LEAST_KNOWN, MOST_CAPPED, TARGETS, Units, gather, refuse
from pkanalysis.config import WAYS

NAN = float("nan")
MOST_LEVERAGE, FEWEST_YEARS, MOST_CAPPED_STRONG = 0.5, 3, 0.3
COVID = (2020, 2021)
THREATS = tuple(
    worded(code)
    for code in (
        "ANCAMAN_TARGET", "ANCAMAN_LEBIH_AWAL", "ANCAMAN_PENGALIHAN", "ANCAMAN_KEPALA_DAERAH", "ANCAMAN_TRANSFER",
        "ANCAMAN_COVID", "ANCAMAN_LAPORAN_SENDIRI", "ANCAMAN_SERENTAK",
    )
)  # fmt: skip
"""What may lie behind any relation found; printed every time."""


@dataclass(frozen=True)
class Condition:
    """One condition of a level of claim, by its code, and whether it ``is_met``."""

    level: Level
    code: str
    is_met: bool

    @property
    def rule(self) -> str:
        """The condition in Indonesian."""
        return worded(self.code)


@dataclass(frozen=True)
class DoseResponse:
    """Result of :func:`pkanalysis.analysis.effect.dose_response`.

    Where the analysis was refused every number is missing. Numbers are in units of the outcome per one unit of
    the size (``step`` times that: per step).

    beta, se, df, p : long difference (D1), HC3 and t(N - 2)
    p_wild, interval : wild bootstrap and its 95 % interval by test inversion; an end may be infinite
    interval_hc3 : 95 % interval with HC3
    units : ``besar`` (size), ``sebelum`` (mean of the years before), ``sesudah``, ``perubahan`` by unit
    n, left_out : units used, and names of those without a size or a year
    leverage, leave_one_out : hat values, and the slope without each unit (Series by unit)
    placebos, event_study, ranks, within_kinds, ancova, last_year : D2-D5
    wild, permutation, wild_ancova : the tests in full
    mde : smallest effect seen with 80 % probability; ``equivalence`` per step, against the margin
    breakdown : largest bend of the trend (smoothness bounds) under which zero stays excluded; None with a single
        year before, and where the estimate does not differ from zero
    claim, reasons, refusals, threats : what may be said, and why not more
    """

    claim: Level
    refusals: tuple[Refusal, ...]
    n: int
    left_out: tuple[Any, ...]
    step: float
    beta: float = NAN
    se: float = NAN
    df: int = 0
    p: float = NAN
    p_wild: float = NAN
    interval: tuple[float, float] = (NAN, NAN)
    interval_hc3: tuple[float, float] = (NAN, NAN)
    mde: float = NAN
    breakdown: float | None = None
    units: pd.DataFrame | None = None
    leverage: pd.Series | None = None
    leave_one_out: pd.Series | None = None
    placebos: pd.DataFrame | None = None
    event_study: EventStudy | None = None
    ranks: Ranks | None = None
    within_kinds: Slope | None = None
    last_year: Slope | None = None
    ancova: Slope | None = None
    wild: Wild | None = None
    wild_ancova: Wild | None = None
    permutation: Permutation | None = None
    equivalence: Equivalence | None = None
    reasons: tuple[Condition, ...] = ()
    threats: tuple[str, ...] = THREATS

    @property
    def per_step(self) -> float:
        """``beta`` times ``step``: with shares and the default step, per 10 points of size."""
        return self.beta * self.step

    @property
    def bracket(self) -> tuple[float, float]:
        """From the lowest to the highest end of the HC3 intervals of D1 and ANCOVA (missing without ANCOVA)."""
        if self.ancova is None:
            return NAN, NAN
        ends = (*self.interval_hc3, *self.ancova.interval)
        return min(ends), max(ends)


def dose_response(
    panel: pd.DataFrame,
    outcome: str,
    dose: str,
    unit: str,
    time: str,
    post: Any,
    *,
    cap: float | None = None,
    limits: tuple[float, float] | None = None,
    targets: str | float | None = TARGETS,
    kind: str | None = None,
    item: str | None = None,
    earlier: str | Sequence[str] = (),
    years: Sequence[Any] | None = None,
    margin: float = 2.0,
    step: float = 0.1,
    draws: int = DRAWS,
    seed: int = SEED,
) -> DoseResponse:
    r"""Relate the change in an outcome to the size of the cut, all units cut at once with unequal size.

    D1, the headline: :math:`\bar Y_{i,post} - \bar Y_{i,pre} = a + \beta z_i + e_i`. What hit all units
    alike is in ``a`` and cannot be seen. The result never says that the cut caused anything.

    Parameters
    ----------
    panel : DataFrame
        Rows of unit x year, or finer (averaged to unit x year). Order does not matter. Units without one of
        the years are left out.
    outcome, dose, unit, time : str
        Columns; ``dose`` is one number per unit (a share 0-1 for the default ``step``).
    post
        First year after the cut; or all years after; or marks on the rows (0/1): a column's name, or a series.
    cap : float, optional
        Upper limit of the outcome; without it a largest value shared by half of the units counts as one.
    limits : (float, float), optional
        Rows are clipped to these before averaging, for example (0, 150).
    targets : str or float, optional
        Column of the original target (missing = unknown) or whether it is known, or the share known (0-1);
        None where the outcome is not held against a target.
    kind : str, optional
        Column of the kind of unit, for the slope within like kinds.
    item : str, optional
        Column of the indicator: only indicators with a value in every year are averaged (the common set).
        Without it every row counts, and a unit's average may move because its indicators changed.
    earlier : str or sequence of str
        Columns of outcomes that were measured before the cut (placebos), with a value in a year of each side.
    years : sequence, optional
        Years to use; without it every year of the panel, which must be evenly spaced (two years: neighbours).
    margin, step : float
        Equivalence margin per ``step`` of size, fixed before the run.
    draws, seed : int

    Returns
    -------
    DoseResponse

    Raises
    ------
    ValueError
        A column that is not there, a unit with more than one size, times that cannot be compared with ``post``, or
        an option beyond its bounds.

    References
    ----------
    Callaway, Goodman-Bacon & Sant'Anna (2024), doi:10.3386/w32117; Cameron, Gelbach & Miller (2008),
    doi:10.1162/rest.90.3.414; Rambachan & Roth (2023), doi:10.1093/restud/rdad018.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": [f"OPD{i}" for i in range(9)] * 2, "tahun": [2024] * 9 + [2025] * 9})
    >>> rows["potensi"] = [i / 50 for i in range(9)] * 2
    >>> rows["capaian"] = [92.0, 94, 91, 95, 92, 96, 91, 95, 92, 93, 96, 90, 94, 89, 92, 86, 90, 85]
    >>> found = dose_response(rows, "capaian", "potensi", "opd", "tahun", 2025)
    >>> round(found.per_step, 2), found.claim, [item.code for item in found.refusals]
    (-5.33, 'L2', ['PRATREN_TIDAK_CUKUP'])
    >>> dose_response(rows[rows["tahun"].eq(2024)], "capaian", "potensi", "opd", "tahun", 2025).claim
    'L0'
    """
    is_share = targets is None or isinstance(targets, str) or 0 <= targets <= 1
    rules = {
        "limits": (limits, limits is None or limits[0] < limits[1], "batas bawah lalu batas atas yang lebih besar"),
        "targets": (targets, is_share, "bagian dari 0 sampai 1"),
        "margin": (margin, margin > 0, "lebih dari nol"),
        "step": (step, step > 0, "lebih dari nol"),
        "draws": (draws, draws >= 1, "sedikitnya satu ulangan"),
    }
    for name, (value, is_met, rule) in rules.items():
        if not is_met:
            raise ValueError(f"{name} harus {rule}, tertulis {value}")
    units = gather(
        panel, outcome, dose, unit, time, post,
        cap=cap, limits=limits, targets=targets, kind=kind, item=item, years=years,
    )  # fmt: skip
    if stops := refuse(units):
        return DoseResponse("L0", stops, len(units.dose), units.left_out, step)
    shape = (dose, unit, time, units.post)
    controls = {
        name: gather(panel.dropna(subset=name) if name in panel else panel, name, *shape, targets=None, years=years)
        for name in ([earlier] if isinstance(earlier, str) else earlier)
    }
    return _estimated(units, controls, margin, step, draws, seed)


def _estimated(
    units: Units, earlier: Mapping[str, Units], margin: float, step: float, draws: int, seed: int
) -> DoseResponse:
    """All estimates of units that passed the data gate; ``earlier`` are the outcomes measured before the cut."""
    main, lagged, events = long_difference(units), ancova(units), event_study(units)
    wild = wild_bootstrap(units.change, with_constant(units.dose), draws=draws, seed=seed)
    tests = estimates.placebos(units, main, earlier)
    bend = breakdown(events, units.post) if max(main.p, wild.p) < LEVEL else None
    is_robust = bend is not None and bend >= largest_bend(events, units.post)
    reasons, cautions = _weighed(units, main, lagged, wild.p, bool(tests["lolos"].all()), is_robust)
    names, wild_ancova = units.dose.index, None
    if lagged is not None:
        lag = with_constant(units.dose, units.before.iloc[:, -1])
        wild_ancova = wild_bootstrap(units.after, lag, draws=draws, seed=seed)
    return DoseResponse(
        claim=level(reasons), reasons=reasons, refusals=cautions,
        n=main.n, left_out=units.left_out, step=step,
        beta=main.beta, se=main.se, df=main.df, p=main.p, interval_hc3=main.interval,
        wild=wild, p_wild=wild.p, interval=wild.interval,
        units=units.table,
        leverage=pd.Series(main.leverage, names, name="daya_ungkit"),
        leave_one_out=pd.Series(main.without, names, name="kemiringan"),
        placebos=tests, event_study=events, breakdown=bend,
        ranks=estimates.ranks(units, draws, seed), within_kinds=within_kinds(units),
        last_year=long_difference(units, last_only=True),
        ancova=lagged, wild_ancova=wild_ancova,
        permutation=permutation(units.change, units.dose, draws, seed),
        mde=smallest_visible(main.se, main.df),
        equivalence=equivalence(main.beta * step, main.se * step, main.df, margin),
    )  # fmt: skip


def _weighed(
    units: Units, main: Slope, lagged: Slope | None, p_wild: float, placebos_pass: bool, is_robust: bool
) -> tuple[tuple[Condition, ...], tuple[Refusal, ...]]:
    """Conditions of L2 and, beyond those, of L3; and what holds the claim down or has to be told."""
    years, leverage = units.before.shape[1], float(main.leverage.max())
    is_stable = bool((np.sign(main.without) == np.sign(main.beta)).all())
    has_same_sign = lagged is not None and np.sign(lagged.beta) == np.sign(main.beta)
    rules: dict[Level, dict[str, bool]] = {
        "L2": {
            "SYARAT_UNIT": main.n >= FEWEST,
            "SYARAT_TARGET_AWAL": units.known is None or units.known >= LEAST_KNOWN,
            "SYARAT_BATAS_ATAS": units.capped < MOST_CAPPED,
            "SYARAT_UJI_PERTAMA": main.p < LEVEL,
            "SYARAT_UJI_KEDUA": p_wild < LEVEL,
            "SYARAT_SEARAH": bool(has_same_sign),
            "SYARAT_PEMBANDING": placebos_pass,
            "SYARAT_UKURAN_PENGARUH": leverage <= MOST_LEVERAGE,
            "SYARAT_ARAH_TETAP": is_stable,
        },
        "L3": {
            "SYARAT_TAHUN_SEBELUM": years >= FEWEST_YEARS,
            "SYARAT_BATAS_ATAS_KUAT": units.capped < MOST_CAPPED_STRONG,
            "SYARAT_RENTANG": lagged is not None and main.excludes_zero and lagged.excludes_zero,
            "SYARAT_BELOKAN": is_robust,
        },
    }
    cautions = {
        "TAHUN_TIDAK_LENGKAP": bool(units.left_out),
        "PRATREN_TIDAK_CUKUP": years < FEWEST_YEARS,
        "PLASEBO_GAGAL": not placebos_pass,
        "PENGUNGKIT_TUNGGAL": leverage > MOST_LEVERAGE or not is_stable,
    }
    told = tuple(Condition(name, code, is_met) for name, part in rules.items() for code, is_met in part.items())
    return told, refused(cautions)


def level(reasons: Sequence[Condition]) -> Level:
    """Level of claim by the conditions met: L1 where one of L2 fails, L3 only where all hold.

    Examples
    --------
    >>> level([Condition("L2", "a", True), Condition("L3", "b", False)]), level([Condition("L2", "a", False)])
    ('L2', 'L1')
    """
    if not all(item.is_met for item in reasons if item.level == "L2"):
        return "L1"
    return "L3" if all(item.is_met for item in reasons) else "L2"


def _by_way(units: Units, gained: npt.NDArray[Any]) -> dict[str, Slope | None]:
    """The estimate of each specification; None for one that changes nothing or cannot be fitted."""

    def part(keep: npt.NDArray[np.bool_]) -> Slope | None:
        own = units.but(pd.Series(keep, units.dose.index))
        return None if refuse(own) else long_difference(own)

    leverage, is_gained = slope(units.change, units.dose).leverage, units.dose.index.isin(gained)
    is_covid = units.values.columns.isin(COVID)
    rest = units.only(~is_covid)
    has_rest = is_covid.any() and rest.before.size and rest.after.notna().all()
    found = (
        long_difference(units),
        long_difference(units, last_only=True),
        ancova(units),
        ancova(units, last_only=False),
        within_kinds(units),
        part(leverage != leverage.max()),
        long_difference(rest) if has_rest else None,
        part(~is_gained) if is_gained.any() else None,
    )
    return dict(zip(WAYS, found, strict=True))


def specifications(
    panel: pd.DataFrame,
    outcomes: Sequence[str],
    doses: Sequence[str],
    unit: str,
    time: str,
    post: Any,
    caps: Mapping[str, float] | None = None,
    ways: Sequence[str] = WAYS,
    **shape: Any,
) -> pd.DataFrame:
    """Every outcome x size x specification.

    Parameters
    ----------
    panel : DataFrame
    outcomes, doses : sequence of str
        Columns, the primary one first. A unit of which any of the sizes is negative has gained.
    unit, time : str
    post
    caps : mapping of str to float, optional
        Upper limit by outcome.
    ways : sequence of str
        Which of :data:`pkanalysis.config.WAYS` to run; they come in that order, whatever the order given.
    **shape
        ``limits``, ``targets``, ``kind``, ``item``, ``years`` as in :func:`pkanalysis.analysis.effect.dose_response`.

    Returns
    -------
    DataFrame
        ``hasil``, ``ukuran``, ``cara``, ``utama`` (the first of all), ``kemiringan``, ``galat_baku`` (HC3),
        ``batas_bawah``, ``batas_atas`` (95 %), ``p``, ``n``, ``kode``: "" or a refusal, or ``TIDAK_BERLAKU``
        where the specification changes nothing or cannot be fitted.

    References
    ----------
    Simonsohn, Simmons & Nelson (2020), doi:10.1038/s41562-020-0912-z.
    """
    rows: list[list[object]] = []
    gained = panel.loc[panel[list(doses)].lt(0).any(axis=1), unit].unique()
    for outcome in outcomes:
        for dose in doses:
            units = gather(panel, outcome, dose, unit, time, post, cap=(caps or {}).get(outcome), **shape)
            stops = refuse(units)
            code = stops[0].code if stops else "TIDAK_BERLAKU"
            fits = dict.fromkeys(WAYS) if stops else _by_way(units, gained)
            for name in (way for way in WAYS if way in ways):
                fit = fits[name]
                numbers = [NAN] * 5 + [0, code] if fit is None else [fit.beta, fit.se, *fit.interval, fit.p, fit.n, ""]
                rows.append([outcome, dose, name, *numbers])
    names = ["kemiringan", "galat_baku", "batas_bawah", "batas_atas", "p", "n", "kode"]
    table = pd.DataFrame(rows, columns=["hasil", "ukuran", "cara", *names])
    table.insert(3, "utama", table.index == 0)
    return table
