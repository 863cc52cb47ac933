from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pkanalysis import config, sample
from pkanalysis.sample import budget, indicators, opening, outcomes, shift, spending, targets
from pkanalysis.sample import budget as amendment
from pkanalysis.sample import indicators as series
from pkanalysis.sample.catalogue import read
from pkanalysis.tables import TABLES, conform

CHECKOUT = Path(__file__).parents[2]
DIGEST = """
import hashlib, pandas as pd
from pkanalysis import sample
whole = hashlib.sha256()
for name, frame in sample.truth().items():
    whole.update(name.encode()); whole.update(frame.to_csv(index=False).encode())
print(whole.hexdigest())
"""


def test_the_files_that_were_promised(folder: Path) -> None:
    names = sorted(path.name for path in (folder / "kiriman").iterdir())
    assert sum(name.startswith("rekap5_") for name in names) == 7
    assert sum(name.startswith("laporan_realisasi_") for name in names) == 3
    assert sum(name.startswith("rak_") for name in names) == 2
    for period in ("TW3", "TW4"):
        assert sum(name.startswith(f"ISIAN_2025_{period}_") for name in names) == 42
    assert len(names) == 96
    assert all("CONTOH" in name for name in names)


def test_no_real_city_is_named_and_every_file_says_that_it_is_invented(folder: Path) -> None:
    for path in (folder / "kiriman").iterdir():
        with zipfile.ZipFile(path) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
        assert b"jambi" not in content.lower(), path.name
        assert "DATA CONTOH" in content.decode("utf-8"), path.name
    assert "jambi" not in (folder / "pkanalysis.toml").read_text(encoding="utf-8").lower()


def test_codes_are_text_and_amounts_are_numbers(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "kiriman" / "rekap5_2025_murni_CONTOH.xlsx", read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    head = next(rows)
    first = dict(zip(head, next(rows), strict=True))
    assert isinstance(first["KODE REKENING"], str)
    assert isinstance(first["KODE SKPD"], str)
    assert isinstance(first["PAGU"], int)
    book.close()


def test_the_configuration_is_that_of_a_sample(folder: Path) -> None:
    settings = config.load(folder)
    assert settings.is_sample
    assert settings.daerah == "Kota Contoh"
    assert [stage.kode for stage in settings.stages(2025)] == ["murni", "pergeseran", "perubahan"]
    assert [stage.kode for stage in settings.stages(2025, on=date(2025, 6, 30))] == ["murni", "pergeseran"]
    assert len(settings.stages(2023)) == len(settings.stages(2024)) == 2
    assert settings.efisiensi.tarif == {
        "perjalanan_dinas": 0.5, "makan_minum": 0.25, "atk_bahan_kantor": 0.25, "publikasi_iklan": 0.25,
    }  # fmt: skip
    assert all("contoh" in stage.dasar_hukum for stage in settings.tahap)


def test_the_truth_is_conformed_and_its_keys_are_unique() -> None:
    for name, frame in sample.truth().items():
        pd.testing.assert_frame_equal(frame, conform(name, frame))
        assert TABLES[name].key == [] or not frame.duplicated(TABLES[name].key).any(), name
        for column in (column for column in TABLES[name].columns if column.name in frame or not column.is_optional):
            values = frame[column.name].dropna()
            assert not column.required or len(values) == len(frame), (name, column.name)
            assert not column.allowed or set(values) <= set(column.allowed), (name, column.name)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_truth_does_not_depend_on_the_hash_seed(seed: str) -> None:
    command = [sys.executable, "-c", DIGEST]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    there = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    here = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=60)
    assert there.stdout == here.stdout


def test_writing_twice_gives_the_same_tables(folder: Path, tmp_path: Path) -> None:
    from pkanalysis.sample.files import recap, write_table

    path = tmp_path / "rekap5_2025_pergeseran_CONTOH.xlsx"
    again = write_table(path, "Rekap CONTOH", recap(2025, "pergeseran"))
    assert again.read_bytes() == (folder / "kiriman" / again.name).read_bytes()


def test_home_is_in_the_checkout() -> None:
    assert sample.home() == CHECKOUT / "contoh"


def test_home_of_an_installed_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(config, "__file__", str(tmp_path / "pkanalysis" / "__init__.py"))
    assert sample.home() == Path.home() / "pkanalysis-contoh"


def test_account_names_agree_with_the_reference() -> None:
    reference = pd.read_csv(CHECKOUT / "pkanalysis" / "reference" / "kategori_efisiensi.csv", dtype=str)
    known = reference.set_index("kode_prefix")["nama"]
    own = read("rekening").set_index("kode_rekening")["nama_rekening"]
    both = own.index.intersection(known.index)
    assert len(both) > 30
    assert (own[both] == known[both]).all()


def test_what_is_planted_is_told() -> None:
    """Every planted office, indicator and number is in data/contoh.md."""
    told = (CHECKOUT / "data" / "contoh.md").read_text(encoding="utf-8")
    names = {
        *opening.SHORT_OF_HALF, *amendment.REFILLED, *shift.CORRECTED, *shift.VANISHING, *shift.ADDITIONS,
        *series.PLANTED, *outcomes.UNMEASURED_TW3, *targets.ALWAYS_EASED, *indicators.NEW_CITY, *spending.BEHIND,
        spending.OVERSPENT[0], targets.UNSIGNED, targets.SIGNED_TWICE, indicators.WAITING, indicators.STOPPED_CITY,
    }  # fmt: skip
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", told)} == set()
    numbers = [*shift.ADDITIONS.values(), shift.TO_BTT, *budget.EARLIER.values(), amendment.PERUBAHAN]
    assert [number for number in numbers if f"{number:,}".replace(",", ".") not in told] == []
