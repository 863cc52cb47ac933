"""All reports of a workspace: plan, run what is due in parallel, then index and manifest."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pkanalysis import derived
from pkanalysis.errors import PkError
from pkanalysis.report import index
from pkanalysis.report.formats import ANNEX_FORMATS, FORMATS
from pkanalysis.report.manifest import Entry, Manifest, combined, load, versions
from pkanalysis.report.naming import beside
from pkanalysis.report.plan import Planned, Request, due, folder, plan
from pkanalysis.report.processes import run_each, way
from pkanalysis.report.rendering import Failure, Outcome, remove, render, write_failure
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
    """Check everything that can be checked before a notebook starts, and bring the city-wide results up to date.

    Raises
    ------
    PkError
        See :func:`pkanalysis.report.plan.plan`; or the folder holds reports of the other kind of workspace.
    """
    target = folder(workspace, request)
    before = load(target)
    if before and before.jenis != workspace.config.jenis:
        raise PkError(f"{target} berisi laporan data {before.jenis}; hapus folder itu, laporan tidak boleh bercampur.")
    derived.fresh(workspace)
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
        Called with a sentence when processes cannot be started in the way asked for, or an old file cannot go.
    """
    made: list[Entry] = []
    for entry in _made(batch, warn) if batch.pages else ():
        made.append(entry)
        with contextlib.suppress(PkError):  # an interrupted batch goes on where it was; the last save counts
            _manifest(batch, _all_entries(batch, made)).save(batch.target)
        tell(entry)
    entries = _all_entries(batch, made)
    _manifest(batch, entries).save(batch.target)
    _remove_old_names(batch, entries, warn)
    path = index.write_index(batch.workspace, batch.request, batch.target, entries)
    return Done(path, tuple(entry for entry in entries if entry.is_failed))


def _made(batch: Batch, warn: Callable[[str], None]) -> Iterator[Entry]:
    chosen = way(batch.request.engine)
    if chosen.notice:
        warn(chosen.notice)
    jobs = [page.job for page in batch.pages]
    for ended in run_each(render, jobs, batch.request.jobs, chosen.context):
        page = batch.pages[ended.index]
        outcome = ended.result or _died(page, ended.exit_code)
        yield page.entry.ended(page.job, outcome)


def _died(page: Planned, exit_code: int | None) -> Outcome:
    failure = Failure("", f"Proses pembuat laporan berhenti mendadak (kode {exit_code}); coba lagi dengan --jobs 1.")
    write_failure(page.job, failure)
    return Outcome(0.0, failure)


def _all_entries(batch: Batch, made: Sequence[Entry]) -> list[Entry]:
    """What was made now and what still stands from earlier batches, one entry per OPD, by file name."""
    names = {entry.berkas for entry in made}
    standing = {
        entry.key: entry
        for entry in _earlier(batch)
        if entry.berkas not in names and (batch.target / entry.berkas).is_file()
    }
    return sorted((standing | {entry.key: entry for entry in made}).values(), key=lambda entry: entry.berkas)


def _earlier(batch: Batch) -> Sequence[Entry]:
    return batch.before.laporan if batch.before else ()


def _remove_old_names(batch: Batch, entries: Sequence[Entry], warn: Callable[[str], None]) -> None:
    """Remove the files of an OPD that now has another abbreviation."""
    now = {entry.key: entry.berkas for entry in entries}
    old = {entry.berkas for entry in _earlier(batch) if entry.key in now} - set(now.values())
    for path in (batch.target / beside(page, form) for page in sorted(old) for form in (*FORMATS, *ANNEX_FORMATS)):
        try:
            remove(path)
        except PkError as error:
            warn(str(error))


def _manifest(batch: Batch, entries: Sequence[Entry]) -> Manifest:
    return Manifest(
        dibuat=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        jenis=batch.workspace.config.jenis,
        parameter={"tahun": batch.request.year, "periode": batch.request.period},
        versi=versions(),
        data=combined(entry.sidik for entry in entries),
        laporan=tuple(entries),
    )
