import json
import shutil

import nbformat
import pytest
from bs4 import BeautifulSoup

from pkanalysis import store
from pkanalysis.errors import PkError
from pkanalysis.report import batch
from pkanalysis.report.formats import FORMATS
from pkanalysis.report.plan import Request, plan
from pkanalysis.report.processes import Ended, way
from pkanalysis.store import parquet

CITY = ("EFISIENSI", "KAITAN", "RINGKASAN", "TREN_IKU")
"""Pages on the whole region, by their names."""


@pytest.fixture
def at_once(monkeypatch):
    """Pages are made one after the other in this process: what is tested is not their isolation."""

    def run_each(task, jobs, workers, context):
        return (Ended(index, task(job)) for index, job in enumerate(jobs))

    monkeypatch.setattr(batch, "run_each", run_each)
    monkeypatch.setattr(batch, "way", lambda engine: way("spawn"))


def run(workspace, **options):
    prepared = batch.prepare(workspace, Request(2025, "TW3", jobs=2, **{"formats": ("html",)} | options))
    told = []
    done = batch.run(prepared, told.append, warn=pytest.fail)
    return prepared, done, sorted(entry.berkas for entry in told)


def text(folder, name):
    return (folder / name).read_text(encoding="utf-8")


def test_one_page_per_opd_and_a_failure_stops_nobody(make_workspace, shipped):
    workspace = make_workspace("DINKES", "GAGAL", "MATI", "DISDIK")
    prepared, done, _ = run(workspace)
    files = sorted(path.name for path in prepared.target.iterdir())
    names = sorted(("DINKES", "DISDIK", "GAGAL", "MATI", *CITY))
    assert files == [*(f"{name}_2025_TW3_CONTOH.html" for name in names), "index.html", "manifest.json"]
    assert [entry.nama for entry in done.failed] == ["Dinas GAGAL", "Dinas MATI"]
    assert "Rp1.500.000" in text(prepared.target, "DINKES_2025_TW3_CONTOH.html")
    assert "berhenti mendadak (kode 9)" in text(prepared.target, "MATI_2025_TW3_CONTOH.html")


def test_the_failure_page_names_chapter_and_cause_and_escapes_both(make_workspace, shipped, at_once):
    prepared, _, _ = run(make_workspace("GAGAL"))
    soup = BeautifulSoup(text(prepared.target, "GAGAL_2025_TW3_CONTOH.html"), "html.parser")
    assert soup.find_all(["script", "b"]) == []
    assert "Bagian <b>sulit</b>" in soup.main.text
    assert soup.select_one(".pk-cause").text == "Berkas <script>alert(1)</script> rusak; impor ulang."
    assert "PkError" in soup.details.pre.text
    assert soup.select_one(".pk-banner").text.startswith("DATA CONTOH")


def test_what_has_not_changed_is_skipped(make_workspace, shipped, at_once):
    workspace = make_workspace("DINKES", "DISDIK", "GAGAL")
    page = "DINKES_2025_TW3_CONTOH.html"
    failed = "GAGAL_2025_TW3_CONTOH.html"
    assert len(run(workspace)[2]) == 3 + len(CITY)
    assert run(workspace)[2] == [failed]
    prepared, _, made = run(workspace, is_retry=True)
    assert made == [failed]
    (prepared.target / page).write_text("disentuh", encoding="utf-8")
    assert run(workspace)[2] == [page, failed]
    assert len(run(workspace, is_forced=True)[2]) == 3 + len(CITY)
    source = shipped.read_text(encoding="utf-8").replace("## Penutup", "## Akhir")
    shipped.write_text(source, encoding="utf-8")
    assert len(run(workspace, opd=("DINKES",))[2]) == 1
    assert len(run(workspace)[2]) == 2


def test_a_trend_told_otherwise_renews_the_report_of_its_opd_alone(sample_folder, tmp_path):
    """All indicators are tested together, so data of one OPD may change what another report says."""
    for name in ("tabel", "pkanalysis.toml"):
        (shutil.copytree if name == "tabel" else shutil.copy)(sample_folder / name, tmp_path / name)
    workspace, request = store.open(tmp_path), Request(2025, "TW3")
    before = {page.entry.key: page.entry.sidik for page in plan(workspace, request)}
    told = workspace.derived("tren_iku")
    code = told.query("sampai_tahun == 2024")["kode_opd"].iloc[0]
    is_told = told["kode_opd"].eq(code) & told["sampai_tahun"].eq(2024)
    told["kalimat_opd"] = told["kalimat_opd"].mask(is_told, "Cenderung lain.")
    parquet.write_all(tmp_path / "tabel" / "turunan", {"tren_iku": told})
    after = {page.entry.key: page.entry.sidik for page in plan(store.open(tmp_path), request)}
    assert [key for key in before if before[key] != after[key]] == [code]


def test_manifest_and_index_list_every_page(make_workspace, shipped, at_once):
    prepared, done, _ = run(make_workspace("DINKES", "GAGAL"))
    run(prepared.workspace, opd=("DINKES",), is_forced=True)
    data = json.loads(text(prepared.target, "manifest.json"))
    assert (data["jenis"], data["parameter"]) == ("contoh", {"tahun": 2025, "periode": "TW3"})
    assert [entry["kode_opd"] for entry in data["laporan"]] == ["X1.01", "", "X1.02", "", "", ""]
    assert data["versi"]["papermill"]
    soup = BeautifulSoup(done.index.read_text(encoding="utf-8"), "html.parser")
    links = {link["href"] for link in soup.find_all("a")}
    assert links == {f"{name}_2025_TW3_CONTOH.html" for name in ("DINKES", "GAGAL", *CITY)}
    assert "Berkas <script>alert(1)</script> rusak" in soup.select_one(".pk-broken").text


def suffixes(folder, stem):
    return sorted(path.suffix for path in folder.glob(f"{stem}_*"))


def test_four_formats_from_one_run_and_the_index_links_to_all(make_workspace, shipped, at_once):
    prepared, done, _ = run(make_workspace("DINKES", "GAGAL"), formats=FORMATS)
    assert suffixes(prepared.target, "DINKES") == [".docx", ".html", ".pdf", ".xlsx"]
    assert suffixes(prepared.target, "GAGAL") == [".html"]
    soup = BeautifulSoup(done.index.read_text(encoding="utf-8"), "html.parser")
    links = {link["href"] for link in soup.find_all("a") if link["href"].startswith("DINKES")}
    assert links == {f"DINKES_2025_TW3_CONTOH.{form}" for form in FORMATS}
    assert all((prepared.target / link).is_file() for link in links)


def tagged(shipped, tags):
    """Let the last chapter of the shipped notebook begin an annex, or not."""
    notebook = nbformat.read(shipped, as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.source == "## Penutup"]
    cell.metadata["tags"] = tags
    nbformat.write(notebook, shipped)


def test_an_annex_is_files_of_its_own_that_go_with_their_report(make_workspace, shipped, at_once):
    workspace = make_workspace("DINKES")
    tagged(shipped, ["lampiran"])
    prepared, done, _ = run(workspace, formats=FORMATS)
    annex = {f"DINKES_2025_TW3_LAMPIRAN_CONTOH.{form}" for form in ("html", "pdf", "docx")}
    files = annex | {f"DINKES_2025_TW3_CONTOH.{form}" for form in FORMATS}

    def there():
        return {path.name for path in prepared.target.glob("DINKES*")}

    soup = BeautifulSoup(done.index.read_text(encoding="utf-8"), "html.parser")
    assert there() == files == {link["href"] for link in soup.find_all("a") if link["href"].startswith("DINKES")}
    (entry,) = [item for item in json.loads(text(prepared.target, "manifest.json"))["laporan"] if item["kode_opd"]]
    assert set(entry["sha256"]) == {*FORMATS, "lampiran.html", "lampiran.pdf", "lampiran.docx"}
    assert "Penutup" not in text(prepared.target, "DINKES_2025_TW3_CONTOH.html").replace("lampiran", "")
    assert run(workspace, formats=("html",))[2] == []
    (prepared.target / "DINKES_2025_TW3_LAMPIRAN_CONTOH.pdf").unlink()
    assert (run(workspace, formats=("html",))[2], there()) == (["DINKES_2025_TW3_CONTOH.html"], files)
    change(workspace, "opd", singkatan=["GAGAL"])
    failed, _, _ = run(workspace)
    assert there() == set()
    assert suffixes(failed.target, "GAGAL") == [".html"]
    change(workspace, "opd", singkatan=["DINKES"])
    run(workspace)
    assert there() == files
    tagged(shipped, [])
    run(workspace)
    assert there() == files - annex
    assert run(workspace)[2] == []


def test_a_failed_run_leaves_no_annex(make_workspace, shipped, at_once):
    workspace = make_workspace("DINKES")
    tagged(shipped, ["lampiran"])
    prepared, _, _ = run(workspace, formats=FORMATS)
    shipped.write_text(shipped.read_text(encoding="utf-8").replace("1 + 1", "1 / 0"), encoding="utf-8")
    run(workspace)
    assert [path.name for path in prepared.target.glob("DINKES*")] == ["DINKES_2025_TW3_CONTOH.html"]


def test_a_missing_or_touched_format_is_made_again_and_all_formats_stay_of_one_run(make_workspace, shipped, at_once):
    workspace = make_workspace("DINKES")
    prepared, _, _ = run(workspace, formats=("html", "docx"))
    assert run(workspace, formats=("html",))[2] == []
    pdf, word = (prepared.target / f"DINKES_2025_TW3_CONTOH.{form}" for form in ("pdf", "docx"))
    run(workspace, formats=("html", "pdf"))
    assert suffixes(prepared.target, "DINKES") == [".docx", ".html", ".pdf"]
    pdf.write_bytes(b"disentuh")
    assert run(workspace, formats=("html", "docx"))[2] == ["DINKES_2025_TW3_CONTOH.html"]
    assert pdf.read_bytes().startswith(b"%PDF")
    before = word.read_bytes()
    change(workspace, "anggaran", pagu_rp=2_500_000)
    run(workspace, formats=("html",))
    assert suffixes(prepared.target, "DINKES") == [".docx", ".html", ".pdf"]
    assert word.read_bytes() != before


def change(workspace, table, **columns):
    parquet.write_all(workspace.path / "tabel", {table: workspace[table].assign(**columns)})


def locked(path):
    """What cannot be replaced and cannot be removed, as a file is on Windows while Word shows it."""
    path.unlink(missing_ok=True)
    path.mkdir()


def test_a_file_that_cannot_be_replaced_fails_its_report_and_no_other(make_workspace, shipped, at_once):
    workspace = make_workspace("DINKES", "DISDIK")
    formats = ("html", "docx")
    word = run(workspace, formats=formats)[0].target / "DINKES_2025_TW3_CONTOH.docx"
    locked(word)
    prepared, done, made = run(workspace, formats=formats, is_forced=True)
    (failed,) = done.failed
    assert len(made) == 2 + len(CITY)
    assert failed.sebab_gagal.startswith(f"{word.name} tidak dapat diganti")
    assert failed.sebab_gagal.endswith("dibuka program lain; tutup berkas itu lalu jalankan lagi dengan --retry.")
    assert failed.sebab_gagal in text(prepared.target, "DINKES_2025_TW3_CONTOH.html")
    assert failed.sebab_gagal in text(prepared.target, "index.html")
    assert f'href="{word.name}"' not in text(prepared.target, "index.html")
    assert [path.name for path in prepared.target.iterdir() if path.name.endswith(".baru")] == []
    word.rmdir()
    _, done, made = run(workspace, is_retry=True)
    assert (made, done.failed, word.is_file()) == (["DINKES_2025_TW3_CONTOH.html"], (), True)


def test_a_locked_page_does_not_stop_the_driver_when_a_process_dies(make_workspace, shipped):
    workspace = make_workspace("MATI")
    target = batch.prepare(workspace, Request(2025, "TW3")).target
    target.mkdir(parents=True)
    locked(target / "MATI_2025_TW3_CONTOH.html")
    prepared, done, made = run(workspace)
    assert len(made) == 1 + len(CITY)
    assert [entry.nama for entry in done.failed] == ["Dinas MATI"]
    assert "berhenti mendadak" in text(prepared.target, "index.html")


def test_an_interrupted_batch_goes_on_where_it_was(make_workspace, shipped, at_once):
    workspace = make_workspace("DINKES", "DISDIK")

    def interrupt(entry):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(batch.prepare(workspace, Request(2025, "TW3", formats=("html",))), interrupt, warn=pytest.fail)
    assert run(workspace)[2] == ["DISDIK_2025_TW3_CONTOH.html", *(f"{name}_2025_TW3_CONTOH.html" for name in CITY)]
    assert run(workspace)[2] == []


def test_an_opd_with_a_new_abbreviation_stands_once(make_workspace, shipped, at_once):
    workspace = make_workspace("DINKES", "DISDIK")
    run(workspace, formats=("html", "docx"))
    change(workspace, "opd", singkatan=["DKK", "DINKES"])
    prepared, _, _ = run(workspace, opd=("DKK",), formats=("html", "docx"))
    assert suffixes(prepared.target, "DKK") == [".docx", ".html"]
    assert suffixes(prepared.target, "DINKES") == []
    run(workspace, formats=("html",))
    data = json.loads(text(prepared.target, "manifest.json"))
    assert [(entry["kode_opd"], entry["berkas"].split("_")[0]) for entry in data["laporan"]] == [
        ("X1.02", "DINKES"), ("X1.01", "DKK"), *(("", name.split("_")[0]) for name in CITY),
    ]  # fmt: skip
    assert suffixes(prepared.target, "DINKES") == suffixes(prepared.target, "DKK") == [".docx", ".html"]
    assert suffixes(prepared.target, "DISDIK") == []


def test_two_runs_give_the_same_bytes_in_every_format(make_workspace, shipped, at_once):
    workspace = make_workspace("DINKES")
    folder = run(workspace, formats=FORMATS)[0].target
    first = {path.name: path.read_bytes() for path in folder.glob("DINKES*")}
    run(workspace, formats=FORMATS, is_forced=True)
    assert {path.name: path.read_bytes() for path in folder.glob("DINKES*")} == first


def test_a_letterhead_that_is_not_there_is_refused_before_anything_starts(make_workspace, shipped):
    workspace = make_workspace("DINKES")
    path = workspace.path / "pkanalysis.toml"
    path.write_text(path.read_text(encoding="utf-8") + '[laporan]\nkop = "kop.docx"\n', encoding="utf-8")
    with pytest.raises(PkError, match=r"Kop .*kop\.docx tidak ada"):
        batch.prepare(store.open(workspace.path), Request(2025, "TW3"))


@pytest.mark.parametrize(("opd", "words"), [("DINKS", "maksud Anda 'DINKES'"), ("X9", "tidak ada")])
def test_slips_are_refused_before_anything_starts(make_workspace, shipped, opd, words):
    workspace = make_workspace("DINKES")
    with pytest.raises(PkError, match=words):
        batch.prepare(workspace, Request(2025, "TW3", opd=(opd,)))
    with pytest.raises(PkError, match="pilih salah satu: TW1"):
        batch.prepare(workspace, Request(2025, "TW9"))
    assert list((workspace.path / "laporan").iterdir()) == []


def test_sample_and_real_reports_do_not_mix(make_workspace, shipped, at_once, tmp_path):
    sample, real = make_workspace("DINKES"), make_workspace("DINKES", jenis="nyata", name="nyata")
    prepared, _, _ = run(sample)
    elsewhere, _, made = run(real)
    assert made == ["DINKES_2025_TW3.html", *(f"{name}_2025_TW3.html" for name in CITY)]
    assert "CONTOH —" not in text(elsewhere.target, made[0])
    (elsewhere.target / "manifest.json").write_bytes((prepared.target / "manifest.json").read_bytes())
    with pytest.raises(PkError, match="tidak boleh bercampur"):
        batch.prepare(real, Request(2025, "TW3"))


def test_a_page_without_the_mark_of_its_workspace_fails(make_workspace, shipped, at_once):
    shipped.write_text(
        shipped.read_text(encoding="utf-8").replace("is_sample=ws.is_sample", "is_sample=False"), encoding="utf-8"
    )
    _, done, _ = run(make_workspace("DINKES"))
    assert "tidak bertanda" in done.failed[0].sebab_gagal


def test_an_empty_workspace_says_what_to_do(make_workspace, shipped):
    with pytest.raises(PkError, match="pkanalysis import"):
        batch.prepare(make_workspace(), Request(2025, "TW3"))


@pytest.mark.parametrize("engine", ["spawn", "kernel"])
def test_other_engines_give_the_same_pages(make_workspace, shipped, engine):
    workspace = make_workspace("DINKES")
    prepared, _, (page, *_) = run(workspace)
    forked = text(prepared.target, page)
    run(workspace, engine=engine, is_forced=True, opd=("DINKES",))
    assert text(prepared.target, page) == forked
