"""A small invented OPD in the shape of the tables."""

import datetime as dt

import pandas as pd

from pkanalysis.tables import conform

KODE = "9.99.0.00.0.00.01.0000"
MADE = dt.date(2025, 10, 9)
POLARITIES = ("naik_baik", "turun_baik", "rentang")
AGGREGATIONS = ("jumlah", "kumulatif", "posisi_akhir", "rata_rata")
QUARTERS = ("TW1", "TW2", "TW3", "TW4")
HIGH = "Angka “layanan” = 'mutu' & <b>tebal</b> 𝔸😀 _x0041_ ✓"


def code(number: int) -> str:
    return f"U-{number:02d}"


def indicators(count: int) -> list[dict]:
    return [
        {
            "kode_indikator": code(i),
            "nama_indikator": f"{HIGH} {i}",
            "kode_opd": KODE,
            "tingkat": "iku_opd",
            "sasaran": "=SUM(A1) bukan rumus",
            "satuan": "persen",
            "polaritas": POLARITIES[i % 3],
            "rumus": "rasio" if i % 5 == 4 else "deviasi",
            "agregasi": AGGREGATIONS[i % 4],
            "batas_atas": 120.0 if i % 2 else None,
            "jadwal_ukur": "triwulanan",
            "bulan_rilis": 12 if i % 2 else None,
            "tahun_yang_digambarkan": "tahun_berjalan",
            "penanggung_jawab_data": "BPS",
            "definisi": "a ÷ b × 100 " * 40 + "selesai",
            "berlaku_dari": 2023,
        }
        for i in range(count)
    ]


def target_rows(i: int) -> list[dict]:
    return [
        {
            "kode_indikator": code(i), "kode_opd": KODE, "tahun": 2025, "periode": period, "dokumen": document,
            "ke": number, "nilai": 80.5 + i - number, "nilai_atas": 90.25 + i if i % 3 == 2 else None,
            "nilai_huruf": "BB" if period == "TW2" else None, "alasan_perubahan": reason,
        }
        for document, number, reason in (("renstra", 0, None), ("pk", 0, None), ("pk_perubahan", 2, "koreksi"))
        for period in (*QUARTERS, "tahunan")
    ]  # fmt: skip


def actual_rows(i: int) -> list[dict]:
    return [
        {
            "kode_indikator": code(i), "kode_opd": KODE, "tahun": year, "periode": period,
            "nilai": None if period == "TW2" and year == 2024 else 10.1 * (q + 1) + i,
            "nilai_huruf": "A" if i % 2 else None,
            "status": "menunggu_rilis" if period == "TW2" and year == 2024 else "final",
            "sumber": "register", "tanggal_data": pd.Timestamp(year, 3 * q + 3, 28), "bukti": "bukti.pdf",
        }
        for year in (2023, 2024, 2025)
        for q, period in enumerate(QUARTERS)
        if (year, period) <= (2025, "TW3") and not (i % 2 and period == "TW2" and year == 2024)
    ]  # fmt: skip


def make_tables(count: int) -> dict[str, pd.DataFrame]:
    now = {"kode_opd": KODE, "tahun": 2025}
    change = {"tahap_sebelum": "murni", "tahap_sesudah": "pergeseran", "kode_sub_kegiatan": "9.99.01.2.01.0001", **now}
    rows = {
        "opd": [{"kode_opd": KODE, "nama_opd": "Dinas Uji", "singkatan": "DINUJI", "jenis": "dinas",
                 "sektor_prioritas": "kesehatan", "berlaku_dari": 2020}],
        "indikator": indicators(count),
        "kaskade": [{"kode_indikator": code(i), "kode_induk": f"INDUK-{n}", "jenis_induk": kind, "kode_opd": KODE}
                    for i in range(count) for n, kind in enumerate(("indikator", "program"))],
        "target": [row for i in range(count) for row in target_rows(i)],
        "realisasi": [row for i in range(count) for row in actual_rows(i)],
        "perjanjian": [{"dokumen": "pk", "ke": 0, "nomor": "1/2025", "tanggal_ttd": pd.Timestamp(2025, 1, 20),
                        "tahap_pagu_dasar": "murni", **now},
                       {"dokumen": "pk_perubahan", "ke": 2, "tahap_pagu_dasar": "perubahan", "alasan": "lainnya",
                        **now}],
        "analisis": [{"kode_indikator": code(i), "periode": "TW3", "faktor_penghambat": "x" * 500, "upaya": "=1+1",
                      "kategori_penghambat": "lain-lain", "batas_waktu": "31 Desember 2025",
                      "status_tindak_lanjut": "berjalan", **now} for i in range(count)],
        "pembanding": [{"kode_indikator": code(i), "cakupan": scope, "nilai": 70.25, "sumber": "BPS", **now}
                       for i in range(count) for scope in ("provinsi", "nasional")],
        "perubahan_anggaran": [
            {"kode_rekening": "5.1.02.04.01.0001", "pagu_sebelum_rp": 1_930_724_471_001, "pagu_sesudah_rp": 0,
             "sebab": "inpres_1_2025", "penjelasan": "perjalanan", "memengaruhi_target": True, **change},
            {"kode_rekening": "5.1.02.01.01.0024", "pagu_sesudah_rp": 7, "memengaruhi_target": False, **change}],
    }  # fmt: skip
    return {name: conform(name, pd.DataFrame(values or None)) for name, values in rows.items()}
