"""All reports of a workspace: plan, run what is due in parallel, then ``index.html`` and the manifest."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from pkanalysis import derived, vocabulary
from pkanalysis.errors import PkError
from pkanalysis.report.formats import ANNEX_FORMATS, FORMATS, file_name
from pkanalysis.report.manifest import FILE, Entry, Manifest, combined, load, versions
from pkanalysis.report.plan import Planned, Request, due, folder, plan, words
from pkanalysis.report.processes import run_each, way
from pkanalysis.report.rendering import Failure, Outcome, render, write, write_failure
from pkanalysis.show.values import Kind, Value
from pkanalysis.show.words import PERIODS, TRAVEL_STATUSES, stored
from pkanalysis.store import Workspace

Tell = Callable[[Entry], None]


COLUMNS: tuple[tuple[str, str, Kind, int], ...] = (
    ("n_mencapai", "Mencapai target", "bulat", 0),
    ("n_terukur", "Indikator terukur", "bulat", 0),
    ("n_indikator", "Semua indikator", "bulat", 0),
    ("rata_rata_capaian", "Capaian thd PK berlaku", "persen", 1),
    ("rata_rata_capaian_murni", "Capaian thd PK murni", "persen", 1),
    ("pagu_terakhir_rp", "Pagu terakhir", "rupiah", 0),
    ("realisasi_rp", "Realisasi", "rupiah", 0),
    ("serapan_pct", "Penyerapan", "persen", 1),
    ("perjalanan_persen", "Perjalanan dinas", "persen", 1),
)


@dataclass(frozen=True)
class Row:
    """One OPD: its entry, typed headline numbers in the order of :data:`COLUMNS`, and the travel verdict."""

    entry: Entry
    values: tuple[Value, ...]
    travel: str


@dataclass(frozen=True)
class Group:
    """The OPDs of one kind."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Batch:
    """A batch that is ready to run in the folder ``target``.

    ``pages`` are those that are due, out of all that were asked for; ``earlier`` the entries of the batch before.
    """

    workspace: Workspace
    request: Request
    target: Path
    pages: tuple[Planned, ...]
    skipped: int
    earlier: tuple[Entry, ...]


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
    earlier = before.laporan if before else ()
    return Batch(workspace, request, target, tuple(pages), len(every) - len(pages), earlier)


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
    for planned, outcome in _outcomes(batch, warn) if batch.pages else ():
        made.append(planned.entry.ended(planned.job, outcome))
        with contextlib.suppress(PkError):  # an interrupted batch goes on where it was; the last save counts
            _saved(batch, made)
        tell(made[-1])
    entries = _saved(batch, made)
    now = {entry.key: entry.berkas for entry in entries}  # the files of an OPD that has another abbreviation go
    old = {entry.berkas for entry in batch.earlier if entry.key in now} - set(now.values())
    for path in (batch.target / file_name(name, form) for name in sorted(old) for form in (*FORMATS, *ANNEX_FORMATS)):
        try:
            write(path, None)
        except PkError as error:
            warn(str(error))
    path = write_index(batch.workspace, batch.request, batch.target, entries)
    return Done(path, tuple(entry for entry in entries if entry.is_failed))


def _outcomes(batch: Batch, warn: Callable[[str], None]) -> Iterator[tuple[Planned, Outcome]]:
    chosen = way(batch.request.engine)
    if chosen.notice:
        warn(chosen.notice)
    for ended in run_each(render, [planned.job for planned in batch.pages], batch.request.jobs, chosen.context):
        planned, outcome = batch.pages[ended.index], ended.result
        if outcome is None:
            cause = f"Proses pembuat laporan berhenti mendadak (kode {ended.exit_code}); coba lagi dengan --jobs 1."
            outcome = Outcome(0.0, Failure("", cause))
            write_failure(planned.job, Failure("", cause))
        yield planned, outcome


def _saved(batch: Batch, made: Sequence[Entry]) -> list[Entry]:
    """The entries of the manifest, which is written: made now or standing from earlier, one per OPD, by file name."""
    names = {entry.berkas for entry in made}
    old = [entry for entry in batch.earlier if entry.berkas not in names and (batch.target / entry.berkas).is_file()]
    entries = sorted({entry.key: entry for entry in (*old, *made)}.values(), key=lambda entry: entry.berkas)
    manifest = Manifest(
        dibuat=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        jenis=batch.workspace.config.jenis,
        parameter={"tahun": batch.request.year, "periode": batch.request.period},
        versi=versions(),
        data=combined(entry.sidik for entry in entries),
        laporan=tuple(entries),
    )
    write(batch.target / FILE, (json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n").encode())
    return entries


def write_index(workspace: Workspace, request: Request, target: Path, entries: Sequence[Entry]) -> Path:
    """Write ``index.html`` over all pages in ``target``."""
    from pkanalysis.report.html import page

    names = ["kode_opd", "jenis", "perjalanan_status", *(name for name, *_ in COLUMNS)]
    try:
        every = workspace.derived("ringkasan_opd")
        overview = every[every["tahun"].eq(request.year) & every["periode"].eq(request.period)].reindex(columns=names)
    except PkError:  # the workspace has no OPD data
        overview = pd.DataFrame(columns=names)
    html = page(
        "batch",
        contents=(),
        annex_formats=ANNEX_FORMATS,
        file_name=file_name,
        period=f"{PERIODS[request.period]} {request.year}",
        columns=[label for _, label, _, _ in COLUMNS],
        groups=groups(entries, overview),
        others=[entry for entry in entries if not entry.kode_opd],
        failed=[entry for entry in entries if entry.is_failed],
        count=Value(sum(bool(entry.kode_opd) for entry in entries), "bulat"),
        **words(workspace, workspace.config.daerah),
    )
    write(target / "index.html", html.encode())
    return target / "index.html"


def groups(entries: Sequence[Entry], overview: pd.DataFrame) -> list[Group]:
    """The OPD pages by kind, each with its numbers; an OPD that is not in the overview has none."""
    numbers: dict[Hashable, Mapping[Hashable, Any]] = {row["kode_opd"]: row for row in overview.to_dict("records")}
    of: dict[str, list[Row]] = {kind: [] for kind in vocabulary.values("jenis_opd")}
    for entry in (entry for entry in entries if entry.kode_opd):
        own = numbers.get(entry.kode_opd, {})
        values = tuple(Value(own.get(name), kind, decimals) for name, _, kind, decimals in COLUMNS)
        kind = str(own.get("jenis"))
        travel = TRAVEL_STATUSES.get(str(own.get("perjalanan_status")), "")
        of[kind if kind in of else "lainnya"].append(Row(entry, values, travel))
    return [Group(stored("jenis_opd", kind), tuple(rows)) for kind, rows in of.items() if rows]


@contextlib.contextmanager
def progress(total: int, console: Console) -> Iterator[Tell]:
    """Give a function to be called with each finished entry: a bar on a terminal, plain lines elsewhere."""
    numbers = itertools.count(1)
    last = TextColumn("{task.fields[last]}")
    columns = (TextColumn("Laporan"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), last)
    shown = Progress(*columns, console=console) if console.is_terminal else None

    def tell(entry: Entry) -> None:
        words = f"GAGAL: {entry.sebab_gagal}" if entry.is_failed else f"{entry.berkas} ({entry.detik:.1f} detik)"
        if shown is None:
            line = f"[{next(numbers)}/{total}] {entry.nama}: {words}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)
            return
        if entry.is_failed:
            console.print(f"GAGAL {entry.nama}: {entry.sebab_gagal}", markup=False, highlight=False)
        shown.update(bar, advance=1, last=entry.nama)

    with shown or contextlib.nullcontext():
        bar = shown.add_task("", total=total, last="") if shown else TaskID(0)
        yield tell
