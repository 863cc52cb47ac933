"""Offices as files name them: confirmed aliases read as their code, and names that no office of the workspace has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.reading import Reading

COMPLETE = 20
"""Offices with a code from which on a name that none of them has is worth a warning."""
NEAR, ALIKE = 85, 90
"""Likeness, of 100, from which on the name of an office with a code is suggested, and of one without."""
_REGION = re.compile(r"(?i)(pemerintah|pemprov|pemkot|pemkab|pemda|provinsi|kabupaten|kab\.?|kota|daerah)\b")


def plain(name: object) -> str:
    """A name whatever its case and spacing."""
    return " ".join(str(name).casefold().split())


def at(row: Mapping[Any, Any] | pd.Series) -> tuple[str, str]:
    """Sheet and line of a stored row, in the words of a finding."""
    sheet, line = row["lembar"], row["baris"]
    return "" if pd.isna(sheet) else str(sheet), "" if pd.isna(line) else f"baris {line}"


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
    codes = {plain(name): code for name, code in alias.items()}
    rows = reading.tables.get("opd", known.head(0)).to_dict("records")
    official = {row["kode_opd"]: codes.get(plain(row["nama_opd"]), row["kode_opd"]) for row in rows}
    changed = {code: other for code, other in official.items() if code != other}
    if not changed:
        return reading
    notes = [
        finding("ALIAS_OPD", file, at(row)[0], "", "nama_opd", str(row["nama_opd"]), kode=changed[row["kode_opd"]])
        for row in rows if row["kode_opd"] in changed
    ]  # fmt: skip
    tables = {
        name: frame.assign(kode_opd=frame["kode_opd"].replace(changed)) if "kode_opd" in frame else frame
        for name, frame in reading.tables.items()
    }
    is_known = tables["opd"]["kode_opd"].isin([code for code in changed.values() if code in set(known["kode_opd"])])
    tables["opd"] = tables["opd"].loc[~is_known].drop_duplicates("kode_opd")
    slices = tuple(
        replace(piece, opd=tuple(sorted({changed.get(code, code) for code in piece.opd}))) for piece in reading.slices
    )
    return replace(reading, tables=tables, slices=slices, findings=[*reading.findings, *notes])


def strange_offices(new: pd.DataFrame, known: pd.DataFrame, alias: pd.DataFrame, file: str) -> Iterator[Finding]:
    """A warning per name that several known offices have, or none; nothing is merged by guess.

    Parameters
    ----------
    new : pandas.DataFrame
        Rows of ``opd`` of the file; those with a code of SIPD (with dots) or a parent are left alone.
    known, alias : pandas.DataFrame
        Tables ``opd`` and ``alias_opd`` of the workspace.
    file : str
        Name of the file.

    Examples
    --------
    >>> known = pd.DataFrame({"kode_opd": ["3.26", "2.23"], "nama_opd": ["Dinas Wisata", "Dinas Arsip"],
    ...                       "singkatan": "DKP"})
    >>> new = pd.DataFrame({"kode_opd": "DKP", "nama_opd": ["DKP"], "kode_induk": None, "lembar": "IKU", "baris": 2})
    >>> [found] = strange_offices(new, known, pd.DataFrame(columns=["nama_asli", "kode_opd"]), "a.xlsx")
    >>> found.place, found.rule[:59]
    ('baris 2', 'nama ini dipakai 2 OPD (3.26 Dinas Wisata; 2.23 Dinas Arsip')
    """
    has_code = known["kode_opd"].str.contains(".", regex=False)
    official, other = known[has_code], known[~has_code]
    others = alias.rename(columns={"nama_asli": "nama_opd"})
    names = [frame[["kode_opd", column]].set_axis(["code", "name"], axis=1) for frame, column in (
        (official, "nama_opd"), (official, "singkatan"), (others, "nama_opd"))]  # fmt: skip
    called: dict[str, set[str]] = {}
    for code, name in pd.concat(names).dropna().itertuples(index=False):
        called.setdefault(_unmarked(name), set()).add(code)

    named = new[~new["kode_opd"].str.contains(".", regex=False) & new["kode_induk"].isna()]
    for row in named.dropna(subset="nama_opd").to_dict("records"):
        name, where = _unmarked(row["nama_opd"]), (*at(row), "nama_opd", str(row["nama_opd"]))
        codes, is_region = called.get(name, set()), bool(_REGION.match(name))
        # two spellings of one office without a code of SIPD
        uncoded = {_unmarked(text): {code}
                   for code, text in zip(other["kode_opd"], other["nama_opd"], strict=True)
                   if code != row["kode_opd"]}  # fmt: skip
        if len(codes) > 1:
            yield finding("NAMA_OPD_BERSAMA", file, *where, banyak=len(codes), opd=_listed(official, codes))
        elif not is_region and (near := codes or _near(name, called, NEAR) or _near(name, uncoded, ALIKE)):
            yield finding("NAMA_OPD_MIRIP", file, *where, opd=_listed(known, near), kode=min(near))
        elif not codes and not is_region and len(official) >= COMPLETE:
            yield finding("NAMA_OPD_TIDAK_DIKENAL", file, *where, banyak=len(official))


def _near(name: str, called: dict[str, set[str]], cutoff: int) -> set[str]:
    """Codes of the name most like ``name``, when it is like enough."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, called.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
    return called[found[0]] if found else set()


def _listed(official: pd.DataFrame, codes: set[str]) -> str:
    who = official[official["kode_opd"].isin(codes)]
    return "; ".join(who["kode_opd"] + " " + who["nama_opd"].fillna(""))


def _unmarked(name: str) -> str:
    return re.sub(r"\s*\(contoh\)$", "", plain(name))
