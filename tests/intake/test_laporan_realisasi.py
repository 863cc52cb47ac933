import datetime as dt
import json

import pytest
from paths import shared

from pkanalysis.intake import read
from pkanalysis.intake.findings import as_frame

SECRETS = ("198001012005011001", "Budi Pegawai", "Honor untuk Budi", "4.999.999")


def document(**other):
    return {
        "kode_skpd": "1.01", "nama_skpd": "Dinas Uji", "kode_sub_skpd": "1.01.1", "nama_sub_skpd": "Sub Uji",
        "kode_program": "1.01.01", "nama_program": "Program Uji", "kode_giat": "1.01.01.2.06", "nama_giat": "Adm",
        "kode_sub_giat": "1.01.01.2.06.0009", "nama_sub_giat": "Rapat", "kode_rekening": "5.1.02.04.01.0001",
        "nama_rekening": "Belanja Uji", "jenis_transaksi": "UP", "tanggal_dokumen": "2025-01-15T00:00:00Z",
        "keterangan_dokumen": SECRETS[2], "nilai_realisasi": 100, "nilai_setoran": 0, "nip_pegawai": SECRETS[0],
        "nama_pegawai": SECRETS[1], "tanggal_simpan": "2025-03-02T07:00:00Z", "tanggal_sp2d_transfer": "null",
        "nilai_sp2d": SECRETS[3],
    } | other  # fmt: skip


@pytest.fixture
def report(tmp_path):
    def write(*documents):
        path = tmp_path / "realisasi.json"
        path.write_text(json.dumps(documents), encoding="utf-8")
        return path

    return write


def test_documents_are_summed_less_what_was_returned(report, config):
    reading = read(report(document(), document(nilai_realisasi="1.000", nilai_setoran=400)), config)
    spending = reading.tables["realisasi_anggaran"]
    assert reading.layout == "laporan_realisasi"
    assert spending[["tahun", "bulan", "realisasi_rp", "baris"]].values.tolist() == [[2025, 1, 700, 2]]
    assert spending.loc[0, "tanggal_data"].date() == dt.date(2025, 3, 2)
    assert reading.tables["opd"][["kode_opd", "nama_opd"]].values.tolist() == [["1.01", "Dinas Uji"]]


def test_ls_counts_in_the_month_of_its_transfer(report, config, severities):
    late = {"jenis_transaksi": "LS", "tanggal_sp2d_transfer": "2025-02-03T00:00:00Z"}
    waiting = {"jenis_transaksi": "LS", "nilai_realisasi": 7}
    reading = read(report(document(), document(**late), document(**waiting)), config)
    assert reading.tables["realisasi_anggaran"][["bulan", "realisasi_rp"]].values.tolist() == [[1, 107], [2, 100]]
    (warning,) = severities(reading, "peringatan")
    assert warning.rule.startswith("1 dokumen LS belum punya tanggal transfer")


def test_excel_with_metadata_rows_gives_the_same(workbook, report, config):
    headings = {
        "Kode SKPD": "kode_skpd", "Nama SKPD": "nama_skpd", "Kode Sub SKPD": "kode_sub_skpd",
        "Kode Kegiatan": "kode_giat", "Kode Sub Kegiatan": "kode_sub_giat", "Kode\xa0Rekening": "kode_rekening",
        "Jenis Transaksi": "jenis_transaksi", "Tanggal Dokumen": "tanggal_dokumen", "NIP Pegawai": "nip_pegawai",
        "Nilai Realisasi": "nilai_realisasi", "Nilai Setoran": "nilai_setoran",
    }  # fmt: skip
    records = [document(tanggal_dokumen="7 Januari 2025"), document(tanggal_dokumen="8 Februari 2025")]
    rows = [["Laporan"], ["Tahun 2025"], ["Dinas Uji"], [], list(headings)]
    rows += [[record[name] for name in headings.values()] for record in records]
    reading = read(workbook("realisasi.xlsx", {"Data Realisasi Dokumen": rows}), config)
    spending = reading.tables["realisasi_anggaran"]
    assert spending[["bulan", "realisasi_rp", "baris"]].values.tolist() == [[1, 100, 6], [2, 100, 7]]


def test_no_person_and_no_free_text_gets_past_the_door(report, config):
    wrong = document(nilai_realisasi="?", tanggal_dokumen="kapan-kapan")
    for reading in (read(report(document()), config), read(report(document(), wrong), config)):
        told = "".join(frame.to_csv() for frame in reading.tables.values()) + as_frame(reading.findings).to_csv()
        assert not [secret for secret in SECRETS if secret in told]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"nilai_realisasi": "seratus"}, "bukan angka rupiah"),
        ({"nilai_realisasi": "null"}, "nilai realisasi kosong"),
        ({"tanggal_dokumen": "undefined"}, "bukan tanggal"),
        ({"kode_rekening": "5.1.02.04.01.001"}, "kode rekening memakai penomoran Permendagri 90/2019"),
    ],
)
def test_a_wrong_document_keeps_the_file_out(report, config, severities, change, rule):
    reading = read(report(document(**change)), config)
    assert rule in severities(reading, "galat")[0].rule
    assert reading.tables == {}


def test_a_date_outside_the_year_is_booked_in_the_nearest_month_with_a_warning(report, config, severities):
    reading = read(report(document(), document(), document(tanggal_dokumen="2026-01-05")), config)
    assert reading.tables["realisasi_anggaran"]["bulan"].tolist() == [1, 12]
    assert "di luar 2025" in severities(reading, "peringatan")[0].rule


def test_the_tegal_report_has_its_published_total(config):
    spending = read(shared("real", "tegal_sipd_laporan_realisasi_2025_01.json"), config).tables["realisasi_anggaran"]
    assert spending["realisasi_rp"].sum() == 658_277_528
    assert len(spending[["kode_sub_kegiatan", "kode_rekening"]].drop_duplicates()) == 55
    assert spending["bulan"].unique().tolist() == [1]
