"""How long reports take: our way against a plain loop of papermill and nbconvert, in one run.

Both make the same reports from the sample workspace, in turns, with bytecode compiled first. Ends
with code 1 if ours takes more than a third of the plain loop.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pkanalysis
from pkanalysis import sample, store
from pkanalysis.report import notebooks
from pkanalysis.report.manifest import versions

LIMIT = 1 / 3
PYTHON = (sys.executable, "-m")


def plain(codes: list[str], workspace: Path) -> None:
    """What a user would type for each OPD."""
    with tempfile.TemporaryDirectory() as folder:
        for place, code in enumerate(codes):
            out = str(Path(folder) / f"{place}.ipynb")
            given = ("-p", "ruang_kerja", str(workspace), "-r", "opd", code)
            call("papermill", str(notebooks.find("laporan_opd")), out, *given, "--no-progress-bar")
            call("nbconvert", "--to", "html", out)


def ours(codes: list[str], workspace: Path) -> None:
    """The same reports by one command."""
    call("pkanalysis.cli", "report", *codes, "--force", "--to", "html", "--ruang-kerja", str(workspace))


def call(*words: str) -> None:
    """Run one module as a command; its output is shown only if it fails."""
    done = subprocess.run([*PYTHON, *words], capture_output=True, text=True, env=environment(), check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}\n{done.stdout}\n{done.stderr}")


def environment() -> dict[str, str]:
    """The caller's, but bytecode may be written."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(way: Callable[[list[str], Path], None], codes: list[str], workspace: Path) -> float:
    """Wall clock of one way."""
    start = time.perf_counter()
    way(codes, workspace)
    return time.perf_counter() - start


def main() -> None:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opd", type=int, default=6, help="number of OPD")
    parser.add_argument("--rounds", type=int, default=2, help="how often each way is measured, in turns")
    given = parser.parse_args()
    compileall.compile_dir(Path(pkanalysis.__file__).parent, quiet=1)
    workspace = store.open(sample.home())
    codes = workspace["opd"]["kode_opd"].tolist()[: given.opd]
    rounds = [[seconds(way, codes, workspace.path) for way in (plain, ours)] for _ in range(given.rounds)]
    slow, fast = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"{platform.platform()}, {os.cpu_count()} CPU")
    print(", ".join(f"{name} {number}" for name, number in versions().items()))
    print(f"{len(codes)} reports, median of {given.rounds} rounds in turns")
    print(f"papermill + nbconvert  {slow:7.1f} s  {slow / len(codes):5.2f} s each")
    print(f"pkanalysis report      {fast:7.1f} s  {fast / len(codes):5.2f} s each")
    print(f"ours / plain = {fast / slow:.3f} (limit {LIMIT:.3f})")
    sys.exit(fast > slow * LIMIT)


if __name__ == "__main__":
    main()
