"""Commands that fill a workspace: new, sample, form, import, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pkanalysis.cli import damaged
from pkanalysis.cli.options import As, Copy, Period, Stage, When, Where, Year
from pkanalysis.cli.patterns import expanded
from pkanalysis.cli.telling import show_findings, show_taken, warn
from pkanalysis.errors import PkError


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
    is_damaged: Annotated[
        bool, typer.Option("--cacat", help="Ruang kerja kedua, penuh cacat yang ditanam, untuk mencoba pemeriksaan.")
    ] = False,
) -> None:
    """Buat ruang kerja contoh (Kota Contoh) lengkap dengan berkas dan tabelnya."""
    if is_damaged:
        damaged.make(folder)
        return
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
    from pkanalysis.report.naming import slugs

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
