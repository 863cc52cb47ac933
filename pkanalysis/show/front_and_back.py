"""The first page and the end of the report of an OPD: what it rests on, what to know, and where all of it is from."""

from __future__ import annotations

import datetime as dt
import os
from importlib.metadata import version
from typing import Any

import pandas as pd

from pkanalysis.analysis.achievement.averages import Summary
from pkanalysis.analysis.budget.changes import targeted_decrease
from pkanalysis.analysis.spending import Absorption
from pkanalysis.show import quality, sentences, words
from pkanalysis.show.blocks import Cover, Figure, Note
from pkanalysis.show.drawing import BLUE, GREY, WIDE, canvas, shortened, svg
from pkanalysis.show.page import Page
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import Phrase, Value, count, day, percent, phrases, plain, rupiah
from pkanalysis.store import Opd
from pkanalysis.vocabulary import quarters_to

FORMULA = (
    "Rumus capaian: makin tinggi makin baik = realisasi ÷ target × 100; makin rendah makin baik = "
    "(2 × target − realisasi) ÷ target × 100; harus di dalam rentang = 100 di dalam rentang, di luar rentang terhadap "
    "batas terdekat. Rata-rata sederhana, tanpa batas atas; indikator tanpa data tidak dihitung."
)
ABSENT_STAGE = "tahap berlaku, tetapi tidak ada baris anggarannya (belum diimpor atau tidak dianggarkan)"


def cover(page: Page, opd: Opd, card: pd.DataFrame) -> Cover:
    """Title, agency, period, and the basis of the figures.

    That is the days of the data, the PK that targets are of (``card`` says which), and the stage of the ceiling; what
    is missing says so.
    """
    actuals, spending = opd["realisasi"], opd["realisasi_anggaran"]
    periods = [*quarters_to(page.period), page.period]
    results = actuals.loc[actuals["tahun"].eq(page.year) & actuals["periode"].isin(periods), "tanggal_data"]
    money = spending.loc[spending["tahun"].eq(page.year) & spending["bulan"].le(page.month), "tanggal_data"]
    number = int(card["ke"].max()) if len(card) else 0
    signed = opd["perjanjian"].query("tahun == @page.year and not tanggal_ttd > @page.end and ke == @number")
    agreed = "{pk}, tanggal belum diterima" if number else "PK belum diterima"
    parts = []
    for what, dated, dates in (
        ("Data kinerja", "per {kinerja}", results),
        ("Realisasi anggaran", "menurut berkas per {uang} (belum diaudit)", money),
    ):
        undated = "tanpa tanggal data" if len(dates) else "belum diterima"
        parts.append(f"{what} {dated if dates.notna().any() else undated}")
    parts += [
        f"Acuan target: {'{pk} {ttd}' if len(signed) else agreed}",
        "Acuan pagu: {pagu}" if page.stages else "Anggaran belum diterima",
    ]
    values = {
        "kinerja": day(results.max()), "uang": day(money.max()), "ttd": day(signed["tanggal_ttd"].max()),
        "pk": plain(words.agreement("pk_perubahan" if number else "pk", number)),
        "pagu": plain(page.stages[-1].nama if page.stages else ""),
    }  # fmt: skip
    name = "" if page.period == "tahunan" else "{periode} "
    period = {"periode": plain(page.period_name), "tahun": Value(page.year, "tahun"), "akhir": day(page.end)}
    return Cover(
        **page.block("sampul", "Laporan Capaian Kinerja dan Anggaran"),
        unit=f"{page.name} — {page.region}",
        items=(
            Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}})", period),
            *phrases(values, " · ".join(parts)),
        ),
        footer=page.footer,
    )


@table("ringkasan", "Ringkasan", "hal keadaan pembanding", pembanding=("Pembanding", "teks", 0, True))
def headline(
    page: Page, found: Summary, last_year: Summary, spent: Absorption, travel: pd.DataFrame
) -> list[tuple[Phrase, ...]]:
    """Four rows: indicators, mean achievement, spending, travel; each beside what it is compared with."""
    no_mean = Phrase("belum ada capaian yang dapat dirata-ratakan")
    current = {"x": percent(found.mean_current), "n": count(found.n_current)}
    original = {"y": percent(found.mean_original), "m": count(found.n_original)}
    before = Phrase("tahun lalu belum ada data")
    if last_year.n_measured:
        said = sentences.reached(last_year)
        pattern = f"{page.period_short} {{tahun}}: {said.pattern.replace('**', '')}"
        before = Phrase(pattern, said.values | {"tahun": Value(page.year - 1, "tahun")})
    rate, own = page.saving.travel_rate, travel[travel["cakupan"].eq("opd")]
    cut = Phrase("belum dapat dihitung: perlu pagu murni dan satu tahap sesudahnya")
    return [
        (Phrase(f"Indikator yang mencapai target s.d. {page.period_short}"), sentences.reached(found), before),
        (
            Phrase(f"Rata-rata capaian s.d. {page.period_short}"),
            Phrase("**{x}** terhadap PK yang berlaku (n = {n})", current) if found.n_current else no_mean,
            Phrase("{y} terhadap PK murni (n = {m})", original) if found.n_original else no_mean,
        ),
        (Phrase("Realisasi anggaran"), sentences.absorbed(spent), sentences.other_rates(spent)),
        (
            Phrase("Perjalanan dinas"),
            cut if own.empty else sentences.travel(own.iloc[-1], rate),
            Phrase("ketentuan {r} (Inpres 1/2025), dasar pagu murni", {"r": percent(100 * rate, 0)}),
        ),
    ]


def need_to_know(page: Page, card: pd.DataFrame, steps: pd.DataFrame, spent: Absorption) -> Note:
    """List the few things to know: changed targets, changed budget, spending against the plan."""
    found = [
        *sentences.targets_changed(card, page.period_short),
        *(
            sentences.step_changed(step, page.stage_name(str(stage)), targeted_decrease(step))
            for stage, step in steps.groupby("tahap_sesudah", sort=False)
        ),
        sentences.behind_plan(spent),
    ]
    none = Phrase("Anggaran baru satu tahap atau belum diterima; belum ada perubahan yang dapat dibandingkan.")
    said = [item for item in found if item] or [none]
    return page.say("perlu-diketahui", *said, caption="Yang perlu diketahui", ordered=True)


def attention(page: Page, card: pd.DataFrame, steps: pd.DataFrame, travel: pd.DataFrame) -> Note:
    """List what the leader should look at: refilled travel, additions on limited items, gaps in the data."""
    own = travel[travel["cakupan"].eq("opd")]
    found = [
        sentences.travel_refilled(own, {code: page.stage_name(code) for code in page.codes}),
        *(
            sentences.limited_but_added(step, page.stage_name(str(stage)))
            for stage, step in steps.groupby("tahap_sesudah", sort=False)
        ),
        sentences.not_reached(card),
        *sentences.questionable(card),
        *sentences.nothing_delivered(card, page.codes, [stage.nama for stage in page.missing_stages]),
    ]
    none = Phrase("Pemeriksaan otomatis tidak menemukan hal khusus.")
    said = [item for item in found if item] or [none]
    return page.say("perhatian", *said, caption="Perlu perhatian pimpinan")


def stages_figure(page: Page, ceilings: pd.Series, spent: Absorption) -> Figure | Note:
    """One bar per budget stage and one for spending to date, with the figures on the bars."""
    values = {page.stage_name(code): rupiah(ceilings[code]) for code in page.codes}
    if spent.realised_rp is not None:
        values[f"Realisasi s.d. {page.period_short}"] = rupiah(spent.realised_rp)
    shown = {name: value for name, value in values.items() if value.raw is not None}
    if not values:
        return page.say("gambar-pagu", "Anggaran belum diterima; gambar tidak dibuat.")
    with canvas(0.5 + 0.42 * max(1, len(shown)), WIDE) as (figure, axes):
        amounts, rows = [float(value.raw) for value in shown.values()], range(len(shown))
        colours = [*[GREY] * (len(shown) - 1), BLUE] if shown else None
        drawn = axes.barh(rows, amounts, color=colours, height=0.62)
        axes.set_yticks(rows, [shortened(name) for name in shown])
        axes.bar_label(drawn, [str(value) for value in shown.values()], padding=4, fontsize=9)
        axes.invert_yaxis()
        axes.set(xlim=(0, max(amounts, default=1) * 1.32), xticks=[])
        axes.grid(False)
        axes.spines["bottom"].set_visible(False)
        bars = svg(figure, page.is_sample)
    title = "Pagu menurut tahap dan realisasi"
    return page.figure("gambar-pagu", title, bars, values, "Batang mendatar:", unit="rupiah", source=page.sources())


def cannot_conclude(page: Page) -> Note:
    """The limits of these data, printed every time."""
    whose = "satu OPD" if page.code else "satu tahun"
    return page.say(
        "batas",
        f"Data {whose} tidak menunjukkan apakah pengurangan anggaran memengaruhi capaian.",
        "Kenaikan capaian akibat perubahan target bukan kenaikan kinerja.",
        "Penyerapan yang rendah bukan efisiensi bila target belum tercapai.",
        caption="Yang tidak dapat disimpulkan dari data ini",
    )


def formula(page: Page, card: pd.DataFrame) -> Note:
    """The formula in words, as every table of achievement needs it, and the indicators that use another one."""
    by_ratio = card.loc[card["rumus"].eq("rasio"), "nama_indikator"]
    text = "Rumus rasio (realisasi ÷ target; bila makin rendah makin baik, target ÷ realisasi) dipakai untuk {nama}."
    patterns = (FORMULA, text) if len(by_ratio) else (FORMULA,)
    return page.say("rumus", *patterns, nama=plain(", ".join(by_ratio)))


@table("mutu-data", "Catatan mutu data", "hal catatan", hal="Indikator atau data")
def warnings(page: Page, card: pd.DataFrame, lines: pd.DataFrame, opd: Opd) -> RowsOrBlock:
    """Notes on the data: flags of indicators, values without source, stages without rows, warnings of the import."""
    flagged = card[card["bendera"].ne("")]
    flags = flagged["bendera"].str.split(", ").map(lambda codes: ", ".join(words.FLAGS[code] for code in codes))
    unsourced = card.loc[card["realisasi"].notna() & card["sumber"].isna(), "nama_indikator"]
    rows: list[tuple[Any, Any]] = list(zip(flagged["nama_indikator"], flags, strict=True))
    rows += [(name, "sumber data belum diisi") for name in unsourced]
    rows += [(stage.nama, ABSENT_STAGE) for stage in page.missing_stages]
    rows += [("Anggaran", words.NOT_YET)] if lines.empty else []
    rows += quality.of_opd(opd)
    clean = "Pemeriksaan otomatis atas data dan berkas sumbernya tidak menemukan catatan."
    return rows, {"note": "" if rows else clean}


@table("sumber-data", "Berkas sumber", "nama_berkas tata_letak tahun tahap id_berkas",
       "Sidik berkas = dua belas digit pertama sha256.", tahap="Tahap/periode")  # fmt: skip
def sources(_page: Page, opd: Opd) -> RowsOrBlock:
    """List the files that this OPD's rows came from, with their fingerprints."""
    return opd.files.sort_values(["tata_letak", "tahun", "nama_berkas"])


def provenance(page: Page, opd: Opd) -> Note:
    """Fingerprint of the data, version, parameters and time, so that the report can be made again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now().astimezone()
    return page.say(
        "jejak",
        "Sidik data OPD ini {sidik}, dari {n} berkas.",
        "Dibuat dengan pkanalysis {versi}; parameter opd = {opd}, tahun = {tahun}, periode = {periode}.",
        "Waktu pembuatan {waktu}.",
        caption="Jejak pembuatan",
        sidik=plain(opd.digest()),
        versi=plain(version("pkanalysis")),
        opd=plain(page.code),
        tahun=plain(str(page.year)),
        periode=plain(page.period),
        waktu=plain(moment.strftime("%Y-%m-%d %H:%M %Z").strip()),
        n=count(len(opd.files)),
    )


@table("pengesahan", "Disusun – Diverifikasi – Disetujui", "peran jabatan tanggal paraf", is_form=True,
       peran="Peran", jabatan=("Jabatan", "teks", 0, True), tanggal=("Tanggal", "teks"),
       paraf=("Tanda tangan", "teks", 0, True))  # fmt: skip
def signatures(_page: Page) -> list[tuple[str, ...]]:
    """Leave room for the three signatures; names are written by hand."""
    return [(role, "", "", "") for role in ("Disusun", "Diverifikasi", "Disetujui")]
