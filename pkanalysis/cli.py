"""The command line: thin, and light until a command needs more."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pkanalysis.errors import PkError

if TYPE_CHECKING:
    from pkanalysis.intake.findings import Finding
    from pkanalysis.store import Taken, Workspace

app = typer.Typer(
    help="Laporan capaian kinerja dan efisiensi anggaran perangkat daerah.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


class Period(StrEnum):
    """Periods, as in :data:`pkanalysis.tables.PERIODS` (not imported: pandas comes with it)."""

    TW1 = "TW1"
    TW2 = "TW2"
    TW3 = "TW3"
    TW4 = "TW4"
    TAHUNAN = "tahunan"


class Engine(StrEnum):
    """How notebooks are run."""

    FORK = "fork"
    SPAWN = "spawn"
    KERNEL = "kernel"


Where = Annotated[str, typer.Option("--ruang-kerja", help="Folder ruang kerja; bila kosong dicari sendiri.")]
Year = Annotated[int, typer.Option("--tahun", help="Tahun.")]
When = Annotated[Period, typer.Option("--periode", help="Periode.", case_sensitive=False)]
Stage = Annotated[str, typer.Option("--tahap", help="Tahap anggaran berkas (murni, pergeseran, ...).")]
As = Annotated[str, typer.Option("--as", help="Tata letak berkas, bila tidak dikenali sendiri.")]
To = Annotated[list[str] | None, typer.Option("--to", help="Bentuk: html, pdf, docx, xlsx; kosong = semua.")]
How = Annotated[Engine, typer.Option("--engine", help="Cara menjalankan buku catatan; hasilnya sama.")]


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder yang akan dibuat.")],
    year: Year = 2025,
    period: When = Period.TW3,
) -> None:
    """Buat ruang kerja kosong: konfigurasi, folder, dan lembar kerja isian."""
    from importlib.resources import files

    from pkanalysis import store
    from pkanalysis.intake import form

    text = (files("pkanalysis.reference") / "ruang_kerja_baru.toml").read_text(encoding="utf-8")
    workspace = store.create(folder, text)
    path = workspace.path / "isian" / form.file_name(workspace.config, year, period.value, "KOSONG")
    path.parent.mkdir(exist_ok=True)
    form.write_blank(path, workspace.config, year, period.value)
    typer.echo(f"Ruang kerja: {workspace.path}\nLembar kerja isian: {path}")
    typer.echo("Isi nama daerah dan tahap anggaran di pkanalysis.toml, lalu impor berkas dengan `pkanalysis import`.")


@app.command()
def sample(folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Folder tujuan.")] = None) -> None:
    """Buat ruang kerja contoh (Kota Contoh) lengkap dengan berkas dan tabelnya."""
    from pkanalysis import derived, store
    from pkanalysis import sample as generator

    target = folder or generator.home()
    files = generator.write(target)
    workspace = store.open(target)
    taken = store.take_all(workspace, files)
    derived.update(workspace)
    if not all(item.is_stored for item in taken):
        _show(taken)
        raise typer.Exit(1)
    typer.echo(f"Ruang kerja contoh: {workspace.path} ({len(files)} berkas diimpor). DATA CONTOH, bukan data resmi.")


@app.command("form")
def form_command(year: Year = 2025, period: When = Period.TW3, where: Where = "") -> None:
    """Buat satu lembar kerja isian per OPD, sudah terisi dan terkunci, ke folder isian/."""
    from pkanalysis import store
    from pkanalysis.intake import form
    from pkanalysis.report.naming import slugs

    workspace = store.open(where)
    tables = {name: workspace[name] for name in workspace}
    opd = tables["opd"]
    target = workspace.path / "isian" / f"{year}_{period.value}"
    target.mkdir(parents=True, exist_ok=True)
    for code, slug in slugs(dict(zip(opd["kode_opd"], opd["singkatan"].fillna(""), strict=True))).items():
        path = target / form.file_name(workspace.config, year, period.value, slug)
        form.write(path, tables, code, year, period.value, workspace.config)
    typer.echo(f"{len(opd)} lembar kerja isian di {target}")


@app.command("import")
def import_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Berkas yang diimpor.")],
    stage: Stage = "",
    layout: As = "",
    where: Where = "",
) -> None:
    """Kenali, baca, periksa dan simpan berkas; tampilkan setiap temuan."""
    from pkanalysis import derived, store

    workspace = store.open(where)
    taken = store.take_all(workspace, files, stage, layout)
    _show(taken)
    if any(item.is_stored for item in taken):
        derived.update(workspace)
    if not all(item.is_stored for item in taken):
        raise typer.Exit(1)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE...]", help="Berkas; kosong = sumber/.")] = None,
    stage: Stage = "",
    layout: As = "",
    as_json: Annotated[bool, typer.Option("--json", help="Cetak temuan sebagai JSON.")] = False,
    where: Where = "",
) -> None:
    """Periksa berkas tanpa menyimpan; kode keluar 1 bila ada galat."""
    from pkanalysis import store
    from pkanalysis.intake.findings import as_frame

    workspace = store.open(where)
    paths = files or sorted(path for path in (workspace.path / "sumber").iterdir() if path.is_file())
    findings = [finding for path in paths for finding in _checked(workspace, path, stage, layout)]
    if as_json:
        typer.echo(as_frame(findings).to_json(orient="records", force_ascii=False, indent=2))
    else:
        _show_findings(findings)
        typer.echo(f"{len(paths)} berkas diperiksa, {len(findings)} temuan.")
    if any(finding.severity == "galat" for finding in findings):
        raise typer.Exit(1)


@app.command()
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
    """Buat laporan setiap OPD (atau yang disebut), daftar isi, dan manifes."""
    from rich.console import Console

    from pkanalysis import store
    from pkanalysis.report import batch, formats
    from pkanalysis.report.plan import Request
    from pkanalysis.report.progress import told

    request = Request(year, period.value, tuple(opd or ()), jobs, engine.value, formats.chosen(to or ()), force, retry)
    prepared = batch.prepare(store.open(where), request)
    with told(len(prepared.pages), Console()) as tell:
        done = batch.run(prepared, tell, warn=_warn)
    typer.echo(f"{len(prepared.pages)} laporan dibuat, {prepared.skipped} tidak berubah, {len(done.failed)} gagal.")
    typer.echo(f"Daftar isi: {done.index}")
    for entry in done.failed:
        _warn(f"GAGAL {entry.nama}: {entry.sebab_gagal}")
    if done.failed:
        raise typer.Exit(1)


@app.command()
def run(
    notebook: Annotated[str, typer.Argument(metavar="NOTEBOOK", help="Nama atau berkas buku catatan.")],
    parameters: Annotated[list[str] | None, typer.Option("-p", metavar="NAMA=NILAI", help="Parameter.")] = None,
    target: Annotated[Path | None, typer.Option("--ke", help="Berkas HTML tujuan.")] = None,
    to: To = None,
    engine: How = Engine.FORK,
    where: Where = "",
) -> None:
    """Jalankan satu buku catatan dengan parameter dan tampilkan hasilnya."""
    from pkanalysis import store
    from pkanalysis.report import formats, single
    from pkanalysis.report.parameters import merged

    given = merged(parameters or ())
    workspace = store.open(where or str(given.get("ruang_kerja", "")))
    job = single.job(workspace, notebook, given, target, engine.value, formats.chosen(to or ()))
    outcome = single.run(job)
    typer.echo(f"Halaman: {job.target}")
    if outcome.failure:
        raise PkError(
            f"{notebook} berhenti pada bagian {outcome.failure.heading or 'pembuka'}: {outcome.failure.cause}"
        )


@app.command()
def lab(where: Where = "") -> None:
    """Buka JupyterLab di ruang kerja, dengan salinan buku catatan (yang sudah ada tidak ditimpa)."""
    import subprocess

    from pkanalysis import store
    from pkanalysis.report import notebooks
    from pkanalysis.store.workspace import VARIABLE

    workspace = store.open(where)
    folder = workspace.path / "notebooks"
    for path in notebooks.copy_to(folder):
        typer.echo(f"Disalin: {path}")
    environment = os.environ | {VARIABLE: str(workspace.path)}
    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", str(folder)], env=environment))


@app.command()
def doctor() -> None:
    """Tampilkan versi, huruf, mesin pembuat laporan, dan apa yang kurang."""
    from pkanalysis.report.doctor import diagnosis

    found = diagnosis()
    for item in found:
        typer.echo(f"{'baik  ' if item.is_well else 'KURANG'}  {item.name}: {item.state}")
        if item.remedy:
            typer.echo(f"        {item.remedy}")
    if not all(item.is_well for item in found):
        raise typer.Exit(1)


def main() -> None:
    """Run; a refusal is one sentence on stderr and exit code 1."""
    try:
        app()
    except PkError as error:
        _warn(str(error))
        sys.exit(1)


def _checked(workspace: Workspace, path: Path, stage: str, layout: str) -> list[Finding]:
    from pkanalysis import intake
    from pkanalysis.intake.findings import Finding

    try:
        return intake.read(path, workspace.config, stage, layout).findings
    except PkError as error:
        return [
            Finding("galat", path.name, "", "", "", "", str(error).rstrip("."), "perbaiki atau keluarkan berkas ini")
        ]


def _show(taken: list[Taken]) -> None:
    for item in taken:
        if item.reading is None:
            _warn(f"DITOLAK {item.refusal}")
            continue
        rows = ", ".join(f"{name} {len(frame)} baris" for name, frame in item.reading.tables.items())
        state = "disimpan" if item.is_stored else "TIDAK disimpan, ada galat"
        typer.echo(f"{item.path.name}: {item.reading.layout} ({item.reading.reason}); {rows}; {state}.")
        _show_findings(item.reading.findings)


def _show_findings(findings: list[Finding]) -> None:
    for finding in findings:
        typer.echo(f"  {finding.severity.upper()} {finding.sentence}")


def _warn(sentence: str) -> None:
    typer.echo(sentence, err=True)


if __name__ == "__main__":
    main()
