"""Parquet through DuckDB: one thread, pandas types kept, files swapped in whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd


def connect() -> duckdb.DuckDBPyConnection:
    """A private in-memory DuckDB on one thread."""
    return duckdb.connect(config={"threads": 1})


def read(path: Path, opd: str = "") -> pd.DataFrame:
    """Rows of the Parquet file ``path``; only those of ``opd`` (``kode_opd``) when given."""
    where = " where kode_opd = ?" if opd else ""
    values = [str(path), opd] if opd else [str(path)]
    return _reader().cursor().execute(f"select * from read_parquet(?){where}", values).df()


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """One connection for all reads of this process; opening one takes longer than reading a small file."""
    return connect()


def whole(result: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Sums of 64-bit integers as 64-bit integers again: DuckDB gives HUGEINT, which pandas would make a float."""
    columns = [f'"{name}"' for name in result.columns]
    kinds = zip(columns, result.types, strict=True)
    return result.project(", ".join(f"{name}::bigint as {name}" if kind == "HUGEINT" else name for name, kind in kinds))


def write_all(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write every frame to ``folder/<name>.parquet``; files are replaced only when all are written."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = {name: folder / f".{name}.baru" for name in frames}
    with connect() as connection:
        for name, frame in frames.items():
            connection.register("frame", frame)
            target = str(fresh[name]).replace("'", "''")
            connection.execute(f"copy frame to '{target}' (format parquet, compression zstd)")
            connection.unregister("frame")
    for name, path in fresh.items():
        path.replace(folder / f"{name}.parquet")
