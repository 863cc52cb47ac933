"""Change of target as a finding of its own: achievement in three parts."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.agreements import PARTS
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, percent
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value, rounded

SUM = "Target tetap + perubahan target + batas atas = capaian yang dilaporkan."
COLUMNS = (
    Column("target_tetap", "Target tetap", "persen", 1),
    Column("perubahan_target", "Perubahan target (poin)", "poin", 1),
    Column("batas_atas", "Batas atas (poin)", "poin", 1),
    Column("capaian_dilaporkan", "Capaian yang dilaporkan", "persen", 1),
)


def by_office(setting: Setting, parts: pd.DataFrame, whole: pd.DataFrame, names: pd.Series) -> Table:
    """Mean achievement per OPD in three parts, those that the change of target moved most first, all OPD last.

    Parameters
    ----------
    parts, whole : DataFrame
        :func:`pkanalysis.analysis.achievement.agreements.mean_parts` per ``kode_opd``, and for all.
    names : Series
        ``nama_opd`` by ``kode_opd``.
    """
    moved = parts[parts["perubahan_target"].ne(0) & parts["n"].gt(0)]
    rows = moved.sort_values("perubahan_target", ascending=False, kind="stable")
    rows = pd.concat([rows.assign(nama=rows["kode_opd"].map(names)), whole.assign(nama="Seluruh OPD")])
    rows = as_printed(rows[rows["n"].gt(0)])
    still = Phrase(
        f"{SUM} {{k}} OPD tanpa pengaruh perubahan target tidak ditampilkan.", {"k": count(len(parts) - len(moved))}
    )
    return Table.from_frame(
        rows,
        [
            Column("nama", "OPD", wide=True),
            *COLUMNS,
            Column("n", "n", "bulat"),
            Column("n_tanpa_target_awal", "n tanpa target awal", "bulat"),
        ],
        id="tiga-bagian",
        caption=f"Rata-rata capaian dalam tiga bagian s.d. {setting.period_short} {setting.year}",
        is_sample=setting.is_sample,
        totals=(len(rows) - 1,) if len(rows) else (),
        note=still,
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def by_indicator(setting: Setting, parts: pd.DataFrame, card: pd.DataFrame, names: pd.Series) -> Table:
    """Indicators whose reported achievement owes something to a change of target or a cap."""
    moved = parts[parts["perubahan_target"].fillna(0).ne(0) | parts["batas_atas"].fillna(0).ne(0)]
    rows = moved.merge(card[["kode_indikator", "nama_indikator"]], on="kode_indikator")
    rows = as_printed(rows).assign(opd=rows["kode_opd"].map(names))
    rows = rows.sort_values(["opd", "nama_indikator"], kind="stable")
    return Table.from_frame(
        rows,
        [Column("opd", "OPD", wide=True), Column("nama_indikator", "Indikator", wide=True), *COLUMNS],
        id="tiga-bagian-indikator",
        caption="Capaian tiap indikator dalam tiga bagian",
        is_sample=setting.is_sample,
        note=f"{SUM} Hanya indikator yang perubahan target atau batas atasnya berpengaruh.",
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def told(setting: Setting, whole: pd.DataFrame, card: pd.DataFrame) -> Note:
    """Which targets of the year changed in which direction, and the three parts of the mean of all OPD in words.

    ``card`` is the scorecard of the whole year, ``whole`` the mean parts to date.
    """
    changed = card["perubahan_target"].value_counts()
    values = {
        "n": count(len(card)),
        "a": count(changed.get("dilonggarkan", 0)),
        "b": count(changed.get("diperketat", 0)),
    }
    text = "Dari target setahun {n} indikator, {a} dilonggarkan dan {b} diperketat"
    if other := int(changed.get("diubah", 0)):
        text, values = f"{text}; {{c}} diubah batas atau predikatnya", values | {"c": count(other)}
    items = [Phrase(f"{text}.", values)] if len(card) else [Phrase("Belum ada indikator yang diterima.")]
    if len(whole) and whole["n"].iloc[0]:
        items.append(_parts(as_printed(whole).iloc[0]))
    return Note("perubahan-target", "", setting.is_sample, items=tuple(items))


def _parts(row: pd.Series) -> Phrase:
    return Phrase(
        "Rata-rata capaian yang dilaporkan {jumlah} (n = {m}) terdiri atas {target_tetap} terhadap target awal, "
        "{perubahan_target} poin dari perubahan target, dan {batas_atas} poin dari batas atas.",
        {
            "jumlah": percent(row["capaian_dilaporkan"]),
            "m": count(row["n"]),
            "target_tetap": percent(row["target_tetap"]),
            **{name: Value(row[name], "poin", 1) for name in PARTS[1:]},
        },
    )


def as_printed(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts at one decimal so that a reader can add them up: each is the step between two printed figures.

    Examples
    --------
    >>> frame = pd.DataFrame({"target_tetap": [100.04], "perubahan_target": [0.42], "batas_atas": [0.0],
    ...                       "capaian_dilaporkan": [100.46]})
    >>> as_printed(frame)[["target_tetap", "perubahan_target", "capaian_dilaporkan"]].to_numpy().tolist()
    [[100.0, 0.5, 100.5]]
    """
    first, last = parts["target_tetap"], parts["capaian_dilaporkan"]
    middle = last - parts["batas_atas"]
    steps = pd.DataFrame({"a": first, "b": middle, "c": last}).map(_tenth)
    return parts.assign(
        target_tetap=steps["a"],
        perubahan_target=(steps["b"] - steps["a"]).round(1),
        batas_atas=(steps["c"] - steps["b"]).round(1),
        capaian_dilaporkan=steps["c"],
    )


def _tenth(raw: float) -> float:
    return float("nan") if pd.isna(raw) else float(rounded(round(raw, 9), 1))
