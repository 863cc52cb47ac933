"""Telling how far a batch is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pkanalysis.report.batch import Tell
from pkanalysis.report.manifest import Entry


@contextlib.contextmanager
def told(total: int, console: Console) -> Iterator[Tell]:
    """Give a function to be called with each finished entry."""
    with _bar(total, console) if console.is_terminal else _lines(total, console) as tell:
        yield tell


@contextlib.contextmanager
def _bar(total: int, console: Console) -> Iterator[Tell]:
    columns = (
        TextColumn("Laporan"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[last]}"),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=total, last="")

        def tell(entry: Entry) -> None:
            if entry.is_failed:
                console.print(f"GAGAL {entry.nama}: {entry.sebab_gagal}", markup=False, highlight=False)
            progress.update(bar, advance=1, last=entry.nama)

        yield tell


@contextlib.contextmanager
def _lines(total: int, console: Console) -> Iterator[Tell]:
    done = 0

    def tell(entry: Entry) -> None:
        nonlocal done
        done += 1
        words = f"GAGAL: {entry.sebab_gagal}" if entry.is_failed else f"{entry.berkas} ({entry.detik:.1f} detik)"
        console.print(f"[{done}/{total}] {entry.nama}: {words}", markup=False, highlight=False, soft_wrap=True)

    yield tell
