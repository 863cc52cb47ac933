"""The agreements (PK) and the targets before and after the revision.

Agreements of all OPD: which are signed, when, on which ceiling, with which indicators.

Original against revised target: how far each target moved, easier to the left.

Targets that were made easier after the cut, and the reason that was given.

Change of target as a finding of its own: achievement in three parts.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from pkanalysis import vocabulary
from pkanalysis.analysis.achievement.agreements import NO_REASON, PARTS
from pkanalysis.show import drawing, words
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.page import Page
from pkanalysis.show.tables import Given, table
from pkanalysis.show.trend_figures import short_names
from pkanalysis.show.values import Value, count, day, measured, percent, plain, rounded, target_of


@table(
    "perjanjian",
    "Perjanjian Kinerja tahun {tahun}",
    "dokumen nomor tanggal pagu alasan",
    source="lembar 5_PERJANJIAN",
    pagu="Pagu dasar",
)
def agreements(page: Page, signed: pd.DataFrame) -> Given:
    """List the agreements signed by the end of the period: document, number, date, ceiling, reason."""
    is_signed = ~signed["tanggal_ttd"].gt(pd.Timestamp(page.end))
    own = signed[signed["tahun"].eq(page.year) & is_signed].sort_values(["dokumen", "ke"])
    rows = tuple(
        (
            words.agreement(row["dokumen"], row["ke"]),
            row["nomor"],
            row["tanggal_ttd"],
            words.stored("tahap", row["tahap_pagu_dasar"]),
            words.stored("alasan", row["alasan"], words.NOT_FILLED if row["ke"] else "–"),
        )
        for _, row in own.iterrows()
    )
    return rows, {"note": "" if rows else "Belum ada Perjanjian Kinerja yang diterima."}


@table(
    "target",
    "Target PK murni dan PK Perubahan",
    "sasaran nama satuan arah murni perubahan tw alasan",
    "Target s.d. triwulan bersifat kumulatif menurut PK yang berlaku; tanda – berarti tidak ditetapkan.",
    source="lembar 3_TARGET",
    nama="Indikator",
    arah="Arah",
    murni=("Target PK murni", "angka"),
    perubahan=("Target PK Perubahan", "angka", 0),
    tw=("Target s.d. {periode}", "angka"),
)
def targets(_page: Page, card: pd.DataFrame, year_card: pd.DataFrame) -> Given:
    """Targets of the year, PK murni beside PK Perubahan, the one to date, and the reason of a change.

    Parameters
    ----------
    card, year_card : DataFrame
        Scorecard to date, and that of the whole year.
    """
    year = year_card.set_index("kode_indikator").reindex(card["kode_indikator"])
    return [
        (
            row["sasaran"],
            row["nama_indikator"],
            row["satuan"],
            words.stored("polaritas", row["polaritas"]),
            target_of(annual, "murni"),
            target_of(annual, "perubahan"),
            target_of(row),
            words.stored("alasan", annual["alasan_perubahan"], words.NOT_FILLED if _is_changed(annual) else "–"),
        )
        for (_, row), (_, annual) in zip(card.iterrows(), year.iterrows(), strict=True)
    ]


def _is_changed(row: pd.Series) -> bool:
    return row["perubahan_target"] in ("dilonggarkan", "diperketat", "diubah")


ABSENT = "belum diterima"


@table(
    "pk-opd",
    "Perjanjian Kinerja tiap OPD s.d. {periode} {tahun}",
    "nama_opd pk perubahan n_perubahan dasar sebab",
    "Tanggal penandatanganan; yang ditandatangani sesudah akhir periode belum dihitung.",
    source="lembar 5_PERJANJIAN",
    perubahan=("PK Perubahan terakhir", "tanggal", 0),
    dasar="Pagu dasar",
)
def signed(_page: Page, found: pd.DataFrame) -> Given:
    """Per OPD: when the PK and the last PK Perubahan were signed, on which ceiling, and why it was revised.

    ``found`` is :func:`pkanalysis.analysis.achievement.agreements.completeness`.
    """
    first = [_date(date, is_there) for date, is_there in zip(found["pk_tanggal"], found["pk_ada"], strict=True)]
    last = [_date(date, bool(ke)) for date, ke in zip(found["perubahan_tanggal"], found["perubahan_ke"], strict=True)]
    return found.assign(
        pk=pd.Series(first, found.index, dtype=object),
        perubahan=pd.Series(last, found.index, dtype=object),
        dasar=[words.stored("tahap", stage) for stage in found["tahap_pagu_dasar"]],
        sebab=[
            words.stored("alasan", reason, words.NOT_FILLED if ke else "–")
            for reason, ke in zip(found["alasan"], found["perubahan_ke"], strict=True)
        ],
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
    items = [_signed(found, found["pk_ada"].astype(bool), "PK murni"), revised(found)]
    twice = found[found["n_perubahan"].gt(1)]
    if len(twice):
        text = "PK Perubahan lebih dari sekali: {nama}."
        items.append(Phrase(text, {"nama": plain(", ".join(twice["nama_opd"]))}))
    values = {"s": count(len(strange)), "w": count(len(without)), "tahun": Value(page.year, "tahun")}
    text = "{s} target PK tanpa padanan di daftar indikator; {w} indikator yang berlaku pada {tahun} tanpa target PK."
    items.append(Phrase(text, values))
    if len(strange):
        listed = strange["kode_opd"].map(found.set_index("kode_opd")["nama_opd"]) + ": " + strange["kode_indikator"]
        items.append(Phrase("Target tanpa padanan: {nama}.", {"nama": plain(", ".join(listed.drop_duplicates()))}))
    return Note("kelengkapan-pk", "", page.is_sample, items=tuple(items))


def revised(found: pd.DataFrame) -> Phrase:
    """How many OPD have signed a PK Perubahan, and which have not."""
    return _signed(found, found["perubahan_ke"].gt(0), "PK Perubahan")


def _signed(found: pd.DataFrame, is_there: pd.Series, name: str) -> Phrase:
    values = {"k": count(is_there.sum()), "n": count(len(found))}
    if not is_there.any():
        return Phrase(f"{name} belum diterima dari OPD mana pun.")
    text = f"{name} yang sudah ditandatangani diterima dari {{k}} dari {{n}} OPD"
    if is_there.all():
        return Phrase(f"{text}.", values)
    values |= {"nama": plain(", ".join(found.loc[~is_there, "nama_opd"]))}
    return Phrase(f"{text}; belum: {{nama}}.", values)


def _date(date: pd.Timestamp, is_there: bool) -> Value:
    if not is_there:
        return plain(ABSENT)
    return plain("tanggal belum diisi") if pd.isna(date) else Value(date, "tanggal")


MOST = 24
"""Targets in one figure at most."""
LARGEST = " Hanya dua puluh empat perubahan terbesar yang digambar."


def moved(card: pd.DataFrame) -> pd.DataFrame:
    """Targets that the PK Perubahan moved, in per cent of the original, easier negative; the easiest first.

    Targets with a range, letters, or an original of zero have no such figure and are left out.

    Examples
    --------
    >>> card = pd.DataFrame({"kode_indikator": ["a", "b"], "polaritas": ["naik_baik", "turun_baik"],
    ...     "target_murni": [80.0, 10.0], "target_perubahan": [76.0, 9.0],
    ...     "perubahan_target": ["dilonggarkan", "diperketat"]})
    >>> moved(card)["geser_pct"].tolist()
    [-5.0, 10.0]
    """
    sign = card["polaritas"].map(vocabulary.sign).astype("float64")
    base = card["target_murni"].abs().where(card["target_murni"].ne(0))
    shift = 100 * sign * (card["target_perubahan"] - card["target_murni"]) / base
    rows = card.assign(geser_pct=shift)[card["perubahan_target"].isin(("dilonggarkan", "diperketat")) & shift.notna()]
    return rows.sort_values(["geser_pct", "kode_indikator"], kind="stable")


def targets_figure(page: Page, card: pd.DataFrame, offices: pd.DataFrame) -> Figure | Note:
    """Draw each target that moved, the largest moves first where there are many."""
    every = moved(card)
    if every.empty:
        text = "Tidak ada target yang dilonggarkan atau diperketat; gambar tidak dibuat."
        return Note("gambar-target", "", page.is_sample, items=(Phrase(text),))
    chosen = every.loc[every["geser_pct"].abs().sort_values(ascending=False, kind="stable").index[:MOST]]
    rows = moved(chosen)
    short = rows["kode_opd"].map(short_names(offices, 18))
    labels = words.distinct(short + ": " + rows["nama_indikator"], rows["kode_indikator"])
    values = {label: percent(raw) for label, raw in zip(labels, rows["geser_pct"], strict=True)}
    return Figure(
        id="gambar-target",
        caption="Target PK Perubahan dibandingkan target PK murni",
        is_sample=page.is_sample,
        unit="persen dari target awal",
        svg=_draw(labels, rows["geser_pct"], page.is_sample),
        values=values,
        alt="Titik per target: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        note="Kiri = lebih mudah, kanan = lebih sulit, menurut arah indikator."
        + (LARGEST if len(every) > MOST else ""),
        source="lembar 3_TARGET",
    )


def _draw(labels: list[str], shifts: pd.Series, is_sample: bool) -> str:
    import matplotlib.pyplot as plt

    places = range(len(labels))
    colours = [drawing.ORANGE if shift < 0 else drawing.BLUE for shift in shifts]
    with drawing.style():
        figure, axes = plt.subplots(figsize=(drawing.NARROW, 0.7 + 0.21 * len(labels)))
        axes.hlines(places, 0, shifts, color=colours, linewidth=1.4)
        axes.scatter(shifts, places, color=colours, s=20, zorder=3)
        axes.axvline(0, color="black", linewidth=0.9)
        axes.set_yticks(places, [label if len(label) <= 34 else f"{label[:33]}…" for label in labels], fontsize=6.5)
        axes.invert_yaxis()
        axes.set_xlabel("% dari target awal", fontsize=8)
        axes.xaxis.set_major_formatter(lambda value, _: str(percent(value, 0)))
        axes.grid(axis="y", visible=False)
        return drawing.svg(figure, is_sample)


@table(
    "target-dilonggarkan",
    "Target yang dibuat lebih mudah sesudah pengurangan anggaran",
    "opd nama_indikator murni perubahan capaian_murni capaian_perubahan dokumen tanggal_ttd alasan",
    source="lembar 3_TARGET dan 5_PERJANJIAN",
    murni=("Target setahun PK murni", "angka"),
    perubahan=("Target setahun PK Perubahan", "angka", 0),
    alasan="Alasan menurut OPD",
)
def eased(_page: Page, found: pd.DataFrame, card: pd.DataFrame, names: pd.Series, since: dt.date | None) -> Given:
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
    reasons = [
        words.NOT_FILLED if reason == NO_REASON else words.stored("alasan", reason)
        for reason in found["alasan_perubahan"]
    ]
    achieved = card.set_index("kode_indikator")[["capaian_murni", "capaian_perubahan"]]
    shown = (
        found.drop(columns=achieved.columns)
        .join(achieved, "kode_indikator")
        .assign(
            opd=found["kode_opd"].map(names),
            dokumen=[words.agreement("pk_perubahan", number) for number in found["ke"]],
            alasan=pd.Series(reasons, found.index, dtype=object),
            murni=pd.Series([measured(raw) for raw in found["target_murni"]], found.index, dtype=object),
            perubahan=pd.Series([measured(raw) for raw in found["target_perubahan"]], found.index, dtype=object),
        )
    )
    said = Phrase("PK Perubahan yang ditandatangani sejak {d}, saat pagu pertama kali berubah.", {"d": day(since)})
    return shown, {
        "note": said
        if since
        else "Tanggal pengurangan anggaran tidak diketahui; semua PK Perubahan tahun ini disertakan."
    }


SUM = "Target tetap + perubahan target + batas atas = capaian yang dilaporkan."
COLUMNS = (
    Column("target_tetap", "Target tetap", "persen", 1),
    Column("perubahan_target", "Perubahan target (poin)", "poin", 1),
    Column("batas_atas", "Batas atas (poin)", "poin", 1),
    Column("capaian_dilaporkan", "Capaian yang dilaporkan", "persen", 1),
)


def by_office(page: Page, parts: pd.DataFrame, whole: pd.DataFrame, names: pd.Series) -> Table:
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
        caption=f"Rata-rata capaian dalam tiga bagian s.d. {page.period_short} {page.year}",
        is_sample=page.is_sample,
        totals=(len(rows) - 1,) if len(rows) else (),
        note=still,
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def by_indicator(page: Page, parts: pd.DataFrame, card: pd.DataFrame, names: pd.Series) -> Table:
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
        is_sample=page.is_sample,
        note=f"{SUM} Hanya indikator yang perubahan target atau batas atasnya berpengaruh.",
        source="lembar 3_TARGET dan 4_REALISASI",
    )


def changed_targets(setting: Page, whole: pd.DataFrame, card: pd.DataFrame) -> Note:
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
    return Note("perubahan-target", "", page.is_sample, items=tuple(items))


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
