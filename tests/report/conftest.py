from functools import cache
from zlib import crc32

import nbformat
import pandas as pd
import papermill
import pytest
from filelock import FileLock
from nbformat import v4
from paths import ROOT
from report.reading import Report

from pkanalysis import store
from pkanalysis.report import notebooks, parts
from pkanalysis.report.formats import FORMATS, rendered
from pkanalysis.report.notebooks import PARAMETERS
from pkanalysis.store import parquet
from pkanalysis.tables import conform

CONFIG = """
[ruang_kerja]
jenis = "{jenis}"
daerah = "Kota Contoh"
[[tahap]]
tahun = 2025
kode = "murni"
nama = "APBD murni"
"""
HEAD = """
import pkanalysis as pk
from pkanalysis.show.blocks import Column, Cover, Note, Phrase, Table
from pkanalysis.show.values import Value
ws = pk.open(ruang_kerja)
me = ws.opd(opd)
nama = Value(me.row["nama_opd"], "teks")
shared = dict(is_sample=ws.is_sample)
"""
COVER = 'Cover("sampul", "LAPORAN", unit=str(nama), footer=f"{nama} · kaki", **shared)'
BODY = """
pagu = int(me["anggaran"]["pagu_rp"].sum())
Table("t1", "Pagu", columns=(Column("n", "OPD"), Column("p", "Pagu", "rupiah")), rows=((str(nama), pagu),), **shared)
"""
CITY = """
import pkanalysis as pk
from pkanalysis.show.blocks import Cover
Cover("sampul", "RINGKASAN", is_sample=pk.open(ruang_kerja).is_sample)
"""
TROUBLE = """
import os
if me.row["singkatan"] == "GAGAL":
    raise pk.errors.PkError("Berkas <script>alert(1)</script> rusak; impor ulang.")
if me.row["singkatan"] == "MATI":
    os._exit(9)
"""


def write_notebook(path, *cells):
    """Markdown where a cell starts with '#', code elsewhere; the first cell holds the parameters."""
    made = [v4.new_markdown_cell(cell) if cell.startswith("#") else v4.new_code_cell(cell) for cell in cells]
    made[0].metadata["tags"] = ["parameters"]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(v4.new_notebook(cells=made, metadata={"kernelspec": kernel}), path)
    return path


@pytest.fixture
def notebook(tmp_path):
    return lambda *cells, name="kecil": write_notebook(tmp_path / f"{name}.ipynb", *cells)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A small laporan_opd in the place of the shipped one."""
    parameters = 'ruang_kerja = ""\nopd = ""\ntahun = 2025\nperiode = "TW3"'
    cells = (parameters, HEAD, COVER, "## Anggaran", BODY, "## Bagian <b>sulit</b>", TROUBLE, "## Penutup", "1 + 1")
    path = write_notebook(tmp_path / "buku" / "laporan_opd.ipynb", *cells)
    for name in ("ringkasan_kota", "efisiensi_anggaran", "kaitan_anggaran_kinerja", "tren_iku"):
        declared = "\n".join(f"{item.name} = {item.default!r}" for item in PARAMETERS[name])
        write_notebook(path.with_name(f"{name}.ipynb"), declared, CITY)
    monkeypatch.setattr(notebooks, "folder", lambda: path.parent)
    return path


@pytest.fixture
def make_workspace(tmp_path):
    def make(*abbreviations, jenis="contoh", name="kerja"):
        workspace = store.create(tmp_path / name, CONFIG.format(jenis=jenis))
        codes = [f"X1.{place:02d}" for place, _ in enumerate(abbreviations, start=1)]
        opd = pd.DataFrame({"kode_opd": codes, "singkatan": abbreviations, "jenis": "dinas"})
        opd["nama_opd"] = [f"Dinas {short}" for short in abbreviations]
        budget = pd.DataFrame({"tahun": 2025, "tahap": "murni", "kode_opd": codes, "pagu_rp": 1_500_000})
        frames = {"opd": conform("opd", opd), "anggaran": conform("anggaran", budget)}
        parquet.write_all(workspace.path / "tabel", frames)
        return workspace

    return make


@pytest.fixture(scope="session")
def run_report(common_folder):
    """Run the shipped notebook of one OPD (or, without one, of the region), once for all test processes."""

    @cache
    def run(workspace, opd="", period="TW3"):
        parameters = {"ruang_kerja": str(workspace), "tahun": 2025, "periode": period} | ({"opd": opd} if opd else {})
        source = ROOT / "notebooks" / ("laporan_opd.ipynb" if opd else "ringkasan_kota.ipynb")
        made = common_folder / f"{crc32(repr(parameters).encode()):08x}.ipynb"
        with FileLock(f"{made}.lock"):
            if not made.exists():
                options = {"engine_name": "pkanalysis", "progress_bar": False}
                nbformat.write(papermill.execute_notebook(str(source), None, parameters, **options), made)
            return nbformat.read(made, as_version=4)

    return run


@pytest.fixture(scope="session")
def read_report(common_folder, run_report):
    """A run report and its files in all formats, rendered once for all test processes."""

    @cache
    def read(workspace, opd=""):
        notebook = run_report(workspace, opd)
        made = common_folder / f"{crc32(f'{workspace} {opd}'.encode()):08x}"
        with FileLock(f"{made}.lock"):
            if not made.exists():
                files = rendered(parts.read(notebook), FORMATS)
                made.mkdir()
                for form, content in files.items():
                    (made / form).write_bytes(content)
        return Report(notebook, {path.name: path.read_bytes() for path in made.iterdir()})

    return read
