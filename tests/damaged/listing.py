"""The list of what was planted and what was found of it, for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from damaged.judging import Verdict
from damaged.planting import Defect

FILE = "CACAT_CONTOH.csv"


def table(verdict: Verdict) -> pd.DataFrame:
    """One row per planted defect: where, how severe, what, and the finding that it came out as."""
    rows = [
        {**_told(defect), "ditemukan": "ya" if finding else "TIDAK", "temuan": finding.sentence if finding else ""}
        for defect, finding in verdict.planted.items()
    ]
    return pd.DataFrame(rows)


def _told(defect: Defect) -> dict[str, str]:
    first, *others = defect.places
    return {
        "berkas": defect.file,
        "lembar": defect.sheet,
        "tempat": first or ("seluruh lembar" if defect.sheet else "seluruh berkas"),
        "terlihat_juga_di": ", ".join(others),
        "tingkat": defect.severity,
        "cacat": defect.what,
    }


def write(folder: Path, verdict: Verdict) -> Path:
    """Write the list as ``CACAT_CONTOH.csv`` with semicolons, as Excel opens it in Indonesia."""
    path = folder / FILE
    table(verdict).to_csv(path, sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return path
