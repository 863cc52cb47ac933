"""Commands that make reports: report, run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from pkanalysis.cli.options import Engine, How, Period, To, When, Where, Year
from pkanalysis.cli.telling import warn
from pkanalysis.cli.workspaces import sample
from pkanalysis.errors import PkError


def report(
    opd: Annotated[list[str] | None, typer.Argument(metavar="[OPD...]", help="Kode, singkatan atau nama.")] = None,
    year: Year = 2025,
    period: When = Period.TW3,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Banyaknya proses bersamaan.")] = os.cpu_count() or 1,
    retry: Annotated[bool, typer.Option("--retry", help="Hanya yang gagal sebelumnya.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Buat ulang walau tidak ada yang berubah.")] = False,
    to: To = None,
    engine: How = Engine.FORK,
    where: Where = "",
) -> None:
    """Buat laporan setiap OPD (atau yang disebut), daftar isi, dan manifes; tanpa ruang kerja dipakai contoh."""
    from rich.console import Console

    from pkanalysis import store
    from pkanalysis.config import FILE, PLACEHOLDER
    from pkanalysis.report import batch, formats
    from pkanalysis.report.plan import Request
    from pkanalysis.report.progress import told

    if store.find(where) is None:
        warn("Belum ada ruang kerja; membuat ruang kerja contoh (sekitar satu menit).")
        sample()
    workspace = store.open(where)
    typer.echo(f"Ruang kerja: {workspace.path}{' (DATA CONTOH)' if workspace.is_sample else ''}")
    if workspace.config.daerah in ("", PLACEHOLDER):
        warn(f"Nama daerah belum diisi; isi [ruang_kerja] daerah di {workspace.path / FILE}.")
    request = Request(year, period.value, tuple(opd or ()), jobs, engine.value, formats.chosen(to or ()), force, retry)
    prepared = batch.prepare(workspace, request)
    with told(len(prepared.pages), Console()) as tell:
        done = batch.run(prepared, tell, warn=warn)
    typer.echo(f"{len(prepared.pages)} laporan dibuat, {prepared.skipped} tidak berubah, {len(done.failed)} gagal.")
    typer.echo(f"Daftar isi: {done.index}")
    for entry in done.failed:
        warn(f"GAGAL {entry.nama}: {entry.sebab_gagal}")
    if done.failed:
        raise typer.Exit(1)


def run(
    notebook: Annotated[str, typer.Argument(metavar="NOTEBOOK", help="Nama atau berkas buku catatan.")],
    parameters: Annotated[list[str] | None, typer.Option("-p", metavar="NAMA=NILAI", help="Parameter.")] = None,
    target: Annotated[Path | None, typer.Option("--ke", help="Berkas HTML tujuan.")] = None,
    to: To = None,
    engine: How = Engine.FORK,
    where: Where = "",
) -> None:
    """Jalankan satu buku catatan dengan parameter dan tampilkan hasilnya."""
    from pkanalysis import derived, store
    from pkanalysis.report import formats, single
    from pkanalysis.report.parameters import merged

    given = merged(parameters or ())
    workspace = store.open(where or str(given.get("ruang_kerja", "")))
    job = single.job(workspace, notebook, given, target, engine.value, formats.chosen(to or ()))
    derived.fresh(workspace)
    outcome = single.run(job)
    typer.echo(f"Halaman: {job.target}")
    if outcome.failure:
        raise PkError(
            f"{notebook} berhenti pada bagian {outcome.failure.heading or 'pembuka'}: {outcome.failure.cause}"
        )
