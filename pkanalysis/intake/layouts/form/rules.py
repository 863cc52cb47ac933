"""What is checked beyond single cells: known indicators, status beside value, notes to Bappeda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.form import doubts
from pkanalysis.intake.layouts.form.grid import Grid
from pkanalysis.intake.layouts.form.labels import CLOSED
from pkanalysis.intake.layouts.form.layout import ACTUALS, HISTORY, INDICATORS, PROGRAMMES, TARGETS
from pkanalysis.intake.layouts.form.targets import SUFFIXES
from pkanalysis.tables import PERIODS, WAITING

Grids = Mapping[str, Grid]
PERCENT = ("persen", "%")


def findings(grids: Grids) -> list[Finding]:
    """Every finding that needs more than one cell.

    Parameters
    ----------
    grids : mapping of str to Grid
        Sheets by name.
    """
    known = set(grids[INDICATORS.name].frame["kode_indikator"].dropna())
    found = [item for grid in grids.values() for item in _unplaced(grid, known)]
    for name in (ACTUALS.name, HISTORY.name):
        found += _values(grids[name])
    return [
        *found,
        *_promises(grids[TARGETS.name]),
        *_ranges(grids[TARGETS.name]),
        *_fractions(grids),
        *_wishes(grids[INDICATORS.name]),
        *_unread(grids[PROGRAMMES.name]),
        *doubts.findings(grids),
    ]


def with_status(grid: Grid) -> pd.DataFrame:
    """Rows of a sheet of actuals that can be stored: a value without status is ``sementara``.

    A row with neither value nor status is left out; :func:`findings` says so.
    """
    frame = grid.frame
    has_value = frame["nilai"].notna() | frame["nilai_huruf"].notna()
    status = frame["status"].mask(has_value & frame["status"].isna(), "sementara")
    return frame.assign(status=status)[has_value | status.notna()]


def with_date(frame: pd.DataFrame, date: dt.date | None) -> pd.DataFrame:
    """Actuals with a value but without a date of their own get the date of the workbook."""
    has_value = frame["nilai"].notna() | frame["nilai_huruf"].notna()
    is_undated = has_value & frame["tanggal_data"].isna()
    return frame.assign(tanggal_data=frame["tanggal_data"].mask(is_undated, pd.Timestamp(date) if date else None))


def _unplaced(grid: Grid, known: set[str]) -> Iterator[Finding]:
    """Rows without their key, or of an indicator that the workbook does not have."""
    key, codes = grid.sheet.key, grid.frame[grid.sheet.key]
    label = grid.sheet.fields[grid.sheet.position(key)].label
    for number in grid.frame["baris"][codes.isna() & ~grid.frame["baris"].isin(grid.refused)]:
        yield grid.find("galat", number, key, "", f"{label} kosong", "isi, atau kosongkan seluruh baris")
    if key != "kode_indikator":
        return
    for number, code in grid.frame[codes.notna() & ~codes.isin(known)][["baris", key]].to_numpy():
        rule, remedy = f"tidak ada di lembar {INDICATORS.name}", "tambahkan indikatornya di sana, atau perbaiki kodenya"
        yield grid.find("galat", number, key, code, rule, remedy)


def _values(grid: Grid) -> Iterator[Finding]:
    """Value, status and source of each row, where they do not go together."""
    words = CLOSED["status"]
    for row in _rows(grid.frame[~grid.frame["baris"].isin(grid.refused)]):
        number, status = row["baris"], row["status"]
        value = row["nilai"] if pd.notna(row["nilai"]) else row["nilai_huruf"]
        has_value, has_status = pd.notna(value), pd.notna(status)
        if has_value and not has_status:
            yield grid.find("peringatan", number, "status", "", "status kosong padahal ada angka, dianggap Sementara",
                            "pilih status datanya")  # fmt: skip
        elif has_value and status in WAITING:
            yield grid.find("peringatan", number, "status", words[status],
                            f"status ini tidak sejalan dengan adanya nilai {value}",
                            "pilih Final atau Sementara, atau kosongkan nilainya")  # fmt: skip
        elif not has_value and has_status and status not in WAITING:
            yield grid.find("peringatan", number, "nilai", "", f"nilai kosong padahal berstatus {words[status]}",
                            "isi nilainya, atau pilih Menunggu rilis atau Tidak terukur tahun ini")  # fmt: skip
        elif not has_value and not has_status:
            yield grid.find("peringatan", number, "status", "", "nilai dan status kosong, baris ini tidak disimpan",
                            "isi nilai, atau pilih statusnya")  # fmt: skip
        if has_value and pd.isna(row["sumber"]):
            yield grid.find(
                "peringatan", number, "sumber", "", "sumber kosong padahal ada nilai", "tulis sumber datanya"
            )


def _promises(grid: Grid) -> Iterator[Finding]:
    """Rows of ``3_TARGET`` without a single target."""
    values = [period + suffix for period in PERIODS for suffix in SUFFIXES.values()]
    for number in grid.frame["baris"][grid.frame[values].isna().all(axis=1)]:
        yield grid.find("peringatan", number, "tahunan", "", "tidak ada satu pun target di baris ini, tidak disimpan",
                        "isi targetnya, atau kosongkan seluruh baris")  # fmt: skip


def _ranges(grid: Grid) -> Iterator[Finding]:
    """Ranges whose upper bound is below the lower one."""
    lower, upper = SUFFIXES["nilai"], SUFFIXES["nilai_atas"]
    for row in _rows(grid.frame):
        for period in PERIODS:
            low, high = row[period + lower], row[period + upper]
            if pd.notna(low) and pd.notna(high) and high < low:
                rule, remedy = f"batas atas kurang dari batas bawah {low:g}", "tukar atau perbaiki kedua batasnya"
                yield grid.find("galat", row["baris"], period + upper, high, rule, remedy)


def _fractions(grids: Grids) -> Iterator[Finding]:
    """Per cent typed with its sign: the spreadsheet keeps 75,5% as 0,755."""
    units = grids[INDICATORS.name].frame.drop_duplicates("kode_indikator").set_index("kode_indikator")["satuan"]
    targets = grids[TARGETS.name].frame.groupby("kode_indikator")["tahunan"].max()
    grid = grids[ACTUALS.name]
    for row in _rows(grid.frame):
        code, value = row["kode_indikator"], row["nilai"]
        is_percent = str(units.get(code)).casefold() in PERCENT
        if is_percent and pd.notna(value) and 0 < abs(value) <= 1 and (targets.get(code) or 0) >= 10:
            yield grid.find("peringatan", row["baris"], "nilai", value,
                            "nilai sangat kecil untuk satuan persen, mungkin ditulis dengan tanda %",
                            "tulis 75,5 dan bukan 75,5%")  # fmt: skip


def _wishes(grid: Grid) -> Iterator[Finding]:
    for row in _rows(grid.frame.dropna(subset="usulan_koreksi")):
        yield grid.find("catatan", row["baris"], "usulan_koreksi", row["usulan_koreksi"],
                        f"OPD mengusulkan koreksi indikator {row['kode_indikator']}, belum diterapkan",
                        "putuskan, lalu ubah di daftar indikator")  # fmt: skip


def _unread(grid: Grid) -> Iterator[Finding]:
    if len(grid.frame):
        yield grid.find("catatan", int(grid.frame["baris"].iloc[0]), "kode", "",
                        f"{len(grid.frame)} baris lembar ini belum dibaca ke dalam tabel anggaran",
                        "impor unduhan SIPD untuk angka anggaran")  # fmt: skip


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    return (dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy())
