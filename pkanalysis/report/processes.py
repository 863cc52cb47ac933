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
from typing import Generic, Literal, TypeVar

from pkanalysis.report import ONE_THREAD

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


def way(engine: Engine) -> Way:
    """Fork from a warmed server if asked and safe here, else spawn."""
    if engine != "fork":
        return Way(mp.get_context("spawn"))
    reason = f"proses tidak digandakan di {sys.platform}"
    if sys.platform == "linux":
        context = mp.get_context("forkserver")
        context.set_forkserver_preload([WARM])
        (probe,) = run_each(_state_of_server, [None], 1, context)
        reason = "proses induk tidak dapat disiapkan" if probe.result is None else probe.result
        if not reason:
            return Way(context)
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
    waiting, running = list(enumerate(jobs))[::-1], list[tuple[int, BaseProcess, Connection]]()
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                index, job = waiting.pop()
                receiving, sending = context.Pipe(duplex=False)
                process = context.Process(target=_child, args=(sending, task, job))  # type: ignore[attr-defined]
                with _bare_start():
                    process.start()
                sending.close()
                running.append((index, process, receiving))
            ready = set(wait([end for _, process, results in running for end in (results, process.sentinel)]))
            for item in [item for item in running if {item[2], item[1].sentinel} & ready]:
                running.remove(item)
                index, process, results = item
                try:
                    result = results.recv()
                except EOFError:
                    result = None
                results.close()
                process.join()
                yield Ended(index, result, process.exitcode if result is None else None)
    finally:
        for _, process, _ in running:
            process.terminate()
            process.join()


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


def _state_of_server(_: None) -> str:
    """Run in a forked child: what the server found against forking."""
    from pkanalysis.report import warm

    return ", ".join(warm.PROBLEMS)
