"""One notebook, run with the parameters that the user typed and rendered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pkanalysis.report import annex, notebooks
from pkanalysis.report.naming import SAMPLE, plain
from pkanalysis.report.parameters import check_file
from pkanalysis.report.plan import letterhead, words
from pkanalysis.report.processes import Engine
from pkanalysis.report.rendering import Job, Outcome, render
from pkanalysis.store import Workspace


def job(
    workspace: Workspace,
    notebook: str,
    given: Mapping[str, Any],
    target: Path | None,
    engine: Engine,
    formats: tuple[str, ...],
) -> Job:
    """Check everything before the run; the page goes to ``target`` or into ``laporan/`` of the workspace.

    Raises
    ------
    PkError
        No such notebook, or a parameter that it does not take.
    """
    path = notebooks.find(notebook)
    parameters = check_file(path, given)
    if "ruang_kerja" in parameters:
        parameters["ruang_kerja"] = str(workspace.path)
    own = [plain(str(value)) for name, value in given.items() if name != "ruang_kerja"]
    file = "_".join([path.stem, *own]) + (SAMPLE if workspace.is_sample else "")
    page = (target or workspace.path / "laporan" / f"{file}.html").resolve()
    head, kop = words(workspace, workspace.config.daerah), "".join(map(str, letterhead(workspace)))
    made = Job(path, parameters, page, head, engine, formats, kop, annex.is_in(path))
    return made if target else made.renewing()  # what lies beside a target of the user's is not ours


def run(job: Job) -> Outcome:
    """Run in this process, which is as fresh as any when the command line started it."""
    return render(job)
