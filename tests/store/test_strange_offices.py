"""Names of offices in files without codes: told where they are shared, near, or unknown."""

import pandas as pd
import pytest

from pkanalysis.store.offices import strange_offices

ALIAS = pd.DataFrame({"nama_asli": ["Disdik"], "kode_opd": ["1.01"]})


def offices(count=20):
    rows = [("1.01", "Dinas Pendidikan", "DISDIK"), ("3.26", "Dinas Wisata", "DKP"), ("2.23", "Dinas Arsip", "DKP")]
    rows += [(f"7.{number:02}", f"Kecamatan Uji {number:02}", f"KEC{number}") for number in range(count - 3)]
    return pd.DataFrame(rows, columns=["kode_opd", "nama_opd", "singkatan"])


def told(name, known=None, code="DIBUAT-DARI-NAMA", parent=None):
    new = pd.DataFrame({"kode_opd": code, "nama_opd": [name], "kode_induk": parent, "lembar": "IKU", "baris": 7})
    return list(strange_offices(new, offices() if known is None else known, ALIAS, "a.xlsx"))


def test_an_abbreviation_of_two_offices_is_told_with_both():
    (found,) = told("dkp")
    assert (found.severity, found.sheet, found.place, found.value) == ("peringatan", "IKU", "baris 7", "dkp")
    assert "dipakai 2 OPD (3.26 Dinas Wisata; 2.23 Dinas Arsip)" in found.rule


@pytest.mark.parametrize("name", ["Dinas Pendidkan", "Dinas  PENDIDIKAN", "disdik"])
def test_a_name_that_is_near_is_suggested_and_not_merged(name):
    (found,) = told(name)
    assert "1.01 Dinas Pendidikan" in found.rule
    assert f'"{name}" = "1.01"' in found.remedy


def test_a_name_that_nobody_has_is_told_once_the_offices_are_known():
    (found,) = told("Kantor Antah Berantah")
    assert "tidak ada di antara 20 OPD" in found.rule
    assert told("Kantor Antah Berantah", offices(19)) == []


@pytest.mark.parametrize(
    "how", [{"name": "Kota Uji"}, {"name": "Kantor Lain", "code": "9.99.0"}, {"name": "UPT Lain", "parent": "1.01"}]
)
def test_regions_codes_and_parts_of_offices_are_left_alone(how):
    assert told(**how) == []


def test_two_spellings_of_an_office_without_code_are_told_and_two_districts_are_not():
    known = pd.DataFrame({
        "kode_opd": ["BADAN-RISET-DAN-INOVASI-DAERAH", "KECAMATAN-UJI-BARAT"],
        "nama_opd": ["BADAN RISET DAN INOVASI DAERAH", "Kecamatan Uji Barat"], "singkatan": None,
    })  # fmt: skip
    (found,) = told("Badan Riset, dan Inovasi Daerah", known)
    assert '= "BADAN-RISET-DAN-INOVASI-DAERAH"' in found.remedy
    assert told("Kecamatan Uji Timur", known) == []
    assert told("Kecamatan Uji Barat", known, code="KECAMATAN-UJI-BARAT") == []
