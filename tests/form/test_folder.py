"""A folder of workbooks: a pattern brings all of them in, the folder itself is refused with that pattern."""

import pytest

from pkanalysis import store
from pkanalysis.config import Config
from pkanalysis.intake.layouts import form

CONFIG = '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n'


def of_office(frame, code, prefix=True):
    """The rows as another office has them, its indicators under codes of its own."""
    own = frame.assign(kode_opd=code) if "kode_opd" in frame else frame
    if prefix and "kode_indikator" in own:
        own = own.assign(kode_indikator=code + "-" + own["kode_indikator"])
    return own


@pytest.fixture
def workspace(tmp_path):
    return store.create(tmp_path / "kerja", CONFIG)


@pytest.fixture
def folder(tmp_path, tables):
    """Two offices' workbooks, with the lock file that Excel leaves beside an open one."""
    target = tmp_path / "isian kembali é"
    target.mkdir()
    for code in ("9.99.01", "9.99.02"):
        own = {name: of_office(frame, code) for name, frame in tables(3).items()}
        form.write(target / f"isian_{code}.xlsx", own, code, 2025, "TW3", Config("nyata", "Kota Uji"))
    (target / "~$isian_9.99.01.xlsx").write_bytes(b"kunci")
    return target


def test_a_pattern_brings_in_every_workbook(pkanalysis, workspace, folder):
    code, out, err = pkanalysis("import", folder / "*.xlsx", "--ruang-kerja", workspace.path)
    assert (code, err) == (0, ""), out
    assert workspace["berkas"]["tata_letak"].tolist() == ["isian", "isian"]
    assert sorted(set(workspace["realisasi"]["kode_opd"])) == ["9.99.01", "9.99.02"]


def test_a_workbook_sent_again_replaces_its_own_office_only(pkanalysis, workspace, folder):
    pkanalysis("import", folder / "*.xlsx", "--ruang-kerja", workspace.path)
    before = workspace["realisasi"].drop(columns="id_berkas")
    pkanalysis("import", folder / "isian_9.99.02.xlsx", "--ruang-kerja", workspace.path)
    assert workspace["realisasi"].drop(columns="id_berkas").equals(before)


def test_the_folder_itself_is_refused_in_one_sentence_with_the_pattern(pkanalysis, workspace, folder):
    code, out, err = pkanalysis("import", folder, "--ruang-kerja", workspace.path)
    assert code == 1
    assert "adalah folder, bukan berkas" in out + err
    assert f'"{folder / "*.xlsx"}"' in " ".join((out + err).split())
    assert len(workspace["berkas"]) == 0


@pytest.mark.parametrize("command", ["import", "check"])
def test_a_pattern_that_nothing_fits_is_refused_in_one_sentence(pkanalysis, workspace, folder, command):
    code, out, err = pkanalysis(command, folder / "*.ods", "--ruang-kerja", workspace.path)
    assert (code, out) == (1, "")
    assert "tidak cocok dengan berkas apa pun" in err
    assert err.count("\n") == 1


def test_two_offices_under_one_indicator_code_do_not_put_each_other_out(pkanalysis, workspace, tmp_path, tables):
    for code in ("9.99.01", "9.99.02"):
        own = {name: of_office(frame, code, prefix=False) for name, frame in tables(3).items()}
        form.write(tmp_path / f"isian_{code}.xlsx", own, code, 2025, "TW3", Config("nyata", "Kota Uji"))
    code, out, err = pkanalysis("import", tmp_path / "isian_*.xlsx", "--ruang-kerja", workspace.path)
    assert code == 1
    assert "kode ini sudah dipakai 9.99.01" in " ".join((out + err).split())
    assert set(workspace["realisasi"]["kode_opd"]) == {"9.99.01"}
    assert workspace["berkas"]["nama_berkas"].tolist() == ["isian_9.99.01.xlsx"]
