"""A workspace of unusual offices: what reports must cope with, written straight into its tables."""

from dataclasses import dataclass

import pandas as pd

from pkanalysis import derived, store
from pkanalysis.store import parquet
from pkanalysis.tables import conform

HOSTILE = (
    "\"kutip\" 'satu' {kurung} {0} [siku]", "garis\\miring \\n \\alpha", "#set $x^2$ $\\frac @sitasi",
    "{{ 7*7 }} {% if %} ${x}", "<script>alert(1)</script> &amp; <b>", "=cmd|'/c calc'!A1", "+1 *tebal* _miring_ `kode`",
    "-2 ~ ^ | == ???", "@SUM(A1) https://contoh.go.id/a", "huruf 𠮷 dan 😀 empat bita", "kanan \u200fke\u200e kiri",
)  # fmt: skip
EVERY = " ".join(HOSTILE)
WORD = "Pertanggungjawaban" * 4 + "Kelembagaan"
LONG = (
    f"Badan Penyelenggaraan Perencanaan Pembangunan, {WORD}, Pengendalian Penduduk, Pemberdayaan Perempuan dan "
    "Perlindungan Anak serta Pengelolaan Sumber Daya Air, Perumahan Rakyat, dan Kawasan Permukiman Kota Contoh"
)
CONFIG = f"""
[ruang_kerja]
jenis = "contoh"
daerah = "Kota Contoh"
[[tahap]]
tahun = 2025
kode = "murni"
nama = "APBD murni"
dasar_hukum = '''Perda {EVERY}'''
[[tahap]]
tahun = 2025
kode = "pergeseran"
nama = "Pergeseran"
berlaku_mulai = 2025-03-01
dasar_hukum = '''Perwal {EVERY}'''
tanggal_pemberitahuan_dprd = 2025-03-05
[[tahap]]
tahun = 2025
kode = "perubahan"
nama = "Perubahan APBD"
berlaku_mulai = 2025-08-01
"""
YEARS, STAGES = (2023, 2024, 2025), ("murni", "pergeseran", "perubahan")
ACCOUNTS = ("5.1.02.04.01.0001", "5.1.02.01.01.0024", "5.1.01.01.01.0001", "5.2.02.05.01.0001")


@dataclass(frozen=True)
class Office:
    """What sets one office apart; ``texts`` are the names of its indicators, programmes and all the rest."""

    name: str
    texts: tuple[str, ...] = ("Persentase layanan tepat waktu", "Indeks kepuasan masyarakat", "Jumlah warga terlayani")
    years: tuple[int, ...] = YEARS
    stages: tuple[str, ...] = STAGES
    first_line_rp: int = 400_000_000
    has_values: bool = True


OFFICES = {
    "TANPA_IKU": Office("Dinas Tanpa Indikator", texts=()),
    "SATU_TAHUN": Office("Dinas Satu Tahun", years=YEARS[-1:]),
    "BANYAK": Office("Dinas Banyak Indikator", tuple(f"Persentase layanan ke-{n} tepat waktu" for n in range(60))),
    "PANJANG": Office(LONG, texts=(LONG, f"{LONG} Dua", f"{WORD} {LONG}")),
    "BOLONG": Office("Dinas Tanpa Pagu Pergeseran", stages=("murni", "perubahan")),
    "SATU_TAHAP": Office("Dinas yang Baru Dibentuk", years=YEARS[-1:], stages=("perubahan",)),
    "NEGATIF": Office("Dinas Koreksi Negatif", first_line_rp=-150_000_000),
    "TANPA_NILAI": Office("Dinas Tanpa Nilai", stages=(), has_values=False),
    "KOSONG": Office("Dinas Tanpa Data", texts=(), stages=()),
    "ANEH": Office(EVERY, texts=HOSTILE),
}


def write(folder):
    """Write the workspace with its derived tables."""
    rows = {name: [] for name in ("opd", "berkas", *TABLES)}
    for number, (short, office) in enumerate(OFFICES.items(), start=1):
        code = f"X{number}.01"
        rows["opd"].append({"kode_opd": code, "nama_opd": office.name, "singkatan": short, "jenis": "dinas"})
        for name, table in TABLES.items():
            rows[name] += [{"kode_opd": code, "id_berkas": f"{number:012}"} | row for row in table(office)]
        rows["berkas"].append(_file(number, office))
    workspace = store.create(folder, CONFIG)
    parquet.write_all(folder / "tabel", {name: conform(name, pd.DataFrame(some)) for name, some in rows.items()})
    derived.update(workspace)
    return folder


def _file(number, office):
    name = f"{office.texts[-1] if office.texts else 'Rekap'}.xlsx"
    return {"id_berkas": f"{number:012}", "nama_berkas": name, "sha256": "0" * 64, "tata_letak": "rekap", "tahun": 2025}


def _keys(office):
    return {f"{office.name[:20]} {place}": text for place, text in enumerate(office.texts)}


def _indicators(office):
    for place, (key, text) in enumerate(_keys(office).items()):
        yield {
            "kode_indikator": key, "nama_indikator": text, "sasaran": f"{text} meningkat", "satuan": text[:30],
            "polaritas": ("naik_baik", "turun_baik")[place % 2], "agregasi": "posisi_akhir", "tingkat": "iku_opd",
        }  # fmt: skip


def _targets(office):
    for place, key in enumerate(_keys(office)):
        for year in office.years:
            for document, number in (("pk", 0), ("pk_perubahan", 1))[: 1 + (year == 2025)]:
                for period in ("TW3", "tahunan"):
                    value = 80 + place % 7 - 2 * number if office.has_values else None
                    yield {
                        "kode_indikator": key, "tahun": year, "periode": period, "dokumen": document, "ke": number,
                        "nilai": value, "alasan_perubahan": "lainnya" if number else None,
                    }  # fmt: skip


def _actuals(office):
    for place, (key, text) in enumerate(_keys(office).items()):
        for year in office.years:
            for period in ("TW3", "TW4", "tahunan")[: 1 if year == 2025 else 3]:
                value = 70 + place % 23 + (year - 2023) if office.has_values else None
                status = "final" if office.has_values else "menunggu_rilis"
                yield {
                    "kode_indikator": key, "tahun": year, "periode": period, "nilai": value, "status": status,
                    "sumber": text,
                }  # fmt: skip


def _lines(office):
    """Budget lines: travel is halved at the shift, the second account grows."""
    texts = office.texts or ("Program rutin",)
    for place in range(max(4, min(len(texts), 12))):
        text, account = texts[place % len(texts)], ACCOUNTS[place % len(ACCOUNTS)]
        yield place, {
            "kode_sub_kegiatan": f"1.01.{place:02d}", "nama_sub_kegiatan": text, "kode_program": f"1.{place:02d}",
            "nama_program": text, "kode_rekening": account, "nama_rekening": text,
        }  # fmt: skip


def _budget(office):
    for stage in office.stages:
        for place, line in _lines(office):
            amount = office.first_line_rp if place == 0 else 900_000_000_000 // (place + 1)
            moved = {"murni": 1.0, "pergeseran": (0.5, 1.2)[place % 2], "perubahan": (0.6, 1.1)[place % 2]}[stage]
            yield line | {"tahun": 2025, "tahap": stage, "pagu_rp": round(amount * moved)}


def _spending(office):
    for month in range(1, 10 if office.stages else 1):
        for _, line in _lines(office):
            yield line | {"tahun": 2025, "bulan": month, "realisasi_rp": 90_000_000 * month}


def _plan(office):
    for row in _spending(office):
        keys = ("tahun", "bulan", "kode_sub_kegiatan", "kode_rekening")
        yield {key: row[key] for key in keys} | {"rencana_rp": 100_000_000}


def _agreements(office):
    for text in office.texts[-1:]:
        yield {"tahun": 2025, "dokumen": "pk", "ke": 0, "nomor": text, "tanggal_ttd": pd.Timestamp("2025-01-15")}
        revised = {"dokumen": "pk_perubahan", "ke": 1, "nomor": f"{text} (2)", "alasan": "lainnya"}
        yield {"tahun": 2025, "tanggal_ttd": pd.Timestamp("2025-09-01")} | revised


def _analysis(office):
    columns = ("faktor_pendorong", "faktor_penghambat", "upaya", "rencana_tindak_lanjut", "penanggung_jawab")
    for key, text in list(_keys(office).items())[::2]:
        yield {"kode_indikator": key, "tahun": 2025, "periode": "TW3"} | dict.fromkeys((*columns, "batas_waktu"), text)


TABLES = {
    "indikator": _indicators,
    "target": _targets,
    "realisasi": _actuals,
    "anggaran": _budget,
    "realisasi_anggaran": _spending,
    "rencana_kas": _plan,
    "perjanjian": _agreements,
    "analisis": _analysis,
}
