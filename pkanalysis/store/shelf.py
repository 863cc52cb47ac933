"""The tables of a workspace while files are put into them: old slices out, new rows in."""

from __future__ import annotations

import pandas as pd

from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.store import parquet
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

    def put(self, reading: Reading, file: pd.DataFrame) -> None:
        """Replace the slices of ``reading`` by its rows; ``file`` is its one row for ``berkas``."""
        code = file["id_berkas"].iloc[0]
        if code in set(self["berkas"]["id_berkas"]):
            return
        for name, rows in reading.tables.items():
            new = conform(name, rows.assign(id_berkas=code))
            self._frames[name] = self._merged(name, new, reading.slices)
        self._frames["berkas"] = pd.concat([self["berkas"], file], ignore_index=True)

    def flush(self) -> None:
        """Write what changed; a file that no longer owns a row leaves the list of files."""
        if not self._frames:
            return
        owners = {code for name in TABLES if name != "berkas" for code in self[name]["id_berkas"].unique()}
        self._frames["berkas"] = self["berkas"][self["berkas"]["id_berkas"].isin(owners)]
        frames = {name: _sorted(name, frame) for name, frame in self._frames.items()}
        parquet.write_all(self.workspace.path / "tabel", frames)
        self._frames.clear()

    def _merged(self, name: str, new: pd.DataFrame, slices: tuple[Slice, ...]) -> pd.DataFrame:
        old, key = self[name], TABLES[name].key
        if name == "opd":  # a later file completes a row, it never empties it
            return conform(name, new.set_index(key).combine_first(old.set_index(key)).reset_index())
        for piece in slices:
            old = old[~self._is_in(piece, name, old, new)]
        if key:
            old = old[~old.set_index(key).index.isin(new.set_index(key).index)]
        return pd.concat([old, new], ignore_index=True)

    def _is_in(self, piece: Slice, name: str, old: pd.DataFrame, new: pd.DataFrame) -> pd.Series:
        """Which stored rows belong to the slice ``piece``: same layout, SKPD, year, and stage or months."""
        files = self["berkas"][self["berkas"]["tata_letak"].eq(piece.layout)]
        is_same = old["id_berkas"].isin(files["id_berkas"])
        if "kode_opd" in old:
            is_same &= old["kode_opd"].isin(piece.opd)
        if piece.activities and "kode_sub_kegiatan" in old:
            is_same &= old["kode_sub_kegiatan"].isin(piece.activities)
        if TABLES[name].key or piece.year is None:
            alike = files[files["tahun"].fillna(0).eq(piece.year or 0) & files["tahap"].fillna("").eq(piece.stage)]
            return is_same & old["id_berkas"].isin(alike["id_berkas"])
        is_same &= old["tahun"].eq(piece.year)
        if "tahap" in old:
            return is_same & old["tahap"].eq(piece.stage)
        if "bulan" in old and len(new):
            return is_same & old["bulan"].between(new["bulan"].min(), new["bulan"].max())
        return is_same


def _sorted(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    order = [column for column in ("kode_opd", "tahun", *TABLES[name].key) if column in frame]
    return conform(name, frame.sort_values(list(dict.fromkeys(order)), kind="stable"))
