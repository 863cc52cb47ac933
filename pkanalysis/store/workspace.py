"""Opening a workspace and reading its tables."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import pandas as pd

from pkanalysis import config as configuration
from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.store import parquet
from pkanalysis.store.parquet import digests
from pkanalysis.tables import TABLES, conform, empty

VARIABLE = "PKANALYSIS_RUANG_KERJA"


class Frames(Mapping[str, pd.DataFrame]):
    """Frames by the name of their table, for every table of the data dictionary."""

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


class Workspace(Frames):
    """A workspace folder; ``ws["anggaran"]`` is a fresh frame of that table.

    Parameters
    ----------
    path : Path
        The folder that holds ``pkanalysis.toml``, ``sumber/``, ``tabel/`` and ``laporan/``.
    """

    last: ClassVar[Workspace | None] = None
    """The one opened last in this process; blocks of one's own take its mark."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path).resolve()
        self.config: Config = configuration.load(self.path)
        self.is_sample = self.config.is_sample
        """Whether this is the fictional sample city."""
        parquet.settle(self.path / "tabel")
        Workspace.last = self

    def __repr__(self) -> str:
        return f"Workspace({str(self.path)!r}, {self.config.daerah!r})"

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._read(name)

    def _read(self, name: str, opd: str = "") -> pd.DataFrame:
        if name not in TABLES:
            raise PkError(f"Tabel {name!r} tidak dikenal; yang ada: {', '.join(TABLES)}.")
        path = self.path / "tabel" / f"{name}.parquet"
        has_opd = "kode_opd" in TABLES[name].names
        return conform(name, parquet.read(path, opd if has_opd else "")) if path.is_file() else empty(name)

    def derived(self, name: str) -> pd.DataFrame:
        """City-wide result ``name`` as last computed by :mod:`pkanalysis.derived` (``tabel/turunan/``).

        Raises
        ------
        PkError
            It has not been computed yet.
        """
        path = self.path / "tabel" / "turunan" / f"{name}.parquet"
        if not path.is_file():
            raise PkError(
                f"Hasil kota {name!r} belum dihitung di ruang kerja {self.path.name}; jalankan `pkanalysis report` "
                "dengan [[tahap]] sudah terisi di pkanalysis.toml, atau `pkanalysis.derived.fresh(ws)` di buku catatan."
            )
        return parquet.read(path)

    def sql(self, query: str) -> pd.DataFrame:
        """Result of a DuckDB query in which every table of the workspace has its name; sums of rupiah stay whole."""
        with parquet.connect() as connection:
            for name in set(TABLES) & set(re.findall(r"\w+", query)):
                connection.register(name, self[name])
            found = connection.sql(query)
            # DuckDB gives sums of 64-bit integers as HUGEINT, which pandas would make a float
            columns = [f'"{name}"' + f'::bigint as "{name}"' * (kind == "HUGEINT")
                       for name, kind in zip(found.columns, found.types, strict=True)]  # fmt: skip
            result: pd.DataFrame = found.project(", ".join(columns)).df()
            return result

    def opd(self, who: str = "") -> Opd:
        """One OPD by code, abbreviation or name; the first one when ``who`` is empty.

        Raises
        ------
        PkError
            Nobody has that name (a near one is suggested), or several do (their codes are listed).
        """
        known = self["opd"]
        if known.empty:
            raise PkError(f"{self.path}: belum ada OPD; impor berkas dengan `pkanalysis import`.")
        names = known[["kode_opd", "singkatan", "nama_opd"]].fillna("")
        hits = names.head(1) if not who else names[(names.map(str.casefold) == who.casefold().strip()).any(axis=1)]
        if len(hits) == 1:
            return Opd(self, hits.iloc[0]["kode_opd"])
        if hits.empty:
            from rapidfuzz import process, utils

            choices = [name for column in ("singkatan", "nama_opd") for name in names[column] if name]
            best = process.extractOne(who, choices, processor=utils.default_process)
            near = repr(best[0]) if best else "nama lain"
            raise PkError(f"OPD {who!r} tidak ada di {self.path.name}; maksud Anda {near}?")
        codes = "; ".join(hits["kode_opd"] + " = " + hits["nama_opd"])
        raise PkError(f"{who!r} dipakai {len(hits)} OPD; sebut kodenya: {codes}.")


@dataclass(eq=False, repr=False)
class Opd(Frames):
    """The rows of one OPD: ``ws.opd("DINKES")["anggaran"]``; read once, then kept.

    Tables without ``kode_opd`` (``berkas``, ``angka_terbit``) come whole, except ``temuan``: findings of :attr:`files`.
    """

    workspace: Workspace
    code: str
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, init=False)

    def __repr__(self) -> str:
        return f"Opd({self.code!r}, {self.row['nama_opd']!r})"

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            rows = self.workspace._read(name, self.code)
            is_own = rows["id_berkas"].isin(self.files["id_berkas"]) if name == "temuan" else slice(None)
            self._frames[name] = rows[is_own]
        return self._frames[name].copy()

    @cached_property
    def row(self) -> pd.Series:
        """Its row in the ``opd`` table."""
        return self["opd"].iloc[0]

    @property
    def files(self) -> pd.DataFrame:
        """The imported files from which this OPD has rows."""
        used = {file for name in TABLES.keys() - {"berkas", "temuan"} for file in self[name]["id_berkas"]}
        files = self["berkas"]
        return files[files["id_berkas"].isin(used)]

    def digest(self) -> str:
        """Fingerprint (16 hex digits) of every row of this OPD; see :func:`pkanalysis.store.parquet.digests`."""
        return digests(self)[self.code]


def open(path: str | Path = "") -> Workspace:
    """Open a workspace: ``path``, else PKANALYSIS_RUANG_KERJA, else the nearest one upwards, else the sample.

    Parameters
    ----------
    path : str or Path
        Folder with ``pkanalysis.toml``; empty to look for one.

    Raises
    ------
    PkError
        The folder is no workspace, or none was found and the sample has not been made.
    """
    folder = find(path)
    if folder is None:
        raise PkError("Belum ada ruang kerja; buat contoh dengan `pkanalysis sample` atau sebut foldernya.")
    return Workspace(folder)


def find(path: str | Path = "") -> Path | None:
    """The folder that :func:`open` opens; ``None`` when nothing was named and there is no workspace yet."""
    if chosen := str(path) or os.environ.get(VARIABLE, ""):
        return Path(chosen).expanduser()
    here = Path.cwd()
    candidates = (here, *here.parents, configuration.sample_folder())
    return next((folder for folder in candidates if (folder / configuration.FILE).is_file()), None)
