"""Memory and time of the page on budget cut and achievement with many units.

    python bench/relation.py                  20,000 units
    python bench/relation.py --units 2000

The workspace is the sample (fictional) copied until there are that many OPD, each copy with numbers of its own, six
lines of budget a stage and one indicator per OPD. Ends with code 1 if the page is not made, or takes 2 GiB.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from pkanalysis import store
from pkanalysis.store import parquet

YEAR, SEED, LIMIT = 2025, 20250122, 2 * 1024**3
LINES = 6
CLI = (sys.executable, "-m", "pkanalysis.cli")
INDICATORS = ("indikator", "target", "realisasi", "kaskade")


def copied(table: pd.DataFrame, codes: tuple[str, ...], times: int) -> pd.DataFrame:
    """``table`` so many times, with other ``codes`` in each copy."""
    own = [name for name in codes if name in table]
    parts = (table.assign(**{name: table[name].astype(str) + f"-{n}" for name in own}) for n in range(1, times))
    return pd.concat([table, *parts], ignore_index=True)


def enlarge(folder: Path, times: int) -> int:
    """Write the workspace in ``folder`` anew with ``times`` as many OPD; gives their number."""
    ws, source = store.open(folder), np.random.default_rng(SEED)
    values = ws["realisasi"].dropna(subset="nilai").groupby("kode_indikator").size()
    known = ws["indikator"].assign(n=ws["indikator"]["kode_indikator"].map(values).fillna(0))
    one = known.sort_values("n", ascending=False, kind="stable").drop_duplicates("kode_opd")["kode_indikator"]
    both = ("kode_opd", "kode_indikator")
    large = {name: copied(ws[name][ws[name]["kode_indikator"].isin(one)], both, times) for name in INDICATORS}
    large |= {name: copied(ws[name], ("kode_opd",), times) for name in ("opd", "perjanjian")}
    large["anggaran"] = copied(few_lines(ws["anggaran"]), ("kode_opd",), times)
    spent = ws["realisasi_anggaran"].query("tahun >= @YEAR - 1")
    monthly = spent.groupby(["kode_opd", "tahun", "bulan"], as_index=False).first()[spent.columns]
    large["realisasi_anggaran"] = copied(monthly, ("kode_opd",), times)
    changed = {"anggaran": ("pagu_rp", source.uniform(0.5, 1.5, len(large["anggaran"])))}
    changed["realisasi"] = ("nilai", source.normal(1, 0.05, len(large["realisasi"])))
    for name, (column, factor) in changed.items():
        kind, moved = large[name][column].dtype, large[name][column].astype("float64") * factor
        large[name][column] = (moved.round() if kind.kind == "i" else moved).astype(kind)
    parquet.write_all(folder / "tabel", large)
    return len(large["opd"])


def few_lines(lines: pd.DataFrame) -> pd.DataFrame:
    """A few lines of every OPD and stage of the year of the cut, those of travel first."""
    own = lines.query("tahun == @YEAR").groupby(["kode_opd", "tahap", "kode_rekening"], as_index=False).first()
    other = ~own["kode_rekening"].astype(str).str.startswith("5.1.02.04")
    order = own.assign(other=other).sort_values(["kode_opd", "tahap", "other", "kode_rekening"])
    return order.groupby(["kode_opd", "tahap"]).head(LINES)[lines.columns]


def main() -> int:
    """Make the workspace and its page, print memory and time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=20_000)
    units = parser.parse_args().units
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "contoh"
        subprocess.run([*CLI, "sample", str(workspace)], check=True)
        made = enlarge(workspace, -(-units // len(store.open(workspace)["opd"])))
        start = time.perf_counter()
        words = ("run", "kaitan_anggaran_kinerja", "-p", f"tahun={YEAR}", "--ruang-kerja", str(workspace))
        done = subprocess.run([*CLI, *words], check=False)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"{made} OPD: {peak / 1024**3:.2f} GiB pada proses terbesar, {seconds:.0f} detik")
    return int(done.returncode != 0 or peak >= LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
