"""Other names of OPD that the user has confirmed in ``[alias_opd]`` of ``pkanalysis.toml``: read as their code."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Reading, Slice


def under_official_codes(reading: Reading, alias: Mapping[str, str], known: pd.DataFrame, file: str) -> Reading:
    """The reading with the code of every OPD whose name is a confirmed alias; each is told in a note.

    Parameters
    ----------
    reading : Reading
        A file with conformed tables, ``opd`` among them where it names offices.
    alias : mapping of str to str
        Code per name as written in files, whatever its case and spacing.
    known : pandas.DataFrame
        Table ``opd`` of the workspace: the names that it has stay.
    file : str
        Name of the file, for the note.
    """
    codes = {_plain(name): code for name, code in alias.items()}
    opd = reading.tables.get("opd", known.head(0))
    changed = {
        row["kode_opd"]: codes[name]
        for row in opd.to_dict("records")
        for name in [_plain(row["nama_opd"])]
        if name in codes and codes[name] != row["kode_opd"]
    }
    if not changed:
        return reading
    tables = {name: _renamed(frame, changed) for name, frame in reading.tables.items()}
    is_known = tables["opd"]["kode_opd"].isin([code for code in changed.values() if code in set(known["kode_opd"])])
    tables["opd"] = tables["opd"].loc[~is_known].drop_duplicates("kode_opd")
    notes = [_note(row, changed[row["kode_opd"]], file) for row in opd.to_dict("records") if row["kode_opd"] in changed]
    slices = tuple(_moved(piece, changed) for piece in reading.slices)
    return replace(reading, tables=tables, slices=slices, findings=[*reading.findings, *notes])


def _plain(name: object) -> str:
    return " ".join(str(name).casefold().split())


def _renamed(frame: pd.DataFrame, changed: Mapping[str, str]) -> pd.DataFrame:
    return frame.assign(kode_opd=frame["kode_opd"].replace(changed)) if "kode_opd" in frame else frame


def _moved(piece: Slice, changed: Mapping[str, str]) -> Slice:
    return replace(piece, opd=tuple(sorted({changed.get(code, code) for code in piece.opd})))


def _note(row: Mapping[Hashable, Any], code: str, file: str) -> Finding:
    sheet = "" if pd.isna(row["lembar"]) else str(row["lembar"])
    rule = f"dibaca sebagai OPD {code} menurut [alias_opd] di pkanalysis.toml"
    return Finding("catatan", file, sheet, "", "nama_opd", str(row["nama_opd"]), rule, "tidak perlu diubah bila benar")
