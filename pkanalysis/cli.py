"""The command line: thin, and light until a command needs more, so everything beyond typer is imported in commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pkanalysis.errors import PkError

if TYPE_CHECKING:
    from pkanalysis.intake.findings import Finding
    from pkanalysis.store import Taken


def show_taken(taken: list[Taken], options: str = "") -> None:
    """Say of every file what was read, whether it was stored, and every finding.

    ``options`` are those of the command, which go on to the one that marks the cells.
    """
    for item in taken:
        if item.reading is None:
            warn(f"DITOLAK {item.refusal}")
            continue
        rows = [f"{name} {len(frame)} baris" for name, frame in item.reading.tables.items()]
        state = "disimpan" if item.is_stored else "TIDAK disimpan, ada galat"
        told = "; ".join(filter(None, [", ".join(rows), state]))
        typer.echo(f"{item.path.name}: {item.reading.layout} ({item.reading.reason}); {told}.")
        show_findings(item.reading.findings)
        if not item.is_stored:
            again = f'pkanalysis check "{item.path}"{options} --salinan periksa.xlsx'
            warn(f"Untuk melihat selnya berwarna di Excel: `{again}`.")


def show_findings(findings: list[Finding]) -> None:
    """Print findings, one line each."""
    for finding in findings:
        typer.echo(f"  {finding.severity.upper()} {finding.sentence}")


def warn(sentence: str) -> None:
    """Print a sentence on stderr."""
    typer.echo(sentence, err=True)


class Period(StrEnum):
    """Periods, as in :data:`pkanalysis.vocabulary.PERIODS`."""

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
Copy = Annotated[
    Path | None,
    typer.Option("--salinan", help="Tulis salinan berkas yang sel bertemuannya berwarna: nama .xlsx, atau folder."),
]
To = Annotated[
    list[str] | None, typer.Option("--to", help="html, pdf, docx, xlsx (yang sudah ada ikut); kosong = semua.")
]
How = Annotated[Engine, typer.Option("--engine", help="Cara menjalankan buku catatan; hasilnya sama.")]


LOCK = "~$"
"""Files that Excel keeps beside an open workbook start with it."""


def expanded(paths: Iterable[Path]) -> list[Path]:
    """The paths, a pattern replaced by the files that fit it, in the order of their names.

    The command line of Windows hands ``*`` and ``?`` over as they are.

    Raises
    ------
    PkError
        No file fits a pattern.

    Examples
    --------
    >>> expanded([Path("rekap5.csv")]) == [Path("rekap5.csv")]
    True
    """
    files: list[Path] = []
    for path in paths:
        if path.exists() or not set("*?[") & set(str(path)):
            files.append(path)
            continue
        place = Path(path.anchor)
        found = sorted(place.glob(str(path.relative_to(place))))
        fitting = [file for file in found if file.is_file() and not file.name.startswith(LOCK)]
        if not fitting:
            raise PkError(f"{path} tidak cocok dengan berkas apa pun; periksa nama foldernya dan tanda * di dalamnya.")
        files += fitting
    return files


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder yang akan dibuat.")],
    year: Year = 2025,
    period: When = Period.TW3,
) -> None:
    """Buat ruang kerja kosong: konfigurasi, folder, dan lembar kerja isian."""
    from importlib.resources import files

    from pkanalysis import store
    from pkanalysis.intake.layouts import form

    text = (files("pkanalysis.reference") / "ruang_kerja_baru.toml").read_text(encoding="utf-8")
    workspace = store.create(folder, text)
    path = workspace.path / "isian" / form.file_name(workspace.config, year, period.value, "KOSONG")
    path.parent.mkdir(exist_ok=True)
    form.write_blank(path, workspace.config, year, period.value)
    typer.echo(f"Ruang kerja: {workspace.path}\nLembar kerja isian: {path}")
    typer.echo("Isi nama daerah dan tahap anggaran di pkanalysis.toml, lalu impor berkas dengan `pkanalysis import`.")


def sample(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Folder tujuan.")] = None,
) -> None:
    """Buat ruang kerja contoh (Kota Contoh) lengkap dengan berkas dan tabelnya."""
    from pkanalysis import derived, store
    from pkanalysis import sample as generator

    target = folder or generator.home()
    files = generator.write(target)
    workspace = store.open(target)
    taken = store.take_all(workspace, files)
    derived.update(workspace)
    if not all(item.is_stored for item in taken):
        show_taken(taken)
        raise typer.Exit(1)
    typer.echo(f"Ruang kerja contoh: {workspace.path} ({len(files)} berkas diimpor). DATA CONTOH, bukan data resmi.")


def form(year: Year = 2025, period: When = Period.TW3, where: Where = "") -> None:
    """Buat satu lembar kerja isian per OPD, sudah terisi dan terkunci, ke folder isian/."""
    from pkanalysis import store
    from pkanalysis.intake.layouts import form
    from pkanalysis.report.formats import slugs

    workspace = store.open(where)
    opd = workspace["opd"]
    target = workspace.path / "isian" / f"{year}_{period.value}"
    target.mkdir(parents=True, exist_ok=True)
    for code, slug in slugs(dict(zip(opd["kode_opd"], opd["singkatan"].fillna(""), strict=True))).items():
        path = target / form.file_name(workspace.config, year, period.value, slug)
        form.write(path, workspace.opd(code), code, year, period.value, workspace.config)
    typer.echo(f"{len(opd)} lembar kerja isian di {target}")


def take(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Berkas yang diimpor; boleh dengan *, misalnya isian/*.xlsx."),
    ],
    stage: Stage = "",
    layout: As = "",
    where: Where = "",
) -> None:
    """Kenali, baca, periksa dan simpan berkas; tampilkan setiap temuan."""
    from pkanalysis import derived, store

    workspace = store.open(where)
    taken = store.take_all(workspace, expanded(files), stage, layout)
    given = {"--tahap": stage, "--as": layout, "--ruang-kerja": where}
    show_taken(taken, "".join(f' {name} "{value}"' for name, value in given.items() if value))
    if any(item.is_stored for item in taken):
        derived.update(workspace)
    if not all(item.is_stored for item in taken):
        raise typer.Exit(1)


def check(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE...]", help="Berkas; kosong = sumber/.")] = None,
    stage: Stage = "",
    layout: As = "",
    as_json: Annotated[bool, typer.Option("--json", help="Cetak temuan sebagai JSON.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Tulis juga temuan ke berkas XLSX ini.")] = None,
    copy: Copy = None,
    where: Where = "",
) -> None:
    """Periksa berkas tanpa menyimpan; kode keluar 1 bila ada galat."""
    from pkanalysis import store
    from pkanalysis.intake import findings as listing
    from pkanalysis.intake import marked
    from pkanalysis.intake.findings import as_frame

    workspace = store.open(where)
    paths = expanded(files or []) or sorted(path for path in (workspace.path / "sumber").glob("*") if path.is_file())
    if not paths:
        warn(f"{workspace.path / 'sumber'} belum berisi berkas; impor dengan `pkanalysis import` atau sebut berkasnya.")
    if xlsx and xlsx.resolve() in [path.resolve() for path in paths]:
        raise PkError(f"{xlsx} adalah berkas yang diperiksa dan tidak ditimpa; pilih nama lain.")
    copies = marked.targets(copy, paths) if copy else {}
    found = {path: store.checked(workspace, path, stage, layout) for path in paths}
    findings = [finding for own in found.values() for finding in own]
    if as_json:
        typer.echo(as_frame(findings).to_json(orient="records", force_ascii=False, indent=2))
    else:
        show_findings(findings)
        typer.echo(f"{len(paths)} berkas diperiksa, {len(findings)} temuan.")
    if xlsx:
        listing.write(xlsx, findings)
    for path, target in copies.items():
        warn(marked.write(target, path, found[path]))
    if any(finding.severity == "galat" for finding in findings):
        raise typer.Exit(1)


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
    from pkanalysis.report.batch import progress
    from pkanalysis.report.plan import Request

    if store.find(where) is None:
        warn("Belum ada ruang kerja; membuat ruang kerja contoh (sekitar satu menit).")
        sample()
    workspace = store.open(where)
    typer.echo(f"Ruang kerja: {workspace.path}{' (DATA CONTOH)' if workspace.is_sample else ''}")
    if workspace.config.daerah in ("", PLACEHOLDER):
        warn(f"Nama daerah belum diisi; isi [ruang_kerja] daerah di {workspace.path / FILE}.")
    request = Request(year, period.value, tuple(opd or ()), jobs, engine.value, formats.chosen(to or ()), force, retry)
    prepared = batch.prepare(workspace, request)
    with progress(len(prepared.pages), Console()) as tell:
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
    from pkanalysis.report import formats, plan
    from pkanalysis.report.notebooks import merged
    from pkanalysis.report.rendering import render

    given = merged(parameters or ())
    workspace = store.open(where or str(given.get("ruang_kerja", "")))
    job = plan.single(workspace, notebook, given, target, engine.value, formats.chosen(to or ()))
    derived.fresh(workspace)
    outcome = render(job)
    typer.echo(f"Halaman: {job.target}")
    if outcome.failure:
        raise PkError(
            f"{notebook} berhenti pada bagian {outcome.failure.heading or 'pembuka'}: {outcome.failure.cause}"
        )


def lab(where: Where = "") -> None:
    """Buka JupyterLab di ruang kerja, dengan salinan buku catatan (yang sudah ada tidak ditimpa)."""
    import shutil
    import subprocess

    from pkanalysis import store
    from pkanalysis.report import notebooks
    from pkanalysis.store.workspace import VARIABLE

    workspace = store.open(where)
    folder = workspace.path / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    for shipped in sorted(notebooks.folder().glob("*.ipynb")):
        target = folder / shipped.name
        if not target.exists():
            typer.echo(f"Disalin: {shutil.copyfile(shipped, target)}")
    environment = os.environ | {VARIABLE: str(workspace.path)}
    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", str(folder)], env=environment))


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


app = typer.Typer(
    help="Laporan capaian kinerja dan efisiensi anggaran perangkat daerah.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(new)
app.command()(sample)
app.command()(form)
app.command("import")(take)
app.command()(check)
app.command()(report)
app.command()(run)
app.command()(lab)
app.command()(doctor)


def main() -> None:
    """Run; a refusal, or a disk that refuses, is one sentence on stderr and exit code 1."""
    try:
        app()
    except PkError as error:
        warn(str(error))
        sys.exit(1)
    except OSError as error:
        where = error.filename or "berkas"
        warn(f"{where} tidak dapat dibaca atau ditulis ({error.strerror}); periksa izin dan ruang diska.")
        sys.exit(1)


if __name__ == "__main__":
    main()
