import json
import re
import subprocess
import sys

import pytest

from pkanalysis import cli, config, store
from pkanalysis.report import pandoc

CONFIG = '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n'
FIGURES = """kategori,uraian,nilai,satuan,tanggal,status,catatan,source
total,Penghematan rekaan,1000000000,rupiah,2025-02-21,,,https://contoh.invalid/a
"""


@pytest.fixture
def workspace(tmp_path):
    return store.create(tmp_path / "kerja", CONFIG)


def test_starting_is_light():
    heavy = ("pandas", "numpy", "rich", "jinja2", "IPython", "papermill")
    code = f"import sys, pkanalysis.cli; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["new", "sample", "form", "import", "check", "report", "run", "lab", "doctor"])
def test_every_command_has_indonesian_help(pkanalysis, name):
    code, out, _ = pkanalysis(name, "--help")
    assert code == 0
    assert any(word in out for word in ("Buat", "Kenali", "Periksa", "Jalankan", "Buka", "Tampilkan"))


def test_a_refusal_is_one_sentence_without_traceback(pkanalysis, tmp_path):
    code, out, err = pkanalysis("report", "--ruang-kerja", tmp_path)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "pkanalysis new" in err


def test_a_disk_that_refuses_is_one_sentence_too(pkanalysis, tmp_path):
    (tmp_path / "terpakai").write_text("bukan folder", encoding="utf-8")
    code, out, err = pkanalysis("new", tmp_path / "terpakai")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "terpakai" in err


def test_report_without_any_workspace_makes_the_sample_first(pkanalysis, tmp_path, monkeypatch):
    folder = tmp_path / "contoh"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config, "sample_folder", lambda: folder)
    monkeypatch.setattr(cli, "sample", lambda: store.create(folder, CONFIG.replace("nyata", "contoh")))
    code, _, err = pkanalysis("report")
    assert (code, folder.is_dir()) == (1, True)
    assert "membuat ruang kerja contoh" in err
    assert "belum berisi data" in err


def test_new_makes_a_workspace_with_the_form(pkanalysis, tmp_path):
    code, *_ = pkanalysis("new", tmp_path / "baru", "--tahun", 2025, "--periode", "tw1")
    assert code == 0
    assert (tmp_path / "baru" / "isian" / "ISIAN_2025_TW1_KOSONG.xlsx").is_file()
    assert not store.open(tmp_path / "baru").is_sample


def test_a_file_that_is_not_understood_is_refused(pkanalysis, workspace, tmp_path):
    path = tmp_path / "aneh.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    code, _, err = pkanalysis("import", path, "--ruang-kerja", workspace.path)
    assert code == 1
    assert "DITOLAK aneh.csv" in err
    code, out, _ = pkanalysis("check", path, "--json", "--ruang-kerja", workspace.path)
    assert code == 1
    assert json.loads(out)[0]["severity"] == "galat"


def test_import_check_report_run(pkanalysis, workspace, tmp_path):
    path = tmp_path / "efisiensi.csv"
    path.write_text(FIGURES, encoding="utf-8")
    where = ("--ruang-kerja", workspace.path)
    code, out, _ = pkanalysis("import", path, *where)
    assert (code, "angka_terbit 1 baris; disimpan" in out) == (0, True)
    code, out, _ = pkanalysis("check", *where)
    assert (code, "1 berkas diperiksa" in out) == (0, True)
    code, out, _ = pkanalysis("report", "--jobs", 1, *where)
    assert (code, "2 laporan dibuat, 0 tidak berubah, 0 gagal" in out) == (0, True)
    folder = workspace.path / "laporan" / "2025_TW3"
    assert (folder / "MUTU_DATA.html").is_file()
    assert 'href="MUTU_DATA.html"' in (folder / "index.html").read_text(encoding="utf-8")
    code, _, err = pkanalysis("run", "seri_terbit", "-p", "opd=X", *where)
    assert (code, "'opd' tidak dikenal" in err) == (1, True)
    code, _, err = pkanalysis("run", "seri_terbitt", *where)
    assert (code, "Maksud Anda seri_terbit?" in err) == (1, True)


@pytest.mark.parametrize("held", ["ruang kerja nyata", "berkas lain"])
def test_the_sample_overwrites_nothing_of_others(pkanalysis, workspace, tmp_path, held):
    folder = workspace.path if held == "ruang kerja nyata" else tmp_path / "dokumen"
    folder.mkdir(exist_ok=True)
    (folder / "catatan.txt").write_text("punya saya", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    code, _, err = pkanalysis("sample", folder)
    assert (code, sorted(tmp_path.rglob("*"))) == (1, before)
    assert "tidak ditimpa" in err


def test_check_without_files_says_so(pkanalysis, workspace):
    (workspace.path / "sumber").rmdir()
    code, out, err = pkanalysis("check", "--ruang-kerja", workspace.path)
    assert (code, "0 berkas diperiksa" in out) == (0, True)
    assert "belum berisi berkas" in err


def test_check_remembers_the_stage_of_a_stored_file(pkanalysis, tmp_path):
    text = CONFIG + '[[tahap]]\ntahun = 2025\nkode = "murni"\nnama = "APBD murni"\n'
    where = ("--ruang-kerja", store.create(tmp_path / "baru", text).path)
    path = tmp_path / "rekap.csv"
    path.write_text(
        "TAHUN;KODE SKPD;NAMA SKPD;KODE SUB KEGIATAN;KODE REKENING;PAGU\n"
        "2025;1.01;Dinas Uji;1.01.02.2.01.0001;5.1.02.04.01.0001;7\n",
        encoding="utf-8",
    )
    assert pkanalysis("check", path, *where)[0] == 1
    assert pkanalysis("import", path, "--tahap", "murni", *where)[0] == 0
    assert pkanalysis("check", *where)[0] == 0


def test_check_writes_its_findings_as_a_workbook(pkanalysis, workspace, tmp_path):
    from openpyxl import load_workbook

    (tmp_path / "=aneh.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    target = tmp_path / "temuan.xlsx"
    code, out, _ = pkanalysis("check", tmp_path / "=aneh.csv", "--xlsx", target, "--ruang-kerja", workspace.path)
    assert (code, "1 temuan" in out) == (1, True)
    sheet = load_workbook(target).active
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head == ["Tingkat", "Berkas", "Lembar", "Tempat", "Kolom", "Nilai", "Aturan", "Saran"]
    assert (row[:2], row[6][:14]) == (["galat", "=aneh.csv"], "tidak dikenali")
    assert row[7].startswith("ubah menjadi salah satu tata letak ini: ")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:H2")
    code, _, err = pkanalysis("check", target, "--xlsx", target, "--ruang-kerja", workspace.path)
    assert (code, "tidak ditimpa" in err) == (1, True)
    code, _, err = pkanalysis("check", "--xlsx", tmp_path / "tiada" / "x.xlsx", "--ruang-kerja", workspace.path)
    assert (code, "tidak dapat ditulis" in err) == (1, True)


def test_run_brings_the_results_of_the_city_up_to_date(pkanalysis, workspace, tmp_path, monkeypatch):
    from pkanalysis import derived

    seen = []
    monkeypatch.setattr(derived, "fresh", lambda workspace: seen.append(workspace.path))
    (tmp_path / "efisiensi.csv").write_text(FIGURES, encoding="utf-8")
    store.take(workspace, tmp_path / "efisiensi.csv")
    pkanalysis("run", "seri_terbit", "--to", "html", "--ruang-kerja", workspace.path)
    assert seen == [workspace.path]


def test_run_writes_the_page_or_says_where_it_stopped(pkanalysis, workspace, tmp_path):
    import nbformat
    from nbformat import v4

    path = tmp_path / "hitung.ipynb"
    parameters = v4.new_code_cell("n = 1", metadata={"tags": ["parameters"]})
    cells = [parameters, v4.new_markdown_cell("## Bagi"), v4.new_code_cell("1 / n")]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    code, *_ = pkanalysis("run", path, "-p", "n=2", "--ruang-kerja", workspace.path)
    assert code == 0
    assert (workspace.path / "laporan" / "hitung_2.html").is_file()
    own = tmp_path / "rapat.docx"
    own.write_bytes(b"punya saya")
    for n in (2, 0):
        pkanalysis(
            "run",
            path,
            "-p",
            f"n={n}",
            "--to",
            "html",
            "--ke",
            own.with_suffix(".html"),
            "--ruang-kerja",
            workspace.path,
        )
        assert (own.with_suffix(".html").is_file(), own.read_bytes()) == (True, b"punya saya")
    code, _, err = pkanalysis("run", path, "-p", "n=0", "--ruang-kerja", workspace.path)
    assert code == 1
    assert "berhenti pada bagian Bagi: Terjadi kesalahan program: ZeroDivisionError" in err


def test_lab_copies_and_never_overwrites(pkanalysis, workspace, monkeypatch):
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 0)
    own = workspace.path / "notebooks" / "seri_terbit.ipynb"
    own.parent.mkdir()
    own.write_text("punya saya", encoding="utf-8")
    code, out, _ = pkanalysis("lab", "--ruang-kerja", workspace.path)
    assert code == 0
    assert own.read_text(encoding="utf-8") == "punya saya"
    assert "laporan_opd.ipynb" in out


def test_doctor_tells_what_is_used(pkanalysis, workspace, monkeypatch):
    monkeypatch.chdir(workspace.path)
    code, out, _ = pkanalysis("doctor")
    assert code == 0
    assert "papermill" in out
    assert "huruf grafik: DejaVu Sans\n" in out
    assert "PDF: dapat dibuat" in out
    assert "DOCX: dapat dibuat (pandoc" in out
    assert re.search(r"mesin laporan: (forkserver|spawn): ", out)
    assert f"ruang kerja: {workspace.path} (nyata)" in out


def test_doctor_says_how_to_get_what_is_missing(pkanalysis, monkeypatch):
    monkeypatch.setattr(pandoc, "_path", lambda: "/tidak/ada/pandoc")
    code, out, _ = pkanalysis("doctor")
    assert code == 1
    assert "KURANG  DOCX: tidak dapat dibuat" in out


REKAP = """TAHUN;KODE SKPD;NAMA SKPD;KODE SUB KEGIATAN;KODE REKENING;PAGU
2025;1.01;Dinas Uji;1.01.02.2.01.0001;5.1.02.04.01.0001;7
2025;1.01;Dinas Uji;1.01.02.2.01.0001;5.1.02.04.01.0002;tujuh
"""


def test_a_refused_file_leads_to_a_copy_in_which_the_fault_is_red(pkanalysis, tmp_path):
    from openpyxl import load_workbook

    stage = '[[tahap]]\ntahun = 2025\nkode = "murni"\nnama = "APBD murni"\n'
    where = ("--tahap", "murni", "--ruang-kerja", store.create(tmp_path / "baru", CONFIG + stage).path)
    path = tmp_path / "rekap murni.csv"
    path.write_text(REKAP, encoding="utf-8")
    code, out, err = pkanalysis("import", path, *where)
    assert (code, "TIDAK disimpan" in out) == (1, True)
    assert f'pkanalysis check "{path}" --tahap "murni" --ruang-kerja "{where[-1]}" --salinan periksa.xlsx' in err
    code, out, err = pkanalysis("check", path, "--salinan", tmp_path / "periksa.xlsx", *where)
    assert (code, "F3, kolom PAGU" in out) == (1, True)
    assert err.startswith(f"Salinan periksa rekap murni.csv: {tmp_path / 'periksa.xlsx'}.")
    book = load_workbook(tmp_path / "periksa.xlsx")
    assert book.sheetnames == ["Temuan", "rekap murni"]
    cell = book["rekap murni"]["F3"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.comment.text[:5]) == ("tujuh", "FFFFC7CE", "GALAT")
    code, out, err = pkanalysis("check", path, "--salinan", tmp_path / "periksa.xlsx", *where)
    assert (code, out, "sudah ada dan tidak ditimpa" in err) == (1, "", True)


def test_several_files_get_their_copies_in_a_folder_and_clean_ones_none(pkanalysis, workspace, tmp_path):
    good, bad = tmp_path / "efisiensi.csv", tmp_path / "aneh.csv"
    good.write_text(FIGURES, encoding="utf-8")
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    target = tmp_path / "hasil" / "periksa"
    code, out, err = pkanalysis("check", good, bad, "--json", "--salinan", target, "--ruang-kerja", workspace.path)
    assert code == 1
    assert [item["file"] for item in json.loads(out)] == ["aneh.csv"]
    assert [path.name for path in target.iterdir()] == ["aneh_csv_periksa.xlsx"]
    assert "efisiensi.csv tidak punya temuan" in err


def test_a_heading_is_mapped_in_the_configuration(pkanalysis, tmp_path):
    text = CONFIG + '[[tahap]]\ntahun = 2025\nkode = "murni"\nnama = "APBD murni"\n'
    folder = store.create(tmp_path / "baru", text).path
    path = tmp_path / "rekap.csv"
    path.write_text(REKAP.replace("PAGU", "Anggaran Geser").replace("tujuh", "8"), encoding="utf-8")
    take = ("import", path, "--tahap", "murni", "--ruang-kerja", folder)
    code, _, err = pkanalysis(*take)
    assert (code, 'bagian [kolom] pkanalysis.toml: "judul di berkas" = "PAGU"' in err) == (1, True)
    (folder / "pkanalysis.toml").write_text(f'{text}[kolom]\n"Anggaran Geser" = "PAGU"\n', encoding="utf-8")
    code, out, _ = pkanalysis(*take)
    assert (code, "anggaran 2 baris; disimpan" in out) == (0, True)
