"""Checking files without storing them."""

from __future__ import annotations

from pathlib import Path

from pkanalysis import intake
from pkanalysis.errors import PkError
from pkanalysis.intake.findings import Finding, refused
from pkanalysis.store.importing import Imported, file_row, imported
from pkanalysis.store.shelf import Shelf
from pkanalysis.store.workspace import Workspace


def checked(workspace: Workspace, path: Path, stage: str = "", layout: str = "") -> list[Finding]:
    """Findings of one file; one that is not understood has a single error, which says why.

    One that is not stored yet is also held against the rows of other files, as when it is imported.

    Parameters
    ----------
    workspace : Workspace
        Its configuration is used; its tables stay as they are.
    path : pathlib.Path
    stage, layout : str
        Budget stage and layout that the user named; of a stored file what is not named is taken from its import.
    """
    known = _known(workspace, path)
    try:
        reading = intake.read(path, workspace.config, stage or known.stage, layout or known.layout)
        across = [] if reading.has_errors or known.layout else Shelf(workspace).put(reading, file_row(reading, path))
        return [*reading.findings, *across]
    except PkError as error:
        return [refused(path.name, str(error))]


def _known(workspace: Workspace, path: Path) -> Imported:
    """What is remembered of the file; nothing of one that may not be read, which opening it will say."""
    try:
        return imported(workspace, path)
    except OSError:
        return Imported()
