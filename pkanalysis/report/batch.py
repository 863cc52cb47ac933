"""All reports of a workspace: plan, run what is due in parallel, then index and manifest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pkanalysis.errors import PkError
from pkanalysis.report import index
from pkanalysis.report.manifest import Entry, Manifest, combined, load, versions
from pkanalysis.report.plan import Planned, Request, due, folder, plan
from pkanalysis.report.processes import run_each, way
from pkanalysis.report.rendering import Failure, Outcome, render, write_failure
from pkanalysis.store import Workspace

Tell = Callable[[Entry], None]


@dataclass(frozen=True)
class Batch:
    """A batch that is ready to run: ``pages`` that are due, out of all that were asked for."""

    workspace: Workspace
    request: Request
    pages: tuple[Planned, ...]
    skipped: int
    before: Manifest | None

    @property
    def target(self) -> Path:
        """The folder of its pages."""
        return folder(self.workspace, self.request)


@dataclass(frozen=True)
class Done:
    """Where the index is, and the pages that failed."""

    index: Path
    failed: tuple[Entry, ...]


def prepare(workspace: Workspace, request: Request) -> Batch:
    """Check everything that can be checked before a notebook starts.

    Raises
    ------
    PkError
        See :func:`pkanalysis.report.plan.plan`; or the folder holds reports of the other kind of workspace.
    """
    target = folder(workspace, request)
    before = load(target)
    if before and before.jenis != workspace.config.jenis:
        raise PkError(f"{target} berisi laporan data {before.jenis}; hapus folder itu, laporan tidak boleh bercampur.")
    every = plan(workspace, request)
    pages = due(every, before, request)
    return Batch(workspace, request, tuple(pages), len(every) - len(pages), before)


def run(batch: Batch, tell: Tell, warn: Callable[[str], None]) -> Done:
    """Make the pages that are due; one that fails does not stop the others.

    Parameters
    ----------
    batch : Batch
    tell : callable
        Called with the entry of every finished page.
    warn : callable
        Called with a sentence when processes cannot be started in the way asked for.
    """
    made = list(_made(batch, tell, warn)) if batch.pages else []
    entries = _all_entries(batch, made)
    path = index.write_index(batch.workspace, batch.request, batch.target, entries)
    _manifest(batch, entries).save(batch.target)
    return Done(path, tuple(entry for entry in entries if entry.is_failed))


def _made(batch: Batch, tell: Tell, warn: Callable[[str], None]) -> Iterator[Entry]:
    chosen = way(batch.request.engine)
    if chosen.notice:
        warn(chosen.notice)
    jobs = [page.job for page in batch.pages]
    for ended in run_each(render, jobs, batch.request.jobs, chosen.context):
        page = batch.pages[ended.index]
        outcome = ended.result or _died(page, ended.exit_code)
        entry = page.entry.ended(page.job, outcome)
        tell(entry)
        yield entry


def _died(page: Planned, exit_code: int | None) -> Outcome:
    failure = Failure("", f"Proses pembuat laporan berhenti mendadak (kode {exit_code}); coba lagi dengan --jobs 1.")
    write_failure(page.job, failure)
    return Outcome(0.0, failure)


def _all_entries(batch: Batch, made: Sequence[Entry]) -> list[Entry]:
    """What was made now and what still stands from earlier batches, by file name."""
    earlier = batch.before.laporan if batch.before else ()
    standing = {entry.berkas: entry for entry in earlier if (batch.target / entry.berkas).is_file()}
    return sorted((standing | {entry.berkas: entry for entry in made}).values(), key=lambda entry: entry.berkas)


def _manifest(batch: Batch, entries: Sequence[Entry]) -> Manifest:
    return Manifest(
        dibuat=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        jenis=batch.workspace.config.jenis,
        parameter={"tahun": batch.request.year, "periode": batch.request.period},
        versi=versions(),
        data=combined(entry.sidik for entry in entries),
        laporan=tuple(entries),
    )
