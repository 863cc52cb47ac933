"""One writer at a time in a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pkanalysis.errors import PkError

PATIENCE = 30.0
"""Seconds to wait for another writer: some times what putting files in or computing the derived tables takes."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers out of the tables of the workspace ``folder``; reading needs no lock.

    Raises
    ------
    PkError
        Another process still writes after :data:`PATIENCE` seconds.
    """
    path = folder / "tabel" / ".kunci"
    path.parent.mkdir(exist_ok=True)
    try:
        lock = FileLock(path, timeout=PATIENCE)
        lock.acquire()
    except Timeout as error:
        raise PkError(
            f"Ruang kerja {folder.name} sedang ditulis proses lain (impor atau hitungan hasil kota); "
            "tunggu sampai selesai, lalu ulangi perintah ini."
        ) from error
    try:
        yield
    finally:
        lock.release()
