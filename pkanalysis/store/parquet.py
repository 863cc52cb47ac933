"""The tables of a workspace on disk: Parquet through DuckDB, one writer at a time; fingerprints.

DuckDB has one thread, pandas types are kept, files are swapped in whole.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
from filelock import FileLock, Timeout

from pkanalysis.errors import PkError

READY = ".siap"
"""Folder of tables that are written whole and still to be moved into place."""

PIECE = 20
"""Vectors of 2,048 rows that are fetched at a time."""


def connect() -> duckdb.DuckDBPyConnection:
    """A private in-memory DuckDB on one thread."""
    return duckdb.connect(config={"threads": 1})


_reader = cache(connect)
"""One connection for all reads of this process; opening one takes longer than reading a small file."""


def read(path: Path, opd: str = "") -> pd.DataFrame:
    """Rows of the Parquet file ``path``; only those of ``opd`` (``kode_opd``) when given.

    A large file comes in pieces whose equal texts become one object: fetched whole, a text per cell takes
    ten times the memory of the table.
    """
    where = " where kode_opd = ?" if opd else ""
    values = [str(path), opd] if opd else [str(path)]
    result = _reader().cursor().execute(f"select * from read_parquet(?){where}", values)
    known: dict[str, str] = {}
    pieces = [result.fetch_df_chunk(PIECE)]
    while len(piece := result.fetch_df_chunk(PIECE)):
        pieces.append(_shared(piece, known))
    return pd.concat([_shared(pieces[0], known), *pieces[1:]], ignore_index=True) if len(pieces) > 1 else pieces[0]


def _shared(piece: pd.DataFrame, known: dict[str, str]) -> pd.DataFrame:
    """The rows with one object per distinct text."""
    own = piece.copy(deep=False)
    for name in piece.columns[piece.dtypes == "str"]:
        cells = piece[name].array
        own[name] = pd.array(list(map(known.setdefault, cells, cells)), dtype=cells.dtype)
    return own


def write_all(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write every frame to ``folder/<name>.parquet``, all or none.

    All are written into a folder of their own first; renaming it is the moment from which they count, and
    :func:`settle` then moves them into place. An interruption before leaves the old tables; after it, the next
    opening of the workspace finishes the move. What remains: a process that reads during the move, some
    milliseconds, may see new tables beside old ones; on Windows a table that another process is reading
    just then stops the move until the next opening.
    """
    settle(folder)
    fresh = folder / ".baru"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with connect() as connection:
        for name, frame in frames.items():
            connection.register("frame", frame)
            target = str(fresh / f"{name}.parquet").replace("'", "''")
            connection.execute(f"copy frame to '{target}' (format parquet, compression zstd)")
            connection.unregister("frame")
    fresh.rename(folder / READY)
    settle(folder)


def settle(folder: Path) -> None:
    """Move tables that are written whole into place; another process may be moving the same ones."""
    ready = folder / READY
    if ready.is_dir():
        for path in sorted(ready.iterdir()):
            with suppress(FileNotFoundError):
                path.replace(folder / path.name)
        with suppress(OSError):
            ready.rmdir()


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


def digests(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Fingerprint (16 hex digits) of the rows of every OPD, whatever the order or time of import.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        A workspace, or one OPD of it; the value for an OPD is the same from either.

    Returns
    -------
    dict of str to str
        By ``kode_opd``; tables without that column do not count.
    """
    parts: dict[str, list[str]] = {}
    files = tables["berkas"].set_index("id_berkas")["sha256"]
    for name in tables:
        frame = tables[name]
        if name != "berkas" and "kode_opd" in frame:
            rows = frame.assign(id_berkas=frame["id_berkas"].map(files))  # each with the content of its file
            sums = pd.util.hash_pandas_object(rows, index=False).groupby(frame["kode_opd"]).sum()  # modulo 2**64
            for code, total in sums.items():
                parts.setdefault(str(code), []).append(f"{name}={total}")
    return {code: hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] for code, lines in parts.items()}


def of_file(path: Path) -> str:
    """SHA-256 of a file, as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def of_program() -> str:
    """One digest (64 hex digits) of the package's own files: which edition of the program runs."""
    folder = Path(__file__).parents[1]
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    total = hashlib.sha256()
    for path in files:
        total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()
