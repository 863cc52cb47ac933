import papermill
import pytest

from pkanalysis.errors import PkError
from pkanalysis.report import notebooks
from pkanalysis.report.notebooks import PARAMETERS, check, check_file, merged


@pytest.mark.parametrize("name", PARAMETERS)
def test_notebooks_declare_what_the_page_says(name):
    found = papermill.inspect_notebook(str(notebooks.find(name)))
    told = {item.name: repr(item.default) for item in PARAMETERS[name]}
    assert {key: value["default"].replace('"', "'") for key, value in found.items()} == told


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"periodd": "TW1"}, "'periodd' tidak dikenal.*Maksud Anda periode?"),
        ({"periode": "TW5"}, "'TW5'; pilih salah satu: TW1, TW2, TW3, TW4, tahunan"),
        ({"tahun": "dua ribu"}, "'dua ribu'; isi bilangan bulat 2000 sampai 2100"),
        ({"tahun": 1999}, "1999; isi bilangan bulat"),
        ({"tahun": 2025.5}, "2025.5; isi bilangan bulat"),
        ({"opd": 7}, "7; isi teks"),
    ],
)
def test_slips_are_refused_with_the_rule(given, words):
    with pytest.raises(PkError, match=words):
        check("laporan_opd", given)


def test_a_notebook_of_the_analysts_own_is_asked(notebook):
    path = notebook("banyak = 3\nbobot = 0.5\naktif = True\ngaya = {'warna': 'biru', 'tebal': 1}")
    given = merged(["banyak=4", "bobot=2", "aktif=tidak", "gaya.warna=merah"])
    assert check_file(path, given) == {
        "banyak": 4, "bobot": 2.0, "aktif": False, "gaya": {"warna": "merah", "tebal": 1},
    }  # fmt: skip
    with pytest.raises(PkError, match=r"'mungkin'; isi ya atau tidak"):
        check_file(path, {"aktif": "mungkin"})


def test_texts_without_a_value_are_refused():
    with pytest.raises(PkError, match="nama=nilai"):
        merged(["opd"])
    with pytest.raises(PkError, match="pilih salah satu"):
        merged(["a=1", "a.b=2"])
