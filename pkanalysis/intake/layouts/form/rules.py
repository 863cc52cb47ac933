"""What is checked beyond single cells: known indicators, status beside value, notes to Bappeda.

Indicators of the year whose row was taken out of the sheet in which their value is filled in.

What can be read but is hardly right: a direction against the name, a target of nought, twins with two values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.form.grid import Grid
from pkanalysis.intake.layouts.form.labels import CLOSED
from pkanalysis.intake.layouts.form.layout import ACTUALS, HISTORY, INDICATORS, PROGRAMMES, TARGETS
from pkanalysis.intake.layouts.form.prefill import SUFFIXES
from pkanalysis.intake.values import likely
from pkanalysis.tables import PERIODS, WAITING


def doubts_findings(grids: Mapping[str, Grid]) -> list[Finding]:
    """Warnings about directions, annual targets and repeated indicators.

    Parameters
    ----------
    grids : mapping of str to Grid
        Sheets by name.
    """
    indicators = grids[INDICATORS.name]
    return [*_directions(indicators), *_noughts(grids[TARGETS.name]), *_twins(indicators, grids[ACTUALS.name])]


def _directions(grid: Grid) -> Iterator[Finding]:
    told = grid.frame[grid.frame["polaritas"].isin(["naik_baik", "turun_baik"])].dropna(subset="nama_indikator")
    for number, name, polarity in told[["baris", "nama_indikator", "polaritas"]].to_numpy():
        if likely(name) not in ("", polarity):
            yield grid.find("peringatan", number, "polaritas", CLOSED["polaritas"][polarity],
                            f"arah tampak terbalik untuk {name}", "periksa arahnya; bila benar, biarkan")  # fmt: skip


def _noughts(grid: Grid) -> Iterator[Finding]:
    """Targets of nought for the year; a quarter may well have one."""
    for number in grid.frame["baris"][grid.frame["tahunan"].eq(0)]:
        yield grid.find("peringatan", number, "tahunan", 0, "target 0, sehingga capaian tidak terdefinisi",
                        "periksa targetnya; bila memang tidak ada target, kosongkan")  # fmt: skip


def _twins(indicators: Grid, actuals: Grid) -> Iterator[Finding]:
    """Indicators of one name that have another value in this period than the first of them."""
    known = indicators.frame.dropna(subset=["kode_indikator", "nama_indikator"]).drop_duplicates("kode_indikator")
    names = known.set_index("kode_indikator")["nama_indikator"].str.casefold().str.split().str.join(" ")
    rows = actuals.frame.assign(nama=actuals.frame["kode_indikator"].map(names)).dropna(subset=["nama", "nilai"])
    first = rows.groupby("nama")[["kode_indikator", "nilai"]].transform("first")
    is_other = rows["kode_indikator"].ne(first["kode_indikator"]) & rows["nilai"].ne(first["nilai"])
    for row, other in zip(rows[is_other].to_dict("records"), first[is_other].to_dict("records"), strict=True):
        rule = f"nama indikatornya sama dengan {other['kode_indikator']}, yang nilainya {_number(other['nilai'])}"
        yield actuals.find("peringatan", row["baris"], "nilai", _number(row["nilai"]), rule,
                           "samakan nilainya, atau bedakan nama indikatornya")  # fmt: skip


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.12g}".replace(".", ",")


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
        *doubts_findings(grids),
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


def absent_findings(grids: Mapping[str, Grid], year: int) -> Iterator[Finding]:
    """A warning at every indicator in force that the sheet of actuals does not list.

    Parameters
    ----------
    grids : mapping of str to Grid
        Sheets by name.
    year : int
        Year of the workbook.
    """
    known, actuals = grids[INDICATORS.name], grids[ACTUALS.name]
    frame = known.frame.dropna(subset="kode_indikator")
    is_in_force = frame["berlaku_dari"].fillna(year).le(year) & frame["berlaku_sampai"].fillna(year).ge(year)
    for row in frame[is_in_force & ~frame["kode_indikator"].isin(actuals.keys)].to_dict("records"):
        rule = f"indikator ini tidak ada di lembar {ACTUALS.name}, sehingga realisasinya tidak dilaporkan"
        remedy = "tambahkan barisnya di sana, atau minta berkas isian yang asli"
        yield known.find("peringatan", row["baris"], "kode_indikator", row["kode_indikator"], rule, remedy)
