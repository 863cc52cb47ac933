"""Reference tables of the efficiency chapter: codes that parse, words the dictionary knows, a basis everywhere."""

from pkanalysis import codes, reference
from pkanalysis.vocabulary import values


def test_sectors_are_those_of_the_dictionary_and_none_is_lainnya():
    rows = reference.priority_fields()
    assert set(rows["sektor"]) == set(values("sektor_prioritas")) - {"lainnya"}
    assert codes.keys(rows["kode_prefix"]).map(len).ge(2).all()
    assert rows["catatan"].str.contains("pertimbangan").all()


def test_funding_sources_are_codes_with_a_basis():
    rows = reference.transfer_sources()
    assert codes.keys(rows["kode_prefix"]).map(len).ge(4).all()
    assert rows["kode_prefix"].is_unique
    assert rows["dasar"].eq("KMK 29/2025").all()
    assert rows.loc[rows["jenis"].eq(""), "catatan"].str.contains("tidak dipotong").all()


def test_the_directive_has_seven_points():
    rows = reference.directive()
    assert rows["angka"].tolist() == list("1234567")
    assert rows["kunci"].is_unique
    assert rows["ketentuan"].ne("").all()


def test_limits_of_the_composition_rise():
    assert reference.pefa_composition() == (5, 10, 15)
    assert reference.pefa_outturn() == ((95, 105), (90, 110), (85, 115))


def test_tables_are_copies():
    rows = reference.priority_fields()
    rows["sektor"] = "rusak"
    assert "rusak" not in set(reference.priority_fields()["sektor"])
