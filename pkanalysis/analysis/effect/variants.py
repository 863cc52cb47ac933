"""The specification curve: every specification run and shown, none chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis.effect import estimates
from pkanalysis.analysis.effect.gate import refuse
from pkanalysis.analysis.effect.gathering import gather
from pkanalysis.analysis.effect.kinds import within_kinds
from pkanalysis.analysis.effect.slopes import Slope, slope
from pkanalysis.analysis.effect.units import Units
from pkanalysis.settings import WAYS

COVID = (2020, 2021)

Gained = npt.NDArray[Any]
Form = Callable[[Units, Gained], Slope | None]

_FORMS: tuple[Form, ...] = (
    lambda units, _: estimates.long_difference(units),
    lambda units, _: estimates.long_difference(units, last_only=True),
    lambda units, _: estimates.ancova(units),
    lambda units, _: estimates.ancova(units, last_only=False),
    lambda units, _: within_kinds(units),
    lambda units, _: _long(_without_largest(units)),
    lambda units, _: _without_covid(units),
    lambda units, gained: _without_gains(units, gained),
)
FORMS: dict[str, Form] = dict(zip(WAYS, _FORMS, strict=True))
"""Specification -> estimate; one that changes nothing, or cannot be fitted, gives None and is marked so."""


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
        Which of :data:`pkanalysis.settings.WAYS` to run; they come in that order, whatever the order given.
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
    rows, gained = [], panel.loc[panel[list(doses)].lt(0).any(axis=1), unit].unique()
    for outcome in outcomes:
        for dose in doses:
            units = gather(panel, outcome, dose, unit, time, post, cap=(caps or {}).get(outcome), **shape)
            stops = refuse(units)
            code = stops[0].code if stops else "TIDAK_BERLAKU"
            fits = {name: None if stops else FORMS[name](units, gained) for name in WAYS if name in ways}
            rows += [[outcome, dose, name, *_numbers(fit, code)] for name, fit in fits.items()]
    names = ["kemiringan", "galat_baku", "batas_bawah", "batas_atas", "p", "n", "kode"]
    table = pd.DataFrame(rows, columns=["hasil", "ukuran", "cara", *names])
    table.insert(3, "utama", table.index == 0)
    return table


def _numbers(fit: Slope | None, code: str) -> list[object]:
    if fit is None:
        return [float("nan")] * 5 + [0, code]
    return [fit.beta, fit.se, *fit.interval, fit.p, fit.n, ""]


def _long(units: Units) -> Slope | None:
    """The long difference of a part of the units; None where nothing may be computed from it."""
    return None if refuse(units) else estimates.long_difference(units)


def _without_largest(units: Units) -> Units:
    leverage = slope(units.change, units.dose).leverage
    return units.but(pd.Series(leverage != leverage.max(), units.dose.index))


def _without_gains(units: Units, gained: Gained) -> Slope | None:
    is_gained = pd.Series(units.dose.index.isin(gained), units.dose.index)
    return _long(units.but(~is_gained)) if is_gained.any() else None


def _without_covid(units: Units) -> Slope | None:
    is_covid = units.values.columns.isin(COVID)
    rest = units.only(~is_covid)
    return estimates.long_difference(rest) if is_covid.any() and rest.before.size and rest.after.notna().all() else None
