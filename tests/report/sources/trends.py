"""What the page on trends must show, from the stored tables with plain pandas and scipy."""

from itertools import pairwise

import pandas as pd
from scipy import stats

SIGN = {"naik_baik": 1, "turun_baik": -1}


def current(frame, year):
    """Indicators in force in a year."""
    return frame[frame["berlaku_dari"].fillna(year).le(year) & frame["berlaku_sampai"].fillna(year).ge(year)]


def achieved(ws, year):
    """Achievement of the year against PK murni (``murni``) and the PK in force (``kini``), by indicator of an OPD."""
    cards = current(ws["indikator"], year).set_index("kode_indikator")
    cards = cards[~cards["tingkat"].isin(["tujuan", "iku_kota"])]
    targets = ws["target"].query("tahun == @year and periode == 'tahunan'").set_index("kode_indikator")
    first = targets.query("dokumen == 'pk'")
    revised = targets.query("dokumen == 'pk_perubahan'").sort_values("ke")
    revised = revised[~revised.index.duplicated(keep="last")]
    last = pd.concat([first[~first.index.isin(revised.index)], revised])
    actual = yearly(ws, [year])[year]
    return pd.DataFrame({
        "opd": cards["kode_opd"],
        "murni": _percent(cards, first, actual),
        "kini": _percent(cards, last, actual),
    })  # fmt: skip


def _percent(cards, targets, actual):
    """The formula of the house, one indicator after another."""
    found = {}
    for code, card in cards.iterrows():
        if code not in targets.index or pd.isna(actual.get(code)) or pd.isna(targets.loc[code, "nilai"]):
            continue
        low, high, value = targets.loc[code, "nilai"], targets.loc[code, "nilai_atas"], actual[code]
        if pd.notna(high):
            inside = low <= value <= high
            found[code] = 100 if inside else 100 * value / low if value < low else 100 * (2 * high - value) / high
        else:
            found[code] = 100 * (1 + SIGN[card["polaritas"]] * (value - low) / low)
    return pd.Series(found, dtype="float64").reindex(cards.index)


def yearly(ws, years):
    """Year-end values by indicator and year: the annual row, or what the quarters make of it."""
    rows, kinds = ws["realisasi"], ws["indikator"].set_index("kode_indikator")["agregasi"]
    wide = rows.pivot(index=["kode_indikator", "tahun"], columns="periode", values="nilai")
    annual, quarters = wide["tahunan"], wide.reindex(columns=["TW1", "TW2", "TW3", "TW4"])
    kind = wide.index.get_level_values(0).map(kinds)
    due = rows[rows["periode"].str.startswith("TW") & ~rows["status"].isin(["belum_jadwal", "tidak_berlaku"])]
    missing = due[due["nilai"].isna()].groupby(["kode_indikator", "tahun"]).size()
    made = pd.Series(
        [_of_quarters(row, how) for (_, row), how in zip(quarters.iterrows(), kind, strict=True)], quarters.index
    )
    made[made.index.isin(missing.index) & kind.isin(["jumlah", "rata_rata"])] = float("nan")  # a part is no year
    return annual.fillna(made).unstack()[years]


def _of_quarters(row, kind):
    known = row.dropna()
    if known.empty:
        return float("nan")
    return {"jumlah": known.sum(), "rata_rata": known.mean()}.get(kind, known.iloc[-1])


def series(ws, until):
    """Year-end values of the indicators in force in ``until``, by indicator; years before their definition left out."""
    cards = current(ws["indikator"], until).set_index("kode_indikator")
    wide = yearly(ws, list(range(2019, until + 1))).reindex(cards.index)
    since = cards["berlaku_dari"].fillna(0)
    return {code: row[[year for year in row.index if year >= since[code]]].dropna() for code, row in wide.iterrows()}


def score(values):
    """Kendall's S of a series."""
    return sum((b > a) - (b < a) for i, a in enumerate(values) for b in list(values)[i + 1 :])


def untied_p(values):
    """Exact two-sided p of a series without ties, from scipy."""
    return stats.kendalltau(range(len(values)), values, method="exact").pvalue


def is_monotone(values, sign):
    """Whether a series moves one way every year."""
    return all(sign * (b - a) > 0 for a, b in pairwise(values))
