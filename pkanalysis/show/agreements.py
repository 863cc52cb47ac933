"""The agreements (PK) and their targets: what was signed, which targets changed, and what that does to achievement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pandas as pd

from pkanalysis.analysis.achievement.agreements import NO_REASON, PARTS
from pkanalysis.show import words
from pkanalysis.show.blocks import Note
from pkanalysis.show.page import Page
from pkanalysis.show.tables import TOTAL, RowsOrBlock, table
from pkanalysis.show.values import (
    Phrase,
    Value,
    cells,
    count,
    day,
    measured,
    percent,
    plain,
    points,
    rounded,
    target_of,
)

SIGNED = "lembar 5_PERJANJIAN"
RESULTS = "lembar 3_TARGET dan 4_REALISASI"


def _reasons(reasons: Iterable[Any], is_due: Iterable[Any]) -> list[str]:
    """The reasons of a change in words; one that is due and not given says so."""
    return [
        words.stored("alasan", reason, words.NOT_FILLED if due else "–")
        for reason, due in zip(reasons, is_due, strict=True)
    ]


@table("perjanjian", "Perjanjian Kinerja tahun {tahun}", "dokumen nomor tanggal pagu alasan", source=SIGNED,
       nomor=("Nomor", "teks", 0, True), pagu="Pagu dasar")  # fmt: skip
def agreements(page: Page, signed: pd.DataFrame) -> RowsOrBlock:
    """List the agreements signed by the end of the period: document, number, date, ceiling, reason."""
    is_signed = ~signed["tanggal_ttd"].gt(pd.Timestamp(page.end))
    own = signed[signed["tahun"].eq(page.year) & is_signed].sort_values(["dokumen", "ke"])
    rows = own.assign(
        dokumen=cells(own, words.agreement, "dokumen", "ke"),
        tanggal=own["tanggal_ttd"],
        pagu=[words.stored("tahap", stage) for stage in own["tahap_pagu_dasar"]],
        alasan=_reasons(own["alasan"], own["ke"]),
    )
    return rows, {"note": "" if len(rows) else "Belum ada Perjanjian Kinerja yang diterima."}


@table("target", "Target PK murni dan PK Perubahan", "sasaran nama satuan arah murni perubahan tw alasan",
       "Target s.d. triwulan bersifat kumulatif menurut PK yang berlaku; tanda – berarti tidak ditetapkan.",
       source="lembar 3_TARGET", nama="Indikator", arah="Arah", murni=("Target PK murni", "angka"),
       perubahan=("Target PK Perubahan", "angka", 0), tw=("Target s.d. {periode}", "angka"))  # fmt: skip
def targets(_page: Page, card: pd.DataFrame, year_card: pd.DataFrame) -> RowsOrBlock:
    """Targets of the year, PK murni beside PK Perubahan, the one to date, and the reason of a change.

    Parameters
    ----------
    card, year_card : DataFrame
        Scorecard to date, and that of the whole year.
    """
    year = year_card.set_index("kode_indikator").reindex(card["kode_indikator"])
    is_changed = year["perubahan_target"].isin(("dilonggarkan", "diperketat", "diubah"))
    annual = {name: [target_of(row, name) for _, row in year.iterrows()] for name in ("murni", "perubahan")}
    return card.assign(
        nama=card["nama_indikator"],
        arah=[words.stored("polaritas", code) for code in card["polaritas"]],
        murni=pd.Series(annual["murni"], card.index, dtype=object),
        perubahan=pd.Series(annual["perubahan"], card.index, dtype=object),
        tw=pd.Series([target_of(row) for _, row in card.iterrows()], card.index, dtype=object),
        alasan=_reasons(year["alasan_perubahan"], is_changed),
    )


@table("pk-opd", "Perjanjian Kinerja tiap OPD s.d. {periode} {tahun}", "nama_opd pk perubahan n_perubahan dasar sebab",
       "Tanggal penandatanganan; yang ditandatangani sesudah akhir periode belum dihitung.", source=SIGNED,
       perubahan=("PK Perubahan terakhir", "tanggal", 0), dasar="Pagu dasar")  # fmt: skip
def signed(_page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """Per OPD: when the PK and the last PK Perubahan were signed, on which ceiling, and why it was revised.

    ``found`` is :func:`pkanalysis.analysis.achievement.agreements.completeness`.
    """
    dates: dict[str, Any] = {}
    for name, there in (("pk_tanggal", "pk_ada"), ("perubahan_tanggal", "perubahan_ke")):
        dates[name] = [
            day(date) if is_there and pd.notna(date) else plain("tanggal belum diisi" if is_there else "belum diterima")
            for date, is_there in zip(found[name], found[there], strict=True)
        ]
    return found.assign(
        pk=dates["pk_tanggal"],
        perubahan=dates["perubahan_tanggal"],
        dasar=[words.stored("tahap", stage) for stage in found["tahap_pagu_dasar"]],
        sebab=_reasons(found["alasan"], found["perubahan_ke"]),
    )


def completeness(page: Page, found: pd.DataFrame, strange: pd.DataFrame, without: pd.DataFrame) -> Note:
    """How many OPD have signed, which have not, and indicators without target or targets without indicator.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.analysis.achievement.agreements.completeness`.
    strange, without : DataFrame
        :func:`pkanalysis.analysis.achievement.agreements.unmatched`.
    """
    items = [revised(found, "PK murni"), revised(found)]
    twice = found.loc[found["n_perubahan"].gt(1), "nama_opd"]
    if len(twice):
        items.append(Phrase("PK Perubahan lebih dari sekali: {nama}.", {"nama": plain(", ".join(twice))}))
    values = {"s": count(len(strange)), "w": count(len(without)), "tahun": Value(page.year, "tahun")}
    text = "{s} target PK tanpa padanan di daftar indikator; {w} indikator yang berlaku pada {tahun} tanpa target PK."
    items.append(Phrase(text, values))
    if len(strange):
        listed = strange["kode_opd"].map(found.set_index("kode_opd")["nama_opd"]) + ": " + strange["kode_indikator"]
        items.append(Phrase("Target tanpa padanan: {nama}.", {"nama": plain(", ".join(listed.drop_duplicates()))}))
    return page.say("kelengkapan-pk", *items)


def revised(found: pd.DataFrame, name: str = "PK Perubahan") -> Phrase:
    """How many OPD have signed a PK Perubahan (or the ``PK murni``), and which have not."""
    is_there = found["pk_ada"].astype(bool) if name == "PK murni" else found["perubahan_ke"].gt(0)
    if not is_there.any():
        return Phrase(f"{name} belum diterima dari OPD mana pun.")
    values = {"k": count(is_there.sum()), "n": count(len(found))}
    text = f"{name} yang sudah ditandatangani diterima dari {{k}} dari {{n}} OPD"
    if is_there.all():
        return Phrase(f"{text}.", values)
    missing = plain(", ".join(found.loc[~is_there, "nama_opd"]))
    return Phrase(f"{text}; belum: {{nama}}.", values | {"nama": missing})


@table("target-dilonggarkan", "Target yang dibuat lebih mudah sesudah pengurangan anggaran",
       "opd nama_indikator murni perubahan capaian_murni capaian_perubahan dokumen tanggal_ttd alasan",
       "PK Perubahan yang ditandatangani sejak {d}, saat pagu pertama kali berubah.",
       source="lembar 3_TARGET dan 5_PERJANJIAN", murni=("Target setahun PK murni", "angka"),
       perubahan=("Target setahun PK Perubahan", "angka", 0), alasan="Alasan menurut OPD")  # fmt: skip
def eased(_page: Page, found: pd.DataFrame, card: pd.DataFrame, names: pd.Series, since: dt.date | None) -> RowsOrBlock:
    """Targets of the year made easier by a PK Perubahan signed since the cut, with the reason or that there is none.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.analysis.achievement.agreements.eased_targets` of the whole year.
    card : DataFrame
        Scorecard to date, for the achievement against both targets.
    since : date, optional
        Day of the cut.
    """
    achieved = card.set_index("kode_indikator")[["capaian_murni", "capaian_perubahan"]]
    rows = found.drop(columns=achieved.columns).join(achieved, "kode_indikator")
    rows = rows.assign(
        opd=found["kode_opd"].map(names),
        dokumen=[words.agreement("pk_perubahan", number) for number in found["ke"]],
        alasan=[
            words.NOT_FILLED if reason == NO_REASON else words.stored("alasan", reason)
            for reason in found["alasan_perubahan"]
        ],
        murni=cells(found, measured, "target_murni"),
        perubahan=cells(found, measured, "target_perubahan"),
    )
    if since:
        return rows, {"d": day(since)}
    return rows, {"note": "Tanggal pengurangan anggaran tidak diketahui; semua PK Perubahan tahun ini disertakan."}


SUM = "Target tetap + perubahan target + batas atas = capaian yang dilaporkan."
IN_PARTS = "target_tetap perubahan_target batas_atas capaian_dilaporkan"
PART_LABELS: dict[str, Any] = {
    "target_tetap": ("Target tetap", "persen"), "perubahan_target": "Perubahan target (poin)",
    "batas_atas": "Batas atas (poin)",
}  # fmt: skip


@table("tiga-bagian", "Rata-rata capaian dalam tiga bagian s.d. {periode} {tahun}",
       f"nama {IN_PARTS} n n_tanpa_target_awal",
       f"{SUM} {{k}} OPD tanpa pengaruh perubahan target tidak ditampilkan.", source=RESULTS, nama="OPD",
       **PART_LABELS)  # fmt: skip
def by_office(_page: Page, parts: pd.DataFrame, whole: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
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
    rows = rows.assign(nama=rows["kode_opd"].map(names), **{TOTAL: False})
    rows = pd.concat([rows, whole.assign(nama="Seluruh OPD", **{TOTAL: True})])
    return as_printed(rows[rows["n"].gt(0)]), {"k": count(len(parts) - len(moved))}


@table("tiga-bagian-indikator", "Capaian tiap indikator dalam tiga bagian", f"opd nama_indikator {IN_PARTS}",
       f"{SUM} Hanya indikator yang perubahan target atau batas atasnya berpengaruh.", source=RESULTS,
       **PART_LABELS)  # fmt: skip
def by_indicator(_page: Page, parts: pd.DataFrame, card: pd.DataFrame, names: pd.Series) -> RowsOrBlock:
    """Indicators whose reported achievement owes something to a change of target or a cap."""
    moved = parts[parts[["perubahan_target", "batas_atas"]].fillna(0).ne(0).any(axis=1)]
    rows = as_printed(moved.merge(card[["kode_indikator", "nama_indikator"]], on="kode_indikator"))
    return rows.assign(opd=rows["kode_opd"].map(names)).sort_values(["opd", "nama_indikator"], kind="stable")


def changed_targets(page: Page, whole: pd.DataFrame, card: pd.DataFrame) -> Note:
    """Which targets of the year changed in which direction, and the three parts of the mean of all OPD in words.

    ``card`` is the scorecard of the whole year, ``whole`` the mean parts to date.
    """
    text = "Belum ada indikator yang diterima."
    values: dict[str, Any] = {"n": count(len(card))}
    if len(card):
        changed = card["perubahan_target"].value_counts()
        kinds = {"a": "dilonggarkan", "b": "diperketat", "c": "diubah"}
        values |= {name: count(changed.get(kind, 0)) for name, kind in kinds.items()}
        other = "; {c} diubah batas atau predikatnya" if values["c"].raw else ""
        text = f"Dari target setahun {{n}} indikator, {{a}} dilonggarkan dan {{b}} diperketat{other}."
    items: list[str | Phrase] = [text]
    if len(whole) and whole["n"].iloc[0]:
        row = as_printed(whole).iloc[0]
        known = {"jumlah": "capaian_dilaporkan", "target_tetap": "target_tetap"}
        parts = {name: percent(row[column]) for name, column in known.items()} | {"m": count(row["n"])}
        said = (
            "Rata-rata capaian yang dilaporkan {jumlah} (n = {m}) terdiri atas {target_tetap} terhadap target awal, "
            "{perubahan_target} poin dari perubahan target, dan {batas_atas} poin dari batas atas."
        )
        items.append(Phrase(said, parts | {name: points(row[name]) for name in PARTS[1:]}))
    return page.say("perubahan-target", *items, **values)


def as_printed(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts at one decimal so that a reader can add them up: each is the step between two printed figures.

    Examples
    --------
    >>> frame = pd.DataFrame({"target_tetap": [100.04], "perubahan_target": [0.42], "batas_atas": [0.0],
    ...                       "capaian_dilaporkan": [100.46]})
    >>> as_printed(frame)[["target_tetap", "perubahan_target", "capaian_dilaporkan"]].to_numpy().tolist()
    [[100.0, 0.5, 100.5]]
    """
    exact = parts.assign(middle=parts["capaian_dilaporkan"] - parts["batas_atas"])
    exact = exact[["target_tetap", "middle", "capaian_dilaporkan"]].astype("float64")
    printed = exact.map(lambda raw: float(rounded(round(raw, 9), 1)))
    first, middle, last = (printed[name] for name in printed)
    return parts.assign(
        target_tetap=first,
        perubahan_target=(middle - first).round(1),
        batas_atas=(last - middle).round(1),
        capaian_dilaporkan=last,
    )
