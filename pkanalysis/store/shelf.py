"""The tables of a workspace while files are put into them: old slices out, new rows in."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pkanalysis.intake.findings import Finding, as_rows
from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.store import parquet
from pkanalysis.store.against import against
from pkanalysis.store.clashes import clashes
from pkanalysis.store.replacing import is_replaced, notices
from pkanalysis.store.workspace import Workspace
from pkanalysis.tables import TABLES, conform


class Shelf:
    """Tables in memory, read when first needed and written together by :meth:`flush`."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = self.workspace[name]
        return self._frames[name]

    def put(self, reading: Reading, file: pd.DataFrame) -> list[Finding]:
        """Replace the slices of ``reading`` by its rows; ``file`` is its one row for ``berkas``.

        A file that is there whole, as the same layout, year and stage, is left as it is.

        Returns
        -------
        list of Finding
            Warnings for rows of other files that went, and for what they contradict; see
            :func:`pkanalysis.store.replacing.notices` and :func:`pkanalysis.store.against.against`.
        """
        if self._holds(reading, file):
            return []
        code, found = file["id_berkas"].iloc[0], list[Finding]()
        if taken := self._clashes(reading, file):
            return taken
        self._remove(code)
        own, before = file["nama_berkas"].iloc[0], {name: self[name] for name in TABLES}
        new = {name: conform(name, rows.assign(id_berkas=code)) for name, rows in reading.tables.items()}
        for name, rows in new.items():
            self._frames[name], gone = self._merged(name, rows, reading.slices)
            found += notices(reading, name, gone, self["berkas"], own)
        found += against(replace(reading, tables=new), own, before, self._frames, self.workspace.config)
        self._frames["berkas"] = pd.concat([self["berkas"], file], ignore_index=True)
        noted = as_rows([*reading.findings, *found], code)
        self._frames["temuan"] = pd.concat([self["temuan"], noted], ignore_index=True)
        return found

    def _clashes(self, reading: Reading, file: pd.DataFrame) -> list[Finding]:
        """Errors that keep the file out: its indicator codes belong to other OPDs."""
        if "indikator" not in reading.tables:
            return []
        new = reading.tables["indikator"].assign(id_berkas=file["id_berkas"].iloc[0])
        return clashes(new, self["indikator"], self["berkas"], file["nama_berkas"].iloc[0])

    def flush(self) -> None:
        """Write what changed; a file that no longer owns a row leaves the list of files, and its findings with it."""
        if not self._frames:
            return
        tables = TABLES.keys() - {"berkas", "temuan"}
        owners = {code for name in tables for code in self[name]["id_berkas"].unique()}
        for name in ("berkas", "temuan"):
            self._frames[name] = self[name][self[name]["id_berkas"].isin(owners)]
        frames = {name: _sorted(name, frame) for name, frame in self._frames.items()}
        parquet.write_all(self.workspace.path / "tabel", frames)
        self._frames.clear()

    def _holds(self, reading: Reading, file: pd.DataFrame) -> bool:
        """Whether the file is there under that layout, year and stage, and no other has taken any of its rows.

        Rows of ``opd`` do not count: every file completes them, so the last one owns them.
        """
        code = file["id_berkas"].iloc[0]
        rows = {name: frame for name, frame in reading.tables.items() if name != "opd" and len(frame)}
        is_known = not self["berkas"].merge(file[["id_berkas", "tata_letak", "tahun", "tahap"]]).empty
        is_whole = all(self[name]["id_berkas"].eq(code).sum() == len(frame) for name, frame in rows.items())
        return is_known and is_whole and bool(rows)

    def _remove(self, code: str) -> None:
        """Take the rows of a file out; what it said of an OPD stays, other files have completed it."""
        if code in set(self["berkas"]["id_berkas"]):
            for name in TABLES.keys() - {"opd"}:
                self._frames[name] = self[name][self[name]["id_berkas"].ne(code)]

    def _merged(self, name: str, new: pd.DataFrame, slices: tuple[Slice, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The table with the rows ``new``, and the rows that gave way to their slices."""
        old, key = self[name], TABLES[name].key
        if name == "opd":  # a later file completes a row, it never empties it
            full = new.set_index(key).combine_first(old.set_index(key)).reset_index()
            return conform(name, full), old.head(0)
        is_gone = pd.Series(False, index=old.index)
        for piece in slices:
            is_gone |= is_replaced(piece, name, old, new, self["berkas"])
        kept = old[~is_gone]
        if key:
            kept = kept[~kept.set_index(key).index.isin(new.set_index(key).index)]
        return pd.concat([kept, new], ignore_index=True), old[is_gone]


def _sorted(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    order = [column for column in ("kode_opd", "tahun", *TABLES[name].key) if column in frame]
    return conform(name, frame.sort_values(list(dict.fromkeys(order)), kind="stable"))
