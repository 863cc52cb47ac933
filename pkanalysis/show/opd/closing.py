"""The end of the report: what may not be concluded, formulas, data notes, sources, provenance, signatures."""

from __future__ import annotations

import datetime as dt
import os
from importlib.metadata import version

import pandas as pd

from pkanalysis.show import quality, words
from pkanalysis.show.blocks import Column, Note, Phrase, Table, phrases
from pkanalysis.show.cells import count, plain
from pkanalysis.show.setting import Setting
from pkanalysis.store import Opd

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


def cannot_conclude(setting: Setting) -> Note:
    """The limits of these data, printed every time."""
    whose = "satu OPD" if setting.code else "satu tahun"
    link = f"Data {whose} tidak menunjukkan apakah pengurangan anggaran memengaruhi capaian."
    title = "Yang tidak dapat disimpulkan dari data ini"
    return Note("batas", title, setting.is_sample, items=phrases({}, link, *LIMITS))


def formula(setting: Setting, card: pd.DataFrame) -> Note:
    """The formula in words, as every table of achievement needs it, and the indicators that use another one."""
    by_ratio = card.loc[card["rumus"].eq("rasio"), "nama_indikator"]
    items = [Phrase(FORMULA)]
    if len(by_ratio):
        text = (
            "Rumus rasio (realisasi ÷ target; bila makin rendah makin baik, target ÷ realisasi) dipakai untuk {nama}."
        )
        items.append(Phrase(text, {"nama": plain(", ".join(by_ratio))}))
    return Note("rumus", "", setting.is_sample, items=tuple(items))


def warnings(setting: Setting, card: pd.DataFrame, lines: pd.DataFrame, opd: Opd) -> Table:
    """Notes on the data: flags of indicators, values without source, stages without rows, warnings of the import."""
    flagged = card[card["bendera"].ne("")]
    flags = flagged["bendera"].str.split(", ").map(lambda codes: ", ".join(words.FLAGS[code] for code in codes))
    unsourced = card.loc[card["realisasi"].notna() & card["sumber"].isna(), "nama_indikator"]
    rows: list[tuple[object, object]] = list(zip(flagged["nama_indikator"], flags, strict=True))
    rows += [(name, "sumber data belum diisi") for name in unsourced]
    rows += [(stage.nama, ABSENT_STAGE) for stage in setting.missing_stages]
    rows += [("Anggaran", words.inside(words.NOT_DELIVERED))] if lines.empty else []
    rows += quality.of_opd(opd)
    return Table(
        id="mutu-data",
        caption="Catatan mutu data",
        is_sample=setting.is_sample,
        columns=(Column("hal", "Indikator atau data", wide=True), Column("catatan", "Catatan", wide=True)),
        rows=tuple(rows),
        note="" if rows else "Pemeriksaan otomatis atas data dan berkas sumbernya tidak menemukan catatan.",
    )


def sources(setting: Setting, opd: Opd) -> Table:
    """List the files that this OPD's rows came from, with their fingerprints."""
    columns = [
        Column("nama_berkas", "Berkas", wide=True),
        Column("tata_letak", "Tata letak"),
        Column("tahun", "Tahun", "tahun"),
        Column("tahap", "Tahap/periode"),
        Column("id_berkas", "Sidik berkas"),
    ]
    return Table.from_frame(
        opd.files.sort_values(["tata_letak", "tahun", "nama_berkas"]),
        columns,
        id="sumber-data",
        caption="Berkas sumber",
        is_sample=setting.is_sample,
        note="Sidik berkas = dua belas digit pertama sha256.",
    )


def provenance(setting: Setting, opd: Opd) -> Note:
    """Fingerprint of the data, version, parameters and time, so that the report can be made again."""
    values = {
        "sidik": plain(opd.digest()),
        "versi": plain(version("pkanalysis")),
        "opd": plain(setting.code),
        "tahun": plain(str(setting.year)),
        "periode": plain(setting.period),
        "waktu": plain(_now()),
        "n": count(len(opd.files)),
    }
    patterns = (
        "Sidik data OPD ini {sidik}, dari {n} berkas.",
        "Dibuat dengan pkanalysis {versi}; parameter opd = {opd}, tahun = {tahun}, periode = {periode}.",
        "Waktu pembuatan {waktu}.",
    )
    return Note("jejak", "Jejak pembuatan", setting.is_sample, items=phrases(values, *patterns))


def signatures(setting: Setting) -> Table:
    """Leave room for the three signatures; names are written by hand."""
    labels = {"peran": "Peran", "jabatan": "Jabatan", "tanggal": "Tanggal", "paraf": "Tanda tangan"}
    return Table(
        id="pengesahan",
        caption="Disusun – Diverifikasi – Disetujui",
        is_sample=setting.is_sample,
        columns=tuple(Column(name, label, wide=name in ("jabatan", "paraf")) for name, label in labels.items()),
        is_form=True,
        rows=tuple((role, "", "", "") for role in ("Disusun", "Diverifikasi", "Disetujui")),
    )


def _now() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now().astimezone()
    return moment.strftime("%Y-%m-%d %H:%M %Z").strip()
