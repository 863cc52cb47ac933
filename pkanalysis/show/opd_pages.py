"""The head of the report: whose, which period, and which data, targets and ceilings it rests on.

The first page: four headline rows, what to know, what needs the leader's attention.

The end of the report: what may not be concluded, formulas, data notes, sources, provenance, signatures.
"""

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
from pkanalysis.show.blocks import Column, Cover, Figure, Note, Phrase, Table, phrases
from pkanalysis.show.drawing import bars
from pkanalysis.show.page import Page
from pkanalysis.show.tables import Given, table
from pkanalysis.show.values import Value, count, day, percent, plain, rupiah
from pkanalysis.store import Opd
from pkanalysis.vocabulary import quarters_to


def cover(page: Page, opd: Opd, card: pd.DataFrame) -> Cover:
    """Title, agency, period, and the basis of the figures; ``card`` says which PK is used."""
    name = "" if page.period == "tahunan" else "{periode} "
    period = {
        "periode": plain(page.period_name),
        "tahun": Value(page.year, "tahun"),
        "akhir": day(page.end),
    }
    return Cover(
        id="sampul",
        caption="Laporan Capaian Kinerja dan Anggaran",
        is_sample=page.is_sample,
        unit=f"{page.name} — {page.region}",
        items=(Phrase(f"{name}Tahun {{tahun}} (keadaan s.d. {{akhir}})", period), _basis(page, opd, card)),
        footer=page.footer,
    )


def _basis(page: Page, opd: Opd, card: pd.DataFrame) -> Phrase:
    actuals, spending = opd["realisasi"], opd["realisasi_anggaran"]
    own = actuals[actuals["tahun"].eq(page.year) & actuals["periode"].isin([*quarters_to(page.period), page.period])]
    spending = spending[spending["tahun"].eq(page.year) & spending["bulan"].le(page.month)]
    is_delivered = len(own) > 0
    number = int(card["ke"].max()) if len(card) else 0
    signed = opd["perjanjian"].query("tahun == @page.year and not tanggal_ttd > @page.end")
    last = signed[signed["ke"].eq(number)]
    dates = {"kinerja": own["tanggal_data"].max(), "uang": spending["tanggal_data"].max()}
    parts = [
        _dated("Data kinerja", "per {kinerja}", dates["kinerja"], is_delivered),
        _dated("Realisasi anggaran", "menurut berkas per {uang} (belum diaudit)", dates["uang"], len(spending) > 0),
        _agreed(last, number),
        "Acuan pagu: {pagu}" if page.stages else "Anggaran belum diterima",
    ]
    values = {name: day(date) for name, date in dates.items()} | {
        "pk": plain(words.agreement("pk_perubahan" if number else "pk", number)),
        "ttd": day(last["tanggal_ttd"].max()),
        "pagu": plain(page.stages[-1].nama if page.stages else ""),
    }
    pattern = " · ".join(parts)
    return Phrase(pattern, {name: value for name, value in values.items() if f"{{{name}}}" in pattern})


def _agreed(signed: pd.DataFrame, number: int) -> str:
    if len(signed):
        return "Acuan target: {pk} {ttd}"
    return "Acuan target: {pk}, tanggal belum diterima" if number else "Acuan target: PK belum diterima"


def _dated(what: str, date_words: str, date: Any, is_delivered: bool) -> str:
    """The data with their date, without it, or that they have not come."""
    if pd.notna(date):
        return f"{what} {date_words}"
    return f"{what} tanpa tanggal data" if is_delivered else f"{what} belum diterima"


NO_MEAN = Phrase("belum ada capaian yang dapat dirata-ratakan")


def headline(page: Page, found: Summary, last_year: Summary, spent: Absorption, travel: pd.DataFrame) -> Table:
    """Four rows: indicators, mean achievement, spending, travel; each beside what it is compared with."""
    mean = {"x": percent(found.mean_current), "n": count(found.n_current)}
    original = {"y": percent(found.mean_original), "m": count(found.n_original)}
    rows = (
        (
            Phrase(f"Indikator yang mencapai target s.d. {page.period_short}"),
            sentences.reached(found),
            _last_year(page, last_year),
        ),
        (
            Phrase(f"Rata-rata capaian s.d. {page.period_short}"),
            Phrase("**{x}** terhadap PK yang berlaku (n = {n})", mean) if found.n_current else NO_MEAN,
            Phrase("{y} terhadap PK murni (n = {m})", original) if found.n_original else NO_MEAN,
        ),
        (Phrase("Realisasi anggaran"), sentences.absorbed(spent), sentences.other_rates(spent)),
        (Phrase("Perjalanan dinas"), *_travel(page, travel)),
    )
    labels = {"hal": "Hal", "keadaan": "Keadaan", "pembanding": "Pembanding"}
    return Table(
        id="ringkasan",
        caption="Ringkasan",
        is_sample=page.is_sample,
        columns=tuple(Column(name, label, wide=True) for name, label in labels.items()),
        rows=rows,
    )


def need_to_know(page: Page, card: pd.DataFrame, steps: pd.DataFrame, spent: Absorption) -> Note:
    """List the few things to know: changed targets, changed budget, spending against the plan."""
    changes = [
        sentences.step_changed(step, page.stage_name(str(stage)), targeted_decrease(step))
        for stage, step in steps.groupby("tahap_sesudah", sort=False)
    ]
    eased = sentences.target_changed(card, page.period_short)
    said = [eased, sentences.target_tightened(card), *changes, sentences.behind_plan(spent)]
    return Note(
        id="perlu-diketahui",
        caption="Yang perlu diketahui",
        is_sample=page.is_sample,
        ordered=True,
        items=_said(said, "Anggaran baru satu tahap atau belum diterima; belum ada perubahan yang dapat dibandingkan."),
    )


def attention(page: Page, card: pd.DataFrame, steps: pd.DataFrame, travel: pd.DataFrame) -> Note:
    """List what the leader should look at: refilled travel, additions on limited items, gaps in the data."""
    own = travel[travel["cakupan"].eq("opd")]
    names = {code: page.stage_name(code) for code in page.codes}
    said = [sentences.travel_refilled(own, names)]
    said += [
        sentences.limited_but_added(step, page.stage_name(str(stage)))
        for stage, step in steps.groupby("tahap_sesudah", sort=False)
    ]
    said += [
        sentences.not_reached(card),
        *sentences.far_above(card),
        sentences.not_delivered(card),
        sentences.older_year(card),
    ]
    said += sentences.nothing_delivered(card, page.codes, [stage.nama for stage in page.missing_stages])
    return Note(
        id="perhatian",
        caption="Perlu perhatian pimpinan",
        is_sample=page.is_sample,
        items=_said(said, "Pemeriksaan otomatis tidak menemukan hal khusus."),
    )


def stages_figure(page: Page, ceilings: pd.Series, spent: Absorption) -> Figure | Note:
    """Draw one bar per budget stage and one for spending to date, with the figures on the bars."""
    amounts = {page.stage_name(code): ceilings[code] for code in page.codes}
    if spent.realised_rp is not None:
        amounts[f"Realisasi s.d. {page.period_short}"] = spent.realised_rp
    if not amounts:
        return Note("gambar-pagu", "", page.is_sample, items=(Phrase("Anggaran belum diterima; gambar tidak dibuat."),))
    values = {name: rupiah(amount) for name, amount in amounts.items()}
    return Figure(
        id="gambar-pagu",
        caption="Pagu menurut tahap dan realisasi",
        is_sample=page.is_sample,
        unit="rupiah",
        alt="Batang mendatar: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        svg=bars(values, page.is_sample),
        values=values,
        source=", ".join(filter(None, (page.budget_source, page.spending_source))),
    )


def _last_year(page: Page, found: Summary) -> Phrase:
    if not found.n_measured:
        return Phrase("tahun lalu belum ada data")
    said = sentences.reached(found)
    year = {"tahun": Value(page.year - 1, "tahun")}
    return Phrase(f"{page.period_short} {{tahun}}: {said.pattern.replace('**', '')}", said.values | year)


def _travel(page: Page, travel: pd.DataFrame) -> tuple[Phrase, Phrase]:
    rate = page.saving.travel_rate
    rule = Phrase("ketentuan {r} (Inpres 1/2025), dasar pagu murni", {"r": percent(100 * rate, 0)})
    own = travel[travel["cakupan"].eq("opd")]
    if own.empty:
        return Phrase("belum dapat dihitung: perlu pagu murni dan satu tahap sesudahnya"), rule
    return sentences.travel(own.iloc[-1], rate), rule


def _said(sentences: list[Phrase | None], otherwise: str) -> tuple[Phrase, ...]:
    return tuple(sentence for sentence in sentences if sentence is not None) or (Phrase(otherwise),)


FORMULA = (
    "Rumus capaian: makin tinggi makin baik = realisasi ÷ target × 100; makin rendah makin baik = "
    "(2 × target − realisasi) ÷ target × 100; harus di dalam rentang = 100 di dalam rentang, di luar rentang terhadap "
    "batas terdekat. Rata-rata sederhana, tanpa batas atas; indikator tanpa data tidak dihitung."
)
LIMITS = (
    "Kenaikan capaian akibat perubahan target bukan kenaikan kinerja.",
    "Penyerapan yang rendah bukan efisiensi bila target belum tercapai.",
)

ABSENT_STAGE = "tahap berlaku, tetapi tidak ada baris anggarannya (belum diimpor atau tidak dianggarkan)"


def cannot_conclude(page: Page) -> Note:
    """The limits of these data, printed every time."""
    whose = "satu OPD" if page.code else "satu tahun"
    link = f"Data {whose} tidak menunjukkan apakah pengurangan anggaran memengaruhi capaian."
    title = "Yang tidak dapat disimpulkan dari data ini"
    return Note("batas", title, page.is_sample, items=phrases({}, link, *LIMITS))


def formula(page: Page, card: pd.DataFrame) -> Note:
    """The formula in words, as every table of achievement needs it, and the indicators that use another one."""
    by_ratio = card.loc[card["rumus"].eq("rasio"), "nama_indikator"]
    items = [Phrase(FORMULA)]
    if len(by_ratio):
        text = (
            "Rumus rasio (realisasi ÷ target; bila makin rendah makin baik, target ÷ realisasi) dipakai untuk {nama}."
        )
        items.append(Phrase(text, {"nama": plain(", ".join(by_ratio))}))
    return Note("rumus", "", page.is_sample, items=tuple(items))


@table(
    "mutu-data",
    "Catatan mutu data",
    "hal catatan",
    hal="Indikator atau data",
)
def warnings(page: Page, card: pd.DataFrame, lines: pd.DataFrame, opd: Opd) -> Given:
    """Notes on the data: flags of indicators, values without source, stages without rows, warnings of the import."""
    flagged = card[card["bendera"].ne("")]
    flags = flagged["bendera"].str.split(", ").map(lambda codes: ", ".join(words.FLAGS[code] for code in codes))
    unsourced = card.loc[card["realisasi"].notna() & card["sumber"].isna(), "nama_indikator"]
    rows: list[tuple[object, object]] = list(zip(flagged["nama_indikator"], flags, strict=True))
    rows += [(name, "sumber data belum diisi") for name in unsourced]
    rows += [(stage.nama, ABSENT_STAGE) for stage in page.missing_stages]
    rows += [("Anggaran", words.inside(words.NOT_DELIVERED))] if lines.empty else []
    rows += quality.of_opd(opd)
    return tuple(rows), {
        "note": "" if rows else "Pemeriksaan otomatis atas data dan berkas sumbernya tidak menemukan catatan."
    }


@table(
    "sumber-data",
    "Berkas sumber",
    "nama_berkas tata_letak tahun tahap id_berkas",
    "Sidik berkas = dua belas digit pertama sha256.",
    tahap="Tahap/periode",
)
def sources(_page: Page, opd: Opd) -> Given:
    """List the files that this OPD's rows came from, with their fingerprints."""
    return opd.files.sort_values(["tata_letak", "tahun", "nama_berkas"])


def provenance(page: Page, opd: Opd) -> Note:
    """Fingerprint of the data, version, parameters and time, so that the report can be made again."""
    values = {
        "sidik": plain(opd.digest()),
        "versi": plain(version("pkanalysis")),
        "opd": plain(page.code),
        "tahun": plain(str(page.year)),
        "periode": plain(page.period),
        "waktu": plain(_now()),
        "n": count(len(opd.files)),
    }
    patterns = (
        "Sidik data OPD ini {sidik}, dari {n} berkas.",
        "Dibuat dengan pkanalysis {versi}; parameter opd = {opd}, tahun = {tahun}, periode = {periode}.",
        "Waktu pembuatan {waktu}.",
    )
    return Note("jejak", "Jejak pembuatan", page.is_sample, items=phrases(values, *patterns))


def signatures(page: Page) -> Table:
    """Leave room for the three signatures; names are written by hand."""
    labels = {"peran": "Peran", "jabatan": "Jabatan", "tanggal": "Tanggal", "paraf": "Tanda tangan"}
    return Table(
        id="pengesahan",
        caption="Disusun – Diverifikasi – Disetujui",
        is_sample=page.is_sample,
        columns=tuple(Column(name, label, wide=name in ("jabatan", "paraf")) for name, label in labels.items()),
        is_form=True,
        rows=tuple((role, "", "", "") for role in ("Disusun", "Diverifikasi", "Disetujui")),
    )


def _now() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now().astimezone()
    return moment.strftime("%Y-%m-%d %H:%M %Z").strip()
