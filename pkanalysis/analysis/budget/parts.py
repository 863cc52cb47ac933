"""One step between two stages in its parts: chosen or transfer, by sector, on limited accounts, unexplained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pkanalysis import codes
from pkanalysis.analysis import given
from pkanalysis.analysis.budget.accounts import is_targeted
from pkanalysis.analysis.budget.changes import AMOUNTS
from pkanalysis.analysis.budget.destinations import sector
from pkanalysis.analysis.budget.transfers import BY_ACCOUNT, BY_SOURCE, TRANSFER, reasons, sources_of


@dataclass(frozen=True)
class Parts:
    """Sums of one step in whole rupiah; gross figures are those of the lines.

    ``transfer_rp`` is the part of ``decrease_rp`` that the transfer took (KMK 29/2025). ``limited_rp`` of the
    additions lie on accounts that were to be limited, at ``limited_offices`` OPD; ``unsourced_rp`` of the decrease lie
    on lines whose funding source has no code, so that no transfer can be told from it. ``decrease_by_reason`` and
    ``added_by_sector`` add up to decrease and increase, the largest first.
    """

    before_rp: int
    after_rp: int
    decrease_rp: int
    increase_rp: int
    transfer_rp: int
    limited_rp: int
    limited_offices: int
    unsourced_rp: int
    decrease_by_reason: pd.Series
    added_by_sector: pd.Series

    @property
    def net_rp(self) -> int:
        """After less before."""
        return self.after_rp - self.before_rp

    @property
    def chosen_rp(self) -> int:
        """The decrease without what the transfer took."""
        return self.decrease_rp - self.transfer_rp

    @property
    def unused_rp(self) -> int:
        """Chosen decrease beyond the additions; 0 or less where the additions are larger."""
        return self.chosen_rp - self.increase_rp

    @property
    def unexplained_rp(self) -> int:
        """Decrease for which no OPD gave a cause."""
        return sum(self.because(reason) for reason in ("", BY_ACCOUNT, BY_SOURCE))

    def because(self, reason: str) -> int:
        """Decrease for one reason of :func:`pkanalysis.analysis.budget.transfers.reasons`."""
        return int(self.decrease_by_reason.get(reason, 0))


def parts(step: pd.DataFrame, causes: pd.DataFrame | None = None, own: Mapping[str, str] | None = None) -> Parts:
    """Take one step apart.

    Parameters
    ----------
    step : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`.
    causes : DataFrame, optional
        Rows of ``perubahan_anggaran``.
    own : mapping of str to str, optional
        As for :func:`pkanalysis.analysis.budget.destinations.sector`.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_sub_kegiatan": "1.01.02.2.01.0001", "sumber_dana": ["1.1", "1.1",
    ...     "2.2.1.01.03"], "kode_rekening": ["5.1.02.04.01.0001", "5.2.03.01.01.0010", "5.2.04.01.01.0004"],
    ...     "pagu_sebelum_rp": [100, 0, 90], "pagu_sesudah_rp": [50, 30, 80], "selisih_rp": [-50, 30, -10],
    ...     "pengurangan_rp": [50, 0, 10], "penambahan_rp": [0, 30, 0]})
    >>> found = parts(step)
    >>> found.chosen_rp, found.transfer_rp, found.net_rp, found.unused_rp
    (50, 10, -30, 20)
    >>> found.added_by_sector.to_dict()
    {'pendidikan': 30}
    """
    given.require(step, ["kode_opd", "kode_sub_kegiatan", "kode_rekening", *AMOUNTS])
    why, added = reasons(step, causes), step["penambahan_rp"]
    is_limited = is_targeted(step["kode_rekening"]) & added.gt(0)
    sums = {
        name: int(step[f"{name}_rp"].sum()) for name in ("pagu_sebelum", "pagu_sesudah", "pengurangan", "penambahan")
    }
    return Parts(
        before_rp=sums["pagu_sebelum"],
        after_rp=sums["pagu_sesudah"],
        decrease_rp=sums["pengurangan"],
        increase_rp=sums["penambahan"],
        transfer_rp=int(step.loc[why.isin(TRANSFER), "pengurangan_rp"].sum()),
        limited_rp=int(added[is_limited].sum()),
        limited_offices=int(step.loc[is_limited, "kode_opd"].nunique()),
        unsourced_rp=int(step.loc[~codes.keys(sources_of(step)).astype("bool"), "pengurangan_rp"].sum()),
        decrease_by_reason=_ordered(step["pengurangan_rp"].groupby(why).sum()),
        added_by_sector=_ordered(added.groupby(sector(step["kode_sub_kegiatan"], own)).sum()),
    )


def _ordered(sums: pd.Series) -> pd.Series:
    return sums[sums.ne(0)].sort_values(ascending=False, kind="stable")
