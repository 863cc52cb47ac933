from pathlib import Path

import pytest
import xlsxwriter

from pkanalysis.config import Config, Stage

STAGES = ("murni", "pergeseran", "perubahan")


@pytest.fixture
def config():
    return Config("nyata", "Kota Uji", tuple(Stage(2025, code, code.capitalize()) for code in STAGES))


@pytest.fixture
def workbook(tmp_path):
    """Write sheets of rows to an .xlsx in the test's folder and give back its path."""

    def write(name: str, sheets: dict[str, list[list]]) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if cell is not None and cell != "":
                            sheet.write(number, column, cell)
        return path

    return write


@pytest.fixture
def severities():
    return lambda reading, severity: [item for item in reading.findings if item.severity == severity]
