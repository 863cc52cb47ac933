"""A set of files of which one is damaged: it is told and kept out as a whole, the slices of the others stay theirs."""

from pathlib import Path

import damaging
import pandas as pd
import pytest
from damaged import saving
from damaging import SHEETS, pages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkanalysis import store
from pkanalysis.config import FILE

few = settings(
    max_examples=3, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
SET = ("rekap5", "rekap_perubahan", "rak", "lra", "laporan_realisasi", "iku", "e81")
NO_NUMBER, NO_FILE = "text in a number", "no workbook at all"


def written(folder, layout, spoil=None):
    """The clean file of a layout in the folder; ``spoil`` changes its pages first."""
    sheet = SHEETS[layout]
    own, page = pages(sheet)
    if spoil:
        spoil(sheet, page)
    folder.mkdir(exist_ok=True)
    saving.as_workbook(folder / sheet.paper, own)
    return folder / sheet.paper


def workspace(folder):
    config = Path(store.__file__).parents[1] / "sample" / FILE
    return store.create(folder, config.read_text(encoding="utf-8"))


def tables(ws):
    """Rows per table, each under the name of the file that it came from."""
    names = ws["berkas"].set_index("id_berkas")["nama_berkas"]
    found = {}
    for table in ("anggaran", "realisasi_anggaran", "rencana_kas", "indikator", "target", "realisasi"):
        frame = ws[table]
        found[table] = frame.assign(berkas=frame["id_berkas"].map(names)).drop(columns="id_berkas")
    return found


def of(frames, file, is_own):
    """Rows of the file, or of all others, sorted so that they can be compared."""
    return {
        name: sorted(map(str, frame[frame["berkas"].eq(file) == is_own].astype(object).values.tolist()))
        for name, frame in frames.items()
    }


def text_in_a_number(data):
    def spoil(sheet, page):
        line = data.draw(st.sampled_from(damaging.lines(sheet)), "line")
        page.put(line, sheet.amounts[0], "seratus juta")

    return spoil


@pytest.mark.parametrize("layout", SET)
def test_a_damaged_file_of_a_set_leaves_the_slices_of_the_others(tmp_path, layout):
    clean = [written(tmp_path / "bersih", each) for each in SET]
    whole = workspace(tmp_path / "utuh")
    store.take_all(whole, clean)
    before = tables(whole)

    @few
    @given(st.data(), st.sampled_from([NO_NUMBER, NO_FILE]))
    def spoiled(data, how):
        bad = written(tmp_path / "rusak", layout, text_in_a_number(data) if how == NO_NUMBER else None)
        if how == NO_FILE:
            bad.write_bytes(bad.read_bytes()[: data.draw(st.integers(1, 2000), "left")])
        taken = store.take_all(whole, [bad if path.name == bad.name else path for path in clean])
        told = next(item for item in taken if item.path == bad)
        assert [item.severity for item in told.findings if item.severity != "catatan"]
        after = tables(whole)
        assert of(after, bad.name, is_own=False) == of(before, bad.name, is_own=False)
        if not told.is_stored:
            assert of(after, bad.name, is_own=True) == of(before, bad.name, is_own=True)
        else:
            store.take_all(whole, [next(path for path in clean if path.name == bad.name)])
            assert of(tables(whole), bad.name, is_own=True) == of(before, bad.name, is_own=True)

    spoiled()


def test_a_set_with_a_damaged_file_stores_what_it_would_without_it(tmp_path):
    clean = [written(tmp_path / "bersih", each) for each in SET]
    bad = tmp_path / "rusak.xlsx"
    bad.write_bytes(b"PK\x03\x04" + bytes(range(256)))
    with_it, without = workspace(tmp_path / "a"), workspace(tmp_path / "b")
    store.take_all(with_it, [clean[0], bad, *clean[1:]])
    store.take_all(without, clean)
    for name, frame in tables(with_it).items():
        pd.testing.assert_frame_equal(frame, tables(without)[name])
