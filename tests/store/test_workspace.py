"""Opening a workspace and finding an OPD."""

import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis.errors import PkError
from pkanalysis.store import create, parquet
from pkanalysis.tables import conform

CONFIG = '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n'
STAGE = '[[tahap]]\ntahun = 2025\nkode = "murni"\nnama = "APBD murni"\n'
OPD = [
    ("1.02", "Dinas Kesehatan", "DINKES"),
    ("2.17", "Dinas Koperasi dan Pariwisata", "DKP"),
    ("2.24", "Dinas Kearsipan dan Perpustakaan", "DKP"),
]


@pytest.fixture
def ws(tmp_path):
    workspace = create(tmp_path / "ruang kerja é", CONFIG)
    rows = pd.DataFrame(OPD, columns=["kode_opd", "nama_opd", "singkatan"])
    parquet.write_all(workspace.path / "tabel", {"opd": conform("opd", rows)})
    return workspace


@pytest.mark.parametrize("who", ["DINKES", "dinkes", "1.02", "Dinas Kesehatan", "", " DINKES "])
def test_an_opd_by_code_short_or_full_name(ws, who):
    assert ws.opd(who).code == "1.02"


def test_a_clash_is_refused_with_the_codes(ws):
    with pytest.raises(PkError, match=r"'DKP' dipakai 2 OPD; sebut kodenya: 2\.17 = .*; 2\.24 = "):
        ws.opd("DKP")


def test_an_unknown_name_gets_a_suggestion(ws):
    with pytest.raises(PkError, match="maksud Anda 'DINKES'"):
        ws.opd("DINKESS")


def test_order_of_looking(ws, tmp_path, monkeypatch):
    inside = ws.path / "laporan"
    monkeypatch.chdir(inside)
    assert pk.open().path == ws.path
    other = create(tmp_path / "lain", CONFIG)
    monkeypatch.setenv("PKANALYSIS_RUANG_KERJA", str(other.path))
    assert pk.open().path == other.path
    assert pk.open(ws.path).path == ws.path


def test_no_workspace_is_one_sentence(tmp_path, monkeypatch):
    with pytest.raises(PkError, match="buat ruang kerja dengan `pkanalysis new"):
        pk.open(tmp_path)


def test_an_unknown_table_lists_the_known_ones(ws):
    with pytest.raises(PkError, match="anggaran"):
        ws["angaran"]


def test_a_table_without_file_is_empty_with_its_columns(ws):
    assert ws["realisasi"].empty
    assert ws["realisasi"].dtypes["nilai"] == "float64"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[ruang_kerja]\njenis = "uji"\n', "jenis harus"),
        (CONFIG + "[efisiensi]\ntarip = 1\n", "'tarip' tidak dikenal"),
        (CONFIG + "[lain]\n", "bagian 'lain' tidak dikenal"),
        (CONFIG + "[[tahap]]\ntahun = 2025\n", "kurang lengkap"),
        ("jenis = ", "tidak dapat dibaca sebagai TOML"),
        ("ruang_kerja = 1\n", r"harus berupa bagian tersendiri dengan kepala \[ruang_kerja\]"),
        (CONFIG + "[efisiensi.tarif]\nperjalanan_dinas = 50\n", r"0 sampai 1 \(mungkin perjalanan_dinas = 0\.5\)"),
        (CONFIG + '[efisiensi.tarif]\nmakan_minum = "25%"\n', "angka dari 0 sampai 1"),
        (CONFIG + "[efisiensi.tarif]\nmakan_minum = true\n", "angka dari 0 sampai 1"),
        (CONFIG + "[efisiensi]\ntoleransi_rp = -1\n", "toleransi_rp harus 0 atau lebih"),
        (CONFIG + "[efisiensi]\ntoleransi_rp = 1.5\n", "toleransi_rp harus bilangan bulat; tertulis 1.5"),
        (CONFIG + "[capaian]\nbatas_atas = 0\n", "batas_atas harus lebih dari 0"),
        (CONFIG + '[capaian]\nskala = "permendagri"\n', "skala harus salah satu dari permendagri_86_2017, akip"),
        (CONFIG + "[laporan]\nkop = 1\n", "kop harus teks di dalam tanda kutip"),
        (CONFIG + STAGE + 'berlaku_mulai = "2025-07-28"\n', 'tanpa tanda kutip.*; tertulis "2025-07-28"'),
        (CONFIG + STAGE + "tanggal_pemberitahuan_dprd = 2025-07-28T09:00:00\n", "harus tanggal"),
        (CONFIG + STAGE.replace("2025", '"2025"'), "tahun harus bilangan bulat"),
        (CONFIG + STAGE + STAGE.replace("APBD murni", "Lain"), r"kode \"murni\" pada 2025 ditulis lebih dari sekali"),
        (CONFIG + STAGE + STAGE.replace('"murni', '"lain'), 'nama "apbd murni" pada 2025 ditulis lebih dari sekali'),
        (CONFIG + STAGE.replace("[[tahap]]", "[tahap]"), "dua kurung siku"),
    ],
)
def test_a_wrong_configuration_is_one_sentence(tmp_path, text, said):
    (tmp_path / "pkanalysis.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PkError, match=said):
        pk.open(tmp_path)
