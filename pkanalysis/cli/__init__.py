"""The command line: thin, and light until a command needs more."""

from __future__ import annotations

import sys

import typer

from pkanalysis.cli import reports, tools, workspaces
from pkanalysis.cli.telling import warn
from pkanalysis.errors import PkError

app = typer.Typer(
    help="Laporan capaian kinerja dan efisiensi anggaran perangkat daerah.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(workspaces.new)
app.command()(workspaces.sample)
app.command()(workspaces.form)
app.command("import")(workspaces.take)
app.command()(workspaces.check)
app.command()(reports.report)
app.command()(reports.run)
app.command()(tools.lab)
app.command()(tools.doctor)


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
