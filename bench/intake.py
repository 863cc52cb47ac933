"""How long big files take, and how much memory: ours against pandas.read_excel with openpyxl, in one run.

A recap of 200,000 rows as .xlsx is opened by pandas, opened by us, and read, checked and stored by us, in turns, each
in a process of its own; then one of 1,000,000 rows as .csv is read, checked and stored. The rows are those of the
sample, repeated, with a paket and an amount of their own. Ends with code 1 beyond the limits.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import xlsxwriter

from pkanalysis import sample, store
from pkanalysis.config import FILE
from pkanalysis.intake.book import open_book
from pkanalysis.report.manifest import versions
from pkanalysis.sample.files import recap

READING, STORING, PEAK = 5, 3, 1.5 * 2**30


def grown(rows: int) -> pd.DataFrame:
    """The sample's recap repeated to so many rows."""
    base = recap(2025, "murni")
    frame = pd.concat([base] * -(-rows // len(base)), ignore_index=True).head(rows)
    frame["NO"] = range(1, rows + 1)
    frame["NAMA PAKET/KELOMPOK"] = "Paket contoh " + frame["NO"].astype("str")
    frame["PAGU"] = np.random.default_rng(1).integers(1, 10**6, rows) * 1000
    return frame


def write_workbook(path: Path, frame: pd.DataFrame) -> None:
    """Row by row, in constant memory."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Rekap CONTOH")
        sheet.write_row(0, 0, frame.columns)
        for number, cells in enumerate(frame.itertuples(index=False), 1):
            sheet.write_row(number, 0, cells)


def plain(path: Path) -> None:
    """What a user would type."""
    pd.read_excel(path, engine="openpyxl")


def opened(path: Path) -> None:
    """The same by us."""
    open_book(path)


def stored(path: Path) -> None:
    """All of it: recognised, read, checked and stored in a new workspace."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = store.create(Path(folder) / "contoh", (sample.home() / FILE).read_text(encoding="utf-8"))
        (taken,) = store.take_all(workspace, [path])
        if not taken.is_stored:
            sys.exit(f"not stored: {taken.refusal or (taken.reading and taken.reading.findings[:3])}")


def measured(way: Callable[[Path], None], path: Path) -> tuple[float, int]:
    """Seconds and peak bytes of one way, in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_timed, (way, path))


def _timed(way: Callable[[Path], None], path: Path) -> tuple[float, int]:
    start = time.perf_counter()
    way(path)
    return time.perf_counter() - start, 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def show(name: str, runs: list[tuple[float, int]]) -> float:
    """Print and give back the median of the seconds."""
    seconds, peak = statistics.median(run[0] for run in runs), max(run[1] for run in runs)
    print(f"{name:44s} {seconds:7.1f} s   peak {peak / 2**30:5.2f} GiB")
    return seconds


def main() -> None:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--xlsx", type=int, default=200_000, help="rows of the workbook")
    parser.add_argument("--csv", type=int, default=1_000_000, help="rows of the CSV")
    parser.add_argument("--rounds", type=int, default=2, help="how often each way is measured, in turns")
    given = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} CPU; openpyxl {openpyxl.__version__}")
    print(", ".join(f"{name} {number}" for name, number in versions().items()))
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "rekap5_2025_murni_CONTOH.xlsx"
        write_workbook(book, grown(given.xlsx))
        rounds = [[measured(way, book) for way in (plain, opened, stored)] for _ in range(given.rounds)]
        lines = Path(folder) / "rekap5_2025_pergeseran_CONTOH.csv"
        grown(given.csv).to_csv(lines, index=False)
        listed = measured(stored, lines)
    slow, read, kept = list(zip(*rounds, strict=True))
    seconds = show(f"pandas + openpyxl, {given.xlsx} rows .xlsx", list(slow))
    reading = seconds / show("opened", list(read))
    storing = seconds / show("read, checked and stored", list(kept))
    show(f"read, checked and stored, {given.csv} rows .csv", [listed])
    peak = max(run[1] for run in (*read, *kept, listed))
    print(f"opening {reading:.1f} times faster (limit {READING}), all of it {storing:.1f} times (limit {STORING})")
    print(f"peak {peak / 2**30:.2f} GiB (limit {PEAK / 2**30:.2f})")
    sys.exit(reading < READING or storing < STORING or peak >= PEAK)


if __name__ == "__main__":
    main()
