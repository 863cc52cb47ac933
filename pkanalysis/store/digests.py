"""Fingerprints: of the rows of each OPD, for one or for all at once, and of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd


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
    for name, rows in _by_opd(tables):
        for code, total in rows.items():
            parts.setdefault(str(code), []).append(f"{name}={total}")
    return {code: hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] for code, lines in parts.items()}


def of_file(path: Path) -> str:
    """SHA-256 of a file, as 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _by_opd(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, pd.Series]]:
    """Per table and OPD the sum (modulo 2**64) of the hashes of its rows, each with the content of its file."""
    files = tables["berkas"].set_index("id_berkas")["sha256"]
    for name in tables:
        frame = tables[name]
        if name != "berkas" and "kode_opd" in frame:
            rows = frame.assign(id_berkas=frame["id_berkas"].map(files))
            yield name, pd.util.hash_pandas_object(rows, index=False).groupby(frame["kode_opd"]).sum()
