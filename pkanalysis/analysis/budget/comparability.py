"""Whether two stages speak the same language of accounts; if not, a comparison by account is refused."""

from __future__ import annotations

import pandas as pd

from pkanalysis import codes
from pkanalysis.analysis.claims import Refusal, refusal

OLD_HONORARIA, NEW_HONORARIA = "5.1.01.03.07", ("5.1.02.02.01.0080", "5.1.02.02.01.0081")


def comparable(before: pd.DataFrame, after: pd.DataFrame, least_pct: float = 50.0) -> tuple[Refusal, ...]:
    """Reasons not to compare two stages by account; empty where there are none.

    Parameters
    ----------
    before, after : DataFrame
        Rows of ``anggaran`` of one stage each (``kode_rekening``, ``pagu_rp``; ``kode_rekening_asli`` is
        looked at where it is there).
    least_pct : float
        Smallest share, in per cent of the ceiling, on accounts that the other stage knows too.

    Returns
    -------
    tuple of Refusal
        ``KODE_BEDA_GENERASI``: one stage follows an older numbering (Permendagri 90/2019 or 13/2006) and the
        other does not, or too little of either stage is on accounts that both know.
        ``REKENING_BERPINDAH``: the honoraria that moved to another account in TA 2026.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_rekening": ["5.1.02.04.01.001"], "pagu_rp": [10]})
    >>> new = pd.DataFrame({"kode_rekening": ["5.1.02.04.01.0001"], "pagu_rp": [5]})
    >>> [item.code for item in comparable(old, new)], comparable(new, new)
    (['KODE_BEDA_GENERASI'], ())
    """
    if before.empty or after.empty:
        return ()
    sides = [(_numbering(own), codes.keys(own["kode_rekening"])) for own in (before, after)]
    (first, earlier), (last, later) = sides
    shares = [_known(before, earlier, later), _known(after, later, earlier)]
    if first != last or min(shares) < least_pct:
        return (refusal("KODE_BEDA_GENERASI"),)
    is_moved = _has(earlier, OLD_HONORARIA) and _has(later, *NEW_HONORARIA) and not _has(earlier, *NEW_HONORARIA)
    return (refusal("REKENING_BERPINDAH"),) if is_moved else ()


def _numbering(lines: pd.DataFrame) -> str:
    written = lines["kode_rekening_asli" if "kode_rekening_asli" in lines else "kode_rekening"].dropna()
    if codes.is_2019_numbering(written):
        return "2019"
    return "2006" if codes.is_2006_numbering(written) else ""


def _known(lines: pd.DataFrame, own: pd.Series, other: pd.Series) -> float:
    total = lines["pagu_rp"].abs().sum()
    return 100 * float(lines["pagu_rp"].abs()[own.isin(set(other))].sum()) / total if total else 100.0


def _has(keys: pd.Series, *prefixes: str) -> bool:
    wanted = {codes.key(prefix) for prefix in prefixes}
    return any(codes.longest_prefix(key, wanted) for key in set(keys))
