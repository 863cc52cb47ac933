"""The DPA after a pergeseran or perubahan: amounts before, after and their difference on one line."""

import pytest
from sipd_pdfs import HEAD, document, months

from pkanalysis.config import Config, Stage
from pkanalysis.intake import read

CHANGED = HEAD.replace("PELAKSANAAN ANGGARAN", "PELAKSANAAN PERGESERAN ANGGARAN").replace("DPA RINCIAN", "DPPA RINCIAN")
TABLE = """\
Kode Rekening Uraian
Sebelum Pergeseran Setelah Pergeseran Bertambah/
(Berkurang)
Rincian Perhitungan Jumlah Rincian Perhitungan Jumlah
Koefisien Satuan Harga PPN (Rp) Koefisien Satuan Harga PPN (Rp)"""
LINES = """\
5 BELANJA DAERAH Rp1.500,00 Rp1.200,00 Rp-300,00
5.1 BELANJA OPERASI Rp1.500,00 Rp1.200,00 Rp-300,00
5.1.02 Belanja Barang dan Jasa Rp1.500,00 Rp1.200,00 (Rp300,00)
5.1.02.01 Belanja Barang Rp1.000,00 Rp950,00 Rp(50,00)
5.1.02.01.001 Belanja Barang Pakai Habis Rp1.000,00 Rp950,00 -Rp50,00
5.1.02.01.001.00024 Belanja Alat Tulis Kantor Rp1.000,00 Rp700,00 Rp-300,00
[ # ] Alat Tulis Rp600,00 Rp300,00 Rp-300,00
Sumber Dana: PENDAPATAN ASLI DAERAH (PAD)
[ - ] Alat Tulis Rp600,00 Rp300,00 Rp-300,00
5 Kotak Kotak Rp100,00 0% Rp500,00 3 Kotak Kotak Rp100,00 0% Rp300,00 Rp-200,00
[ # ] Kertas
Sumber Dana: DANA UJI
Rp400,00 Rp400,00 Rp0,00
5.1.02.01.001.00026 Belanja Bahan Cetak yang baru
muncul Rp0,00 Rp250,00 Rp250,00
5.1.02.04 Belanja Perjalanan Dinas Rp500,00 Rp250,00 Rp-250,00
5.1.02.04.001 Belanja Perjalanan Dinas Dalam Negeri Rp500,00 Rp250,00 Rp-250,00
5.1.02.04.001.00001 Belanja Perjalanan Dinas Biasa Rp500,00 Rp0,00 Rp-500,00
5.1.02.04.001.00003 Belanja Perjalanan Dinas Dalam Kota Rp0,00 Rp250,00 Rp250,00
Jumlah Anggaran Sub Kegiatan Rp1.500,00 Rp1.200,00 Rp-300,00"""


@pytest.fixture
def config():
    return Config("nyata", "Kota Uji", tuple(Stage(2026, code, code) for code in ("murni", "pergeseran", "perubahan")))


@pytest.fixture
def dppa(tmp_path):
    def write(lines=LINES, head=CHANGED, table=TABLE, name="dppa.pdf"):
        path = tmp_path / name
        path.write_bytes(document("\n".join([head, table, lines, months(100)])))
        return path

    return write


def test_before_and_after_are_two_stages(dppa, config):
    reading = read(dppa(), config)
    lines = reading.tables["anggaran"]
    assert [item.severity for item in reading.findings] == ["catatan"]
    assert lines[["tahap", "kode_rekening", "nama_sumber_dana", "pagu_rp"]].values.tolist() == [
        ["murni", "5.1.02.01.01.0024", "PENDAPATAN ASLI DAERAH (PAD)", 600],
        ["murni", "5.1.02.01.01.0024", "DANA UJI", 400],
        ["murni", "5.1.02.04.01.0001", "PENDAPATAN ASLI DAERAH (PAD)", 500],
        ["pergeseran", "5.1.02.01.01.0024", "PENDAPATAN ASLI DAERAH (PAD)", 300],
        ["pergeseran", "5.1.02.01.01.0024", "DANA UJI", 400],
        ["pergeseran", "5.1.02.01.01.0026", "PENDAPATAN ASLI DAERAH (PAD)", 250],
        ["pergeseran", "5.1.02.04.01.0003", "PENDAPATAN ASLI DAERAH (PAD)", 250],
    ]
    assert [(item.stage, item.activities) for item in reading.slices] == [
        ("murni", ("9.99.02.1.01.0001",)), ("pergeseran", ("9.99.02.1.01.0001",)),
    ]  # fmt: skip


def test_the_months_are_of_the_amount_after(dppa, config):
    reading = read(dppa(), config)
    assert reading.tables["rencana_kas"]["rencana_rp"].sum() == 1200


@pytest.mark.parametrize(
    ("old", "new", "severity", "rule"),
    [
        ("Rp(50,00)", "Rp(55,00)", "galat", "5.1.02.01: setelah 950 dikurangi sebelum 1000 adalah -50"),
        ("Kota Rp0,00 Rp250,00 Rp250", "Kota Rp0,00 Rp240,00 Rp240", "galat", "rincian rekeningnya kurang 10"),
        ("Kantor Rp1.000,00 Rp700,00 Rp-300", "Kantor Rp1.010,00 Rp700,00 Rp-310", "galat", "lebih 10"),
        ("Rp1.500,00 Rp1.200,00 Rp-300,00\n5.1 B", "Rp1.500,00 Rp1.300,00 Rp-200,00\n5.1 B", "galat", "kurang 100"),
        ("Rp400,00 Rp400,00 Rp0", "Rp400,00 Rp390,00 Rp-10", "peringatan", "jumlah per sumber dana di rinciannya 690"),
        ("00003 Belanja", "00001 Belanja", "galat", "rincian rekeningnya kurang 250"),
    ],
)
def test_a_changed_amount_is_told_before_and_after(dppa, config, severities, old, new, severity, rule):
    assert old in LINES
    told = severities(read(dppa(LINES.replace(old, new)), config), severity)
    assert any(rule in item.rule for item in told), [item.sentence for item in told]


def test_the_stage_of_the_user_decides_and_the_one_before_it_is_taken(dppa, config):
    lines = read(dppa(), config, "perubahan").tables["anggaran"]
    assert lines["tahap"].unique().tolist() == ["pergeseran", "perubahan"]


def test_a_change_named_as_the_first_stage_is_refused(dppa, config, severities):
    reading = read(dppa(), config, "murni")
    assert "sebelum murni tidak ada tahap lain" in severities(reading, "galat")[0].rule


@pytest.mark.parametrize("label", ["Perangkat Daerah", "SKPD"])
def test_other_labels_and_a_value_on_the_next_line(dppa, config, label):
    head = CHANGED.replace("Organisasi :", f"{label} :").replace("Sub Kegiatan : 9.99", "Sub Kegiatan\n: 9.99")
    reading = read(dppa(head=head), config)
    assert not reading.has_errors
    assert reading.tables["anggaran"]["nama_opd"].unique().tolist() == ["Dinas Uji"]


def test_amounts_without_rp(dppa, config):
    lines = LINES.replace(",00", ".000").replace("(Rp300.000)", "(300.000)").replace("Rp", "")
    path = dppa(lines)
    path.write_bytes(document("\n".join([CHANGED.replace("Rp1.500,00", "1.500.000"), TABLE, lines,
                                         months(100).replace(",00", ".000").replace("Rp", "")])))  # fmt: skip
    reading = read(path, config)
    assert [item.severity for item in reading.findings] == ["catatan"]
    assert reading.tables["anggaran"].groupby("tahap")["pagu_rp"].sum().to_dict() == {
        "murni": 1_500_000, "pergeseran": 1_200_000,
    }  # fmt: skip
    assert reading.tables["rencana_kas"]["rencana_rp"].sum() == 1_200_000


def test_no_changed_amount_of_an_account_goes_unnoticed(dppa, config):
    lines = LINES.splitlines()
    for place, line in enumerate(lines):
        for number in range(line.count("Rp") if line[0] in "5J" and "0%" not in line else 0):
            parts = line.split("Rp")
            parts[number + 1] = parts[number + 1].replace("0,00", "7,00", 1)
            changed = "\n".join([*lines[:place], "Rp".join(parts), *lines[place + 1 :]])
            assert changed != LINES
            found = read(dppa(changed), config).findings
            assert any(item.severity in ("galat", "peringatan") for item in found), "Rp".join(parts)


@pytest.mark.parametrize("place", range(len(LINES.splitlines())))
def test_a_line_left_out_or_written_twice_is_told_wherever_it_matters(dppa, config, place):
    lines = LINES.splitlines()
    base = read(dppa(), config).tables["anggaran"].drop(columns="baris")
    for damaged in ([*lines[:place], *lines[place + 1 :]], [*lines[: place + 1], *lines[place:]]):
        reading = read(dppa("\n".join(damaged)), config)
        told = any(item.severity in ("galat", "peringatan") for item in reading.findings)
        assert told or reading.tables["anggaran"].drop(columns="baris").equals(base)
