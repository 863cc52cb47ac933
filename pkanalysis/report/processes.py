"""One fresh process per job, forked from a warmed server where that is safe.

The server is Python's own ``forkserver``: a process of its own, so threads of the caller do not
matter. Elsewhere each job gets a spawned process: slower, the same results.

One BLAS thread per process: a report takes one core, and threads do not survive a fork.
"""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Literal, TypeVar

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""For the environment of a process, before numpy is imported there."""


Engine = Literal["fork", "spawn", "kernel"]
J = TypeVar("J")
R = TypeVar("R")

WARM = "pkanalysis.report.warm"


@dataclass(frozen=True)
class Ended(Generic[R]):
    """How job ``index`` ended: its ``result``, or the ``exit_code`` of a process that left none."""

    index: int
    result: R | None
    exit_code: int | None = None


@dataclass(frozen=True)
class Way:
    """How processes are started, and the sentence to print when it is not the one asked for."""

    context: BaseContext
    notice: str = ""


@dataclass
class _Running:
    index: int
    process: BaseProcess
    results: Connection


def way(engine: Engine) -> Way:
    """Fork from a warmed server if asked and safe here, else spawn."""
    if engine != "fork":
        return Way(mp.get_context("spawn"))
    reason = _reason_against_forking()
    if not reason:
        return Way(mp.get_context("forkserver"))
    notice = f"Tiap laporan memakai proses baru dari awal ({reason}): hasilnya sama, lebih lambat."
    return Way(mp.get_context("spawn"), notice)


def run_each(task: Callable[[J], R], jobs: Sequence[J], workers: int, context: BaseContext) -> Iterator[Ended[R]]:
    """Run ``task(job)`` for every job, each in its own process, ``workers`` at a time, as they end.

    Parameters
    ----------
    task : callable
        A module-level function; its result must be picklable.
    jobs : sequence
    workers : int
    context : multiprocessing context
        See :func:`way`.

    Yields
    ------
    Ended
        One per job, in the order of ending. A process that died without a result is told by its exit code.
    """
    waiting, running = list(enumerate(jobs))[::-1], list[_Running]()
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(_start(task, *waiting.pop(), context))
            ready = set(wait([end for item in running for end in (item.results, item.process.sentinel)]))
            for item in [item for item in running if {item.results, item.process.sentinel} & ready]:
                running.remove(item)
                yield _finish(item)
    finally:
        for item in running:
            item.process.terminate()
            item.process.join()


def _start(task: Callable[[J], R], index: int, job: J, context: BaseContext) -> _Running:
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sending, task, job))  # type: ignore[attr-defined]
    with _bare_start():
        process.start()
    sending.close()
    return _Running(index, process, receiving)


def _finish(item: _Running) -> Ended[Any]:
    try:
        result = item.results.recv()
    except EOFError:
        result = None
    item.results.close()
    item.process.join()
    return Ended(item.index, result, item.process.exitcode if result is None else None)


def _child(results: Connection, task: Callable[[J], R], job: J) -> None:
    threading.Thread(target=_end_with_driver, daemon=True).start()
    results.send(task(job))


def _end_with_driver() -> None:
    """A batch that was killed leaves no process behind."""
    driver = mp.parent_process()
    if driver is not None:
        wait([driver.sentinel])
        os._exit(1)


@contextlib.contextmanager
def _bare_start() -> Iterator[None]:
    """Give children one BLAS thread each, and hide the caller's ``__main__``.

    A script without a guard must not run again in every child.
    """
    main, before = sys.modules["__main__"], os.environ.copy()
    sys.modules["__main__"] = types.ModuleType("__main__")
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        for name in ONE_THREAD.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


def _reason_against_forking() -> str:
    if sys.platform != "linux":
        return f"proses tidak digandakan di {sys.platform}"
    context = mp.get_context("forkserver")
    context.set_forkserver_preload([WARM])
    (probe,) = run_each(_state_of_server, [None], 1, context)
    return "proses induk tidak dapat disiapkan" if probe.result is None else str(probe.result)


def _state_of_server(_: None) -> str:
    """Run in a forked child: what the server found against forking."""
    from pkanalysis.report import warm

    return ", ".join(warm.PROBLEMS)
