"""City-wide results follow tables, configuration and program, and cost nothing while those stand still."""

import pandas as pd
import pytest

from pkanalysis import derived, store
from pkanalysis.report import batch
from pkanalysis.report.plan import Request
from pkanalysis.store import parquet
from pkanalysis.tables import conform

CONFIG = (
    '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n[[tahap]]\ntahun = 2025\nkode = "murni"\nnama = "Murni"\n'
)


@pytest.fixture
def ws(tmp_path):
    workspace = store.create(tmp_path / "kerja", CONFIG)
    write(workspace, "Dinas Uji")
    return workspace


def write(workspace, name):
    rows = {
        "opd": [{"kode_opd": "1.01", "nama_opd": name, "singkatan": "DINUJI"}],
        "anggaran": [
            {"tahun": 2025, "tahap": "murni", "kode_opd": "1.01", "kode_rekening": "5.1.02.04.01.0001", "pagu_rp": 7}
        ],
    }
    frames = {name: conform(name, pd.DataFrame(some)) for name, some in rows.items()}
    parquet.write_all(workspace.path / "tabel", frames)


@pytest.fixture
def updates(monkeypatch):
    """Workspaces that were computed."""
    seen, update = [], derived.update
    monkeypatch.setattr(derived, "update", lambda workspace: (seen.append(workspace.path), update(workspace)))
    return seen


def test_nothing_is_computed_twice(ws, updates):
    derived.fresh(ws)
    derived.fresh(store.open(ws.path))
    assert len(updates) == 1
    assert set(ws.derived("ringkasan_opd")["tahun"]) == {2025}


def test_a_changed_table_counts(ws, updates):
    derived.fresh(ws)
    write(ws, "Dinas Uji Coba Baru")
    derived.fresh(ws)
    assert len(updates) == 2


def test_a_changed_configuration_counts(ws):
    derived.fresh(ws)
    (ws.path / "pkanalysis.toml").write_text(CONFIG.replace("2025", "2026"), encoding="utf-8")
    derived.fresh(store.open(ws.path))
    assert set(ws.derived("ringkasan_opd")["tahun"]) == {2026}


def test_another_program_counts(ws, updates, monkeypatch):
    derived.fresh(ws)
    monkeypatch.setattr(derived, "of_program", lambda: "lain")
    derived.fresh(ws)
    assert len(updates) == 2


def test_reports_are_prepared_with_fresh_results(ws, updates):
    batch.prepare(ws, Request(2025, "TW3"))
    assert updates == [ws.path]


def test_trends_of_a_year_that_was_not_kept_are_computed_now(ws):
    rows = [{"kode_indikator": "a", "kode_opd": "1.01", "tahun": year, "periode": "tahunan", "nilai": year - 2000.0,
             "status": "final"} for year in range(2014, 2021)]  # fmt: skip
    card = {"kode_indikator": "a", "nama_indikator": "A", "kode_opd": "1.01", "tingkat": "iku_opd",
            "polaritas": "naik_baik", "agregasi": "posisi_akhir"}  # fmt: skip
    frames = {"indikator": pd.DataFrame([card]), "realisasi": pd.DataFrame(rows)}
    parquet.write_all(ws.path / "tabel", {name: conform(name, frame) for name, frame in frames.items()})
    before = derived.trends(ws, 2020)
    derived.update(ws)
    after = [derived.trends(ws, until)[0] for until in (2020, 2025)]
    assert set(ws.derived("tren_iku")["sampai_tahun"]) == {2024, 2025}
    assert before[0]["n"].tolist() == after[0]["n"].tolist() == [7]
    assert after[1][["n", "gerak"]].to_numpy().tolist() == [[7, "membaik"]]
