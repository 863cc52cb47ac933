"""Commands beside the main way: lab, doctor."""

from __future__ import annotations

import os
import sys

import typer

from pkanalysis.cli.options import Where


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
