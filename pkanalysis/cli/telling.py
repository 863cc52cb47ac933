"""What the commands print about files and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

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
