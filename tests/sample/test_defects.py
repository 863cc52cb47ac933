"""The damaged sample: every planted defect is found at its cell, and nothing on a clean one."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import damaged as defects
import pandas as pd
import pytest
from damaged import controls, recaps, sending
from damaged.__main__ import main
from damaged.planting import Defect

from pkanalysis import store
from pkanalysis.errors import PkError
from pkanalysis.intake.findings import Finding

SOUND = {paper.file for paper in defects.PAPERS if not paper.damages}
LAYOUTS = {
    "isian", "rekap5", "rekap_perubahan", "format_impor", "laporan_realisasi", "rak", "anggaran_kas", "sebelum_sesudah",
    "lra", "penjabaran", "dpa", "e81", "iku", "kas_rekening",
}  # fmt: skip


@dataclass(frozen=True)
class Done:
    """The damaged sample after its import."""

    folder: Path
    sent: sending.Sent
    taken: dict[str, store.Taken]
    verdict: defects.Verdict


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> Done:
    folder = tmp_path_factory.mktemp("cacat")
    sent = defects.write(folder)
    taken = store.take_all(store.open(folder), sent.paths)
    verdict = defects.judge(sent.planted, [finding for item in taken for finding in item.findings])
    return Done(folder, sent, {item.path.name: item for item in taken}, verdict)


def test_every_planted_defect_is_found_at_its_place(done):
    missed = [defect for defect, finding in done.verdict.planted.items() if finding is None]
    assert missed == []
    assert done.verdict.found == len(done.sent.planted) == len(set(done.sent.planted)) > 120


def test_there_is_no_finding_on_a_clean_cell(done):
    assert [finding.sentence for finding in done.verdict.strays] == []


def test_errors_keep_a_file_out_and_warnings_do_not(done):
    refused = {defect.file for defect in done.sent.planted if defect.severity == "galat"}
    assert {name for name, item in done.taken.items() if not item.is_stored} == refused
    assert done.taken.keys() - refused >= SOUND


def test_every_layout_has_a_clean_file_and_damaged_ones(done):
    read = {name: item.reading.layout for name, item in done.taken.items() if item.reading}
    assert {read[name] for name in SOUND} == LAYOUTS
    assert {layout for name, layout in read.items() if name not in SOUND} == LAYOUTS


def test_every_way_of_writing_gives_the_same_lines(done):
    def budget(paper: defects.Paper) -> pd.DataFrame:
        lines = done.taken[paper.file].reading.tables["anggaran"]
        return lines[["kode_opd", "kode_sub_kegiatan", "kode_rekening", "pagu_rp", "kode_bidang_urusan"]]

    clean = budget(recaps.FILES[0])
    assert len(controls.FILES) > 10
    for paper in controls.FILES:
        pd.testing.assert_frame_equal(budget(paper), clean)


def test_every_file_says_that_it_is_invented(done):
    for path in done.sent.paths:
        assert "CONTOH" in path.name
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                written = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
            assert "DATA CONTOH" in written.decode("utf-8"), path.name
            assert b"jambi" not in written.lower(), path.name


def test_personal_data_are_not_stored(done):
    stored = store.open(done.folder)
    written = stored["analisis"].to_csv() + stored["temuan"].to_csv()
    assert not [words for words in ("19800101", "1571014101900001", "0812", "pegawai@") if words in written]


def test_the_list_names_every_defect_with_its_finding(done):
    path = defects.write_list(done.folder, done.verdict)
    listed = pd.read_csv(path, sep=";", encoding="utf-8-sig")
    assert len(listed) == len(done.sent.planted)
    assert set(listed["ditemukan"]) == {"ya"}
    assert listed["temuan"].str.startswith(tuple(done.taken)).all()


def test_what_is_planted_is_told(done):
    """Every defect is in data/contoh.md, with the counts."""
    told = (Path(__file__).parents[2] / "data" / "contoh.md").read_text(encoding="utf-8")
    assert {defect.what for defect in done.sent.planted if defect.what not in told} == set()
    assert f"{len(done.sent.planted)} cacat di {len(done.sent.paths)} berkas" in told


@pytest.fixture
def few(monkeypatch) -> None:
    """Only the first files."""
    monkeypatch.setattr(sending, "PAPERS", recaps.FILES[:3])


def test_the_command_counts_what_it_found(few, tmp_path, capsys):
    assert main(tmp_path / "kota") == 0
    said = capsys.readouterr().out
    assert "1 dari 1 cacat ditemukan; 0 temuan di sel yang bersih." in said
    assert "3 berkas: 2 disimpan, 1 ditolak karena galat." in said


def test_a_defect_that_is_not_found_is_said(few, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(store, "take_all", lambda workspace, paths: [])
    assert main(tmp_path / "kota") == 1
    assert "TIDAK DITEMUKAN rekap5_2025_murni_pagu_kata_CONTOH.xlsx, Rekap CONTOH W4" in capsys.readouterr().err


def test_a_second_time_starts_afresh(few, tmp_path):
    sent = defects.write(tmp_path / "kota")
    store.take_all(store.open(tmp_path / "kota"), sent.paths)
    defects.write(tmp_path / "kota")
    assert store.open(tmp_path / "kota")["berkas"].empty


def test_another_workspace_is_left_alone(few, tmp_path):
    (tmp_path / "pkanalysis.toml").write_text('[ruang_kerja]\njenis = "contoh"\n', encoding="utf-8")
    with pytest.raises(PkError, match="berisi ruang kerja lain"):
        defects.write(tmp_path)
    (tmp_path / "pkanalysis.toml").rename(tmp_path / "surat.txt")
    with pytest.raises(PkError, match="tidak ditimpa"):
        defects.write(tmp_path)


DEFECT = Defect("a.xlsx", "S", ("D7", "D9"), "galat", "pagu ditulis dengan kata")
FOUND = Finding("galat", "a.xlsx", "S", "D7", "PAGU", "dua", "bukan angka rupiah", "tulis angka")
ABOVE = replace(FOUND, severity="peringatan", place="D9")


@pytest.mark.parametrize(
    ("findings", "found", "strays"),
    [
        ([FOUND, ABOVE], 1, 0),
        ([FOUND], 0, 0),
        ([ABOVE], 0, 0),
        ([replace(FOUND, severity="peringatan"), ABOVE], 0, 0),
        ([replace(FOUND, sheet="T"), ABOVE], 0, 1),
        ([replace(FOUND, file="b.xlsx"), ABOVE], 0, 1),
        ([FOUND, ABOVE, replace(FOUND, place="D8")], 1, 1),
        ([FOUND, ABOVE, replace(FOUND, place="baris 7")], 1, 1),
        ([FOUND, ABOVE, replace(FOUND, place="", severity="catatan")], 1, 0),
        ([FOUND, ABOVE, replace(FOUND, place="", severity="peringatan")], 1, 1),
    ],
)
def test_a_finding_must_stand_at_its_cell(findings, found, strays):
    verdict = defects.judge([DEFECT], findings)
    assert (verdict.found, len(verdict.strays)) == (found, strays)


def test_a_planted_line_covers_its_cells():
    verdict = defects.judge([replace(DEFECT, places=("baris 7",))], [replace(FOUND, place="baris 7"), FOUND])
    assert Counter([verdict.found, len(verdict.strays)]) == Counter([1, 0])
