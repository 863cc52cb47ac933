"""Figures of a step by name, to hold those against that were announced earlier."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.budget.destinations import OTHER, sector
from pkanalysis.analysis.budget.parts import parts
from pkanalysis.analysis.budget.transfers import TRANSFER, reasons
from pkanalysis.analysis.budget.travel import is_travel


def measures(
    step: pd.DataFrame,
    causes: pd.DataFrame | None = None,
    rated: Collection[str] = (),
    own: Mapping[str, str] | None = None,
) -> pd.Series:
    """What a figure that was announced may have measured, in whole rupiah.

    Parameters
    ----------
    step, causes, own
        As for :func:`pkanalysis.analysis.budget.parts.parts`.
    rated : collection of str
        Categories with a cut rate, for ``pengurangan_bertarif``.

    Returns
    -------
    Series
        By the names of :data:`pkanalysis.settings.MEASURES`. ``pengurangan_sasaran`` and
        ``pengurangan_bertarif`` are gross on target accounts; what the transfer took is in neither.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_sub_kegiatan": "5.01.01.2.06.0009", "sumber_dana": "1.1",
    ...     "kode_rekening": ["5.1.02.04.01.0001"], "pagu_sebelum_rp": [100], "pagu_sesudah_rp": [40],
    ...     "selisih_rp": [-60], "pengurangan_rp": [60], "penambahan_rp": [0]})
    >>> measures(step, rated=["perjalanan_dinas"])[["pengurangan_bertarif", "perjalanan_sesudah"]].tolist()
    [60, 40]
    """
    given.require(step, ["kode_opd", "kode_sub_kegiatan", "kode_rekening"])
    whole, why = parts(step, causes, own), reasons(step, causes)
    down = step["pengurangan_rp"].where(~why.isin(TRANSFER), 0)
    is_target, trip = is_targeted(step["kode_rekening"]), step[is_travel(step["kode_rekening"])]
    is_rated = is_target & classify(step["kode_rekening"])["kategori"].isin(list(rated))
    is_priority = sector(step["kode_sub_kegiatan"], own).ne(OTHER)
    found = {
        "pagu_sebelum": whole.before_rp,
        "pagu_sesudah": whole.after_rp,
        "pengurangan": whole.decrease_rp,
        "pengurangan_pilihan": whole.chosen_rp,
        "pengurangan_tkd": whole.transfer_rp,
        "pengurangan_sasaran": down[is_target].sum(),
        "pengurangan_bertarif": down[is_rated].sum(),
        "penambahan": whole.increase_rp,
        "penambahan_prioritas": step.loc[is_priority, "penambahan_rp"].sum(),
        "perjalanan_sebelum": trip["pagu_sebelum_rp"].sum(),
        "perjalanan_sesudah": trip["pagu_sesudah_rp"].sum(),
        "perjalanan_berkurang": -trip["selisih_rp"].sum(),
    }
    return pd.Series(found).astype("int64")
