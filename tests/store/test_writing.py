"""One writer at a time, and tables that are swapped in whole."""

import subprocess
import sys

import pandas as pd
import pytest
from filelock import FileLock

from pkanalysis import store
from pkanalysis.errors import PkError
from pkanalysis.store import parquet
from pkanalysis.store import parquet as locking

CONFIG = '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n'
FIGURES = "kategori,uraian,nilai,satuan,tanggal,status,catatan,source\ntotal,Rekaan {0},1,rupiah,2025-02-21,,,https://contoh.invalid/{0}\n"
SLOW = """
import sys, time
from pathlib import Path
from pkanalysis import store
from pkanalysis.store import importing
put = importing.Shelf.put
def slow(*given):
    found = put(*given)
    print("masuk", flush=True)
    time.sleep(2)
    return found
importing.Shelf.put = slow
store.take(store.open(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def ws(tmp_path):
    return store.create(tmp_path / "kerja", CONFIG)


def rekap(path, code):
    head = "TAHUN;KODE SKPD;NAMA SKPD;KODE SUB UNIT;KODE SUB KEGIATAN;NAMA SUB KEGIATAN;KODE SUMBER DANA;KODE REKENING;PAGU"
    line = f"2025;{code};Dinas {code};{code};1.01.02.2.01.0001;Rapat;1.1;5.1.02.04.01.0001;7"
    path.write_text(f"{head}\n{line}\n", encoding="utf-8")
    return path


def test_two_imports_at_once_lose_none(tmp_path):
    text = CONFIG + '[[tahap]]\ntahun = 2025\nkode = "murni"\nnama = "APBD murni"\n'
    ws = store.create(tmp_path / "kerja", text)
    first, second = rekap(tmp_path / "a_murni.csv", "1.01"), rekap(tmp_path / "b_murni.csv", "1.02")
    slow = subprocess.Popen([sys.executable, "-c", SLOW, ws.path, first], stdout=subprocess.PIPE)
    with slow:
        assert slow.stdout.readline().strip() == b"masuk"
        store.take(ws, second)
    assert slow.returncode == 0
    assert sorted(ws["anggaran"]["kode_opd"]) == ["1.01", "1.02"]


def test_a_busy_workspace_is_one_sentence(ws, tmp_path, monkeypatch):
    monkeypatch.setattr(locking, "PATIENCE", 0.1)
    path = tmp_path / "efisiensi.csv"
    path.write_text(FIGURES.format("a"), encoding="utf-8")
    with (
        FileLock(ws.path / "tabel" / ".kunci", is_singleton=False),
        pytest.raises(PkError, match="kerja sedang ditulis proses lain"),
    ):
        store.take(ws, path)
    store.take(ws, path)
    assert len(ws["angka_terbit"]) == 1


def test_an_interrupted_move_is_finished_when_the_workspace_is_opened(ws, monkeypatch):
    folder = ws.path / "tabel"
    parquet.write_all(folder, {"alt": pd.DataFrame({"n": [1]}), "neu": pd.DataFrame({"n": [1]})})
    monkeypatch.setattr(parquet, "settle", lambda folder: None)
    parquet.write_all(folder, {"alt": pd.DataFrame({"n": [2]}), "neu": pd.DataFrame({"n": [2]})})
    monkeypatch.undo()
    assert parquet.read(folder / "alt.parquet")["n"].tolist() == [1]
    store.open(ws.path)
    assert [parquet.read(folder / f"{name}.parquet")["n"].tolist() for name in ("alt", "neu")] == [[2], [2]]
    assert not (folder / parquet.READY).exists()


def test_an_interruption_while_writing_leaves_every_table_as_it_was(ws):
    folder = ws.path / "tabel"
    parquet.write_all(folder, {"alt": pd.DataFrame({"n": [1]})})
    with pytest.raises(Exception, match="object"):
        parquet.write_all(folder, {"alt": pd.DataFrame({"n": [2]}), "neu": object()})
    assert parquet.read(folder / "alt.parquet")["n"].tolist() == [1]
    store.open(ws.path)
    assert parquet.read(folder / "alt.parquet")["n"].tolist() == [1]


def test_a_result_that_is_not_there_says_how_to_get_it(ws):
    with pytest.raises(PkError, match="'kartu_skor' belum dihitung di ruang kerja kerja; jalankan `pkanalysis report`"):
        ws.derived("kartu_skor")


def test_a_table_of_several_pieces_reads_as_it_was_written_and_keeps_a_text_once(tmp_path):
    count = 2 * parquet.PIECE * 2048 + 5
    frame = pd.DataFrame({
        "kode_opd": pd.Series([f"OPD{number % 7}" for number in range(count)], dtype="str"),
        "catatan": pd.Series(["ada" if number % 3 else None for number in range(count)], dtype="str"),
        "pagu_rp": pd.Series(range(count), dtype="int64"),
    })  # fmt: skip
    parquet.write_all(tmp_path, {"anggaran": frame})
    back = parquet.read(tmp_path / "anggaran.parquet")
    pd.testing.assert_frame_equal(back, frame)
    assert len({id(text) for text in back["kode_opd"]}) == 7
    assert len(parquet.read(tmp_path / "anggaran.parquet", "OPD3")) == (frame["kode_opd"] == "OPD3").sum()
