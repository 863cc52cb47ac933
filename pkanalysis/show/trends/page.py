"""The first page: cover, what must be known, and what may not be concluded."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis import achievement
from pkanalysis.analysis.achievement.scorecard import Summary
from pkanalysis.analysis.trend import surveyed
from pkanalysis.show import sentences as said
from pkanalysis.show.blocks import Cover, Note, Phrase, phrases
from pkanalysis.show.cells import count, day, gap, percent, plain
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

LIMITS = (
    "Kenaikan capaian yang berasal dari perubahan target bukan kenaikan kinerja.",
    "Rata-rata capaian dua tahun hanya setara bila dihitung pada indikator yang sama.",
    "Capaian jauh di atas target lebih sering berarti target terlalu rendah daripada kinerja yang luar biasa.",
    "Tren beberapa tahun tidak menunjukkan penyebabnya, dan tidak mengatakan apa pun tentang pengurangan anggaran.",
    "Urutan OPD yang selangnya bertumpang tindih bukan peringkat.",
)


def cover(setting: Setting, offices: int) -> Cover:
    """Title, region, period, and how many OPD."""
    values = {"tahun": Value(setting.year, "tahun"), "akhir": day(setting.end)}
    values |= {"n": count(offices)} if offices else {}
    covered = " · cakupan {n} OPD" if offices else ""
    name = "" if setting.period == "tahunan" else f"{setting.period_name} "
    until = {"sampai": Value(setting.last_full_year, "tahun")}
    return Cover(
        id="sampul",
        caption="Capaian IKU dan Trennya",
        is_sample=setting.is_sample,
        unit=setting.region,
        items=(
            Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}}){covered}", values),
            Phrase("Tren dihitung dari nilai akhir tahun s.d. {sampai}", until),
        ),
        footer=setting.footer,
    )


def known(setting: Setting, *items: Phrase | None) -> Note:
    """The sentences of the first page that there is something for."""
    return Note("kalimat", "Yang perlu diketahui", setting.is_sample, items=tuple(filter(None, items)), ordered=True)


def reached(whose: str, found: Summary) -> Phrase:
    """How many indicators reach their target, of the region (``IKU kota``) or of the OPD."""
    part = said.reached(found)
    return Phrase(f"{whose} yang mencapai target: {part.pattern}.", part.values)


def means(found: pd.DataFrame, method: str) -> Phrase | None:
    """Mean achievement against both PK, with what it is a mean of.

    Parameters
    ----------
    found : DataFrame
        One row of :func:`pkanalysis.analysis.achievement.scorecard.grouped` over all indicators; none without any.
    method : str
        ``aritmetik`` or ``geometrik``.
    """
    if found.empty or not found["n_rata"].iloc[0]:
        return None
    row = found.iloc[0]
    values = {
        "x": percent(row["rata_rata"]),
        "y": percent(row["rata_rata_murni"]),
        "n": count(row["n_rata"]),
        "t": count(row["n_tanpa_data"]),
        "a": count(row["n_di_atas_100"]),
    }
    return Phrase(
        f"Rata-rata {method} capaian indikator OPD **{{x}} terhadap PK yang berlaku** dan {{y}} terhadap PK murni "
        "(n = {n}; {t} tanpa data tidak dihitung; {a} di atas target).",
        values,
    )


def outlier(card: pd.DataFrame, names: pd.Series) -> Phrase | None:
    """The one indicator that decides the mean, and the mean without it; ``None`` where no single one does.

    Parameters
    ----------
    card : DataFrame
        The scorecard that the mean is over.
    names : Series
        Names of the OPD by code.
    """
    found = achievement.outlier(card)
    if found is None:
        return None
    row, rest = found
    values = {
        "nama": plain(row["nama_indikator"]),
        "opd": plain(names[row["kode_opd"]]),
        "x": percent(row["capaian_berlaku"]),
        "y": percent(rest),
    }
    return Phrase(
        "**Satu indikator menentukan rata-rata itu**: {nama} ({opd}), {x}. Tanpa indikator itu rata-rata aritmetik "
        "{y}; periksa target dan realisasinya.",
        values,
    )


def eased(found: pd.DataFrame, parts: pd.DataFrame) -> Phrase | None:
    """How many targets were made easier, how many without a reason, and what that did to the mean."""
    if found.empty:
        return None
    silent = int(found["alasan_perubahan"].eq("belum diisi").sum())
    values = {"k": count(len(found)), "b": count(silent), "o": count(found["kode_opd"].nunique())}
    text = "**{k} target di {o} OPD dibuat lebih mudah pada PK Perubahan**; alasan {b} di antaranya belum diisi."
    if parts.empty or not parts["n"].iloc[0]:
        return Phrase(text, values)
    row = parts.iloc[0]
    moved = row["target_tetap"] + row["perubahan_target"]
    values |= {"z": gap(moved, row["target_tetap"]), "m": count(row["n"])}
    verb = "naik" if row["perubahan_target"] >= 0 else "turun"
    return Phrase(f"{text} Rata-rata capaian (n = {{m}}) {verb} {{z}} poin semata karena perubahan target.", values)


def trending(verdicts: pd.DataFrame) -> Phrase:
    """``k dari m`` with multiplicity, and how many of them get better or worse."""
    found = verdicts[verdicts["is_tren"].astype(bool)]
    text, values = "{k}", {"k": plain(surveyed(verdicts))}
    if len(found):
        text += " Yang membaik {b}, yang memburuk {m}"
        values |= {"b": count(found["gerak"].eq("membaik").sum()), "m": count(found["gerak"].eq("memburuk").sum())}
        other = int(found["gerak"].eq("").sum())
        text += ", bergerak pada target rentang {r}." if other else "."
        values |= {"r": count(other)} if other else {}
    return Phrase(text, values)


def cannot_conclude(setting: Setting) -> Note:
    """The limits of these data, printed every time."""
    title = "Yang tidak dapat disimpulkan dari data ini"
    return Note("batas", title, setting.is_sample, items=phrases({}, *LIMITS))
