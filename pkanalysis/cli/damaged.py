"""The sample full of defects: written, imported, and held against what was planted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pkanalysis.cli.telling import warn

if TYPE_CHECKING:
    from pkanalysis.sample.defects import Verdict
    from pkanalysis.store import Taken


def make(folder: Path | None) -> None:
    """Write the damaged sample to ``folder``, import it and say what was found; exit code 1 if a defect was not."""
    from pkanalysis import store
    from pkanalysis.sample import defects

    target = folder or defects.home()
    sent = defects.write(target)
    taken = store.take_all(store.open(target), sent.paths)
    verdict = defects.judge(sent.planted, [finding for item in taken for finding in item.findings])
    _tell(target, taken, verdict, defects.write_list(target, verdict))
    if verdict.found < len(verdict.planted) or verdict.strays:
        raise typer.Exit(1)


def _tell(target: Path, taken: list[Taken], verdict: Verdict, listed: Path) -> None:
    stored = sum(item.is_stored for item in taken)
    typer.echo(f"Ruang kerja contoh bercacat: {target}. DATA CONTOH, bukan data resmi.")
    typer.echo(f"{len(taken)} berkas: {stored} disimpan, {len(taken) - stored} ditolak karena galat.")
    count, strays = len(verdict.planted), len(verdict.strays)
    typer.echo(f"{verdict.found} dari {count} cacat ditemukan; {strays} temuan di sel yang bersih.")
    typer.echo(f"Daftarnya: {listed}")
    for defect, finding in verdict.planted.items():
        if finding is None:
            warn(f"TIDAK DITEMUKAN {defect.file}, {defect.sheet} {defect.places[0]}: {defect.what}.")
    for finding in verdict.strays:
        warn(f"DI SEL BERSIH {finding.sentence}")
