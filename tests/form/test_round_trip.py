import pandas as pd
import pytest
from form.invented import KODE, MADE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkanalysis.errors import PkError
from pkanalysis.intake import read as read_file
from pkanalysis.intake.book import open_book
from pkanalysis.intake.layouts import form
from pkanalysis.intake.reading import Slice
from pkanalysis.tables import TABLES, conform

PLACE = ["id_berkas", "lembar", "baris"]


def plain(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=PLACE).sort_values(TABLES[name].key, ignore_index=True)


def assert_same(read: dict[str, pd.DataFrame], written: dict[str, pd.DataFrame]) -> None:
    assert set(read) == set(written)
    for name, frame in written.items():
        pd.testing.assert_frame_equal(plain(name, read[name]), plain(name, frame), obj=name)


@pytest.mark.parametrize("count", [0, 1, 3, 60])
def test_what_is_written_is_read_back(written, tables, config, count):
    reading = read_file(written(tables(count)), config)
    assert reading.layout == "isian"
    assert reading.findings == []
    assert reading.slices == (Slice("isian", 2025, "TW3", (KODE,)),)
    assert_same(reading.tables, tables(count))


def test_every_row_says_where_it_came_from(book, read):
    actual = read(book).tables["realisasi"]
    assert set(actual["lembar"]) == {"4_REALISASI", "4b_RIWAYAT"}
    now = actual[(actual["tahun"] == 2025) & (actual["periode"] == "TW3")]
    assert now["baris"].tolist() == [7, 8, 9]


def test_later_periods_are_not_written(written, tables, read):
    actual = read(open_book(written(tables(3), "TW2"))).tables["realisasi"]
    assert not ((actual["tahun"] == 2025) & (actual["periode"] == "TW3")).any()
    assert (actual["periode"] == "TW2").sum() == 3 * 3 - 1  # one indicator lacks TW2 of 2024


def test_the_year_as_a_whole_keeps_its_quarters_as_history(written, tables, read):
    sheets = open_book(written(tables(2), "tahunan"))
    assert_same(read(sheets).tables | {"analisis": tables(2)["analisis"]}, tables(2))
    assert read(sheets).slices[0].stage == "tahunan"


def test_only_the_rows_of_the_opd_are_written(written, tables, read):
    mine, other = tables(2), {name: frame.assign(kode_opd="8.88") for name, frame in tables(1).items()}
    both = {name: pd.concat([mine[name], other[name]], ignore_index=True) for name in mine}
    assert_same(read(open_book(written(both))).tables, mine)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=40))
def test_any_text_survives(written, tables, read, name):
    changed = tables(1)
    changed["indikator"]["nama_indikator"] = name
    changed["realisasi"]["sumber"] = name
    back = read(open_book(written(changed))).tables
    assert back["indikator"]["nama_indikator"].tolist() == [name.strip()]
    assert set(back["realisasi"]["sumber"]) == {name.strip()}


def test_a_text_too_long_for_a_cell_is_refused(written, tables):
    changed = tables(1)
    changed["indikator"]["definisi"] = "y" * 32_768
    with pytest.raises(PkError, match=r"2_INDIKATOR, baris 7: .* panjangnya 32768"):
        written(changed)


def test_the_same_input_gives_the_same_bytes(tmp_path, tables, config):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        form.write(path, tables(2), KODE, 2025, "TW3", config, MADE)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_an_unknown_opd_or_period_is_refused(tmp_path, tables, config):
    with pytest.raises(PkError, match=r"'1\.01' tidak ada dalam daftar OPD"):
        form.write(tmp_path / "a.xlsx", tables(1), "1.01", 2025, "TW3", config)
    with pytest.raises(PkError, match="yang ada: TW1, TW2"):
        form.write_blank(tmp_path / "a.xlsx", config, 2025, "Q3")


def test_a_missing_table_is_an_empty_sheet(written, tables, read):
    back = read(open_book(written({"opd": tables(1)["opd"]}))).tables
    assert {name: len(frame) for name, frame in back.items() if len(frame)} == {"opd": 1}


def test_a_stage_of_the_configuration_is_shown_by_its_name(written, tables, read):
    changed = tables(1)
    changed["perjanjian"] = changed["perjanjian"].assign(tahap_pagu_dasar="perubahan")
    path = written(changed)
    assert "DPPA" in [row[5] for row in open_book(path).sheets["5_PERJANJIAN"] if len(row) > 5]
    assert set(read(open_book(path)).tables["perjanjian"]["tahap_pagu_dasar"]) == {"perubahan"}


def test_the_date_of_the_workbook_stands_for_rows_without_one(book, read):
    book.sheets["4_REALISASI"][6][13] = ""
    book.sheets["1_IDENTITAS"][16][1] = MADE
    actual = read(book).tables["realisasi"]
    now = actual[(actual["tahun"] == 2025) & (actual["periode"] == "TW3")].set_index("kode_indikator")
    assert now.loc["U-00", "tanggal_data"] == pd.Timestamp(MADE)
    assert now.loc["U-01", "tanggal_data"] == pd.Timestamp(2025, 9, 28)
    assert conform("realisasi", actual).equals(actual)
