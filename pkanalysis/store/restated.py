"""The same indicator of the same OPD and period with another value from another file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pkanalysis.intake.findings import Finding

KEYS = {
    "realisasi": ["kode_opd", "indikator", "tahun", "periode"],
    "target": ["kode_opd", "indikator", "tahun", "periode", "dokumen", "ke"],
}
_TOLD = ["kode_indikator", "nilai", "nilai_huruf", "id_berkas"]


def restated(
    name: str, new: pd.DataFrame, old: pd.DataFrame, names: Mapping[str, str], files: Mapping[str, str], file: str
) -> list[Finding]:
    """A warning per value that another file gives otherwise; a preliminary one (``sementara``) may change.

    Parameters
    ----------
    name : {"realisasi", "target"}
    new, old : pandas.DataFrame
        Rows of that table: of the file at hand, and those stored from other files that it does not correct.
    names : mapping of str to str
        Name of the indicator by ``kode_indikator``; one name of one OPD is one indicator, whatever its codes.
    files : mapping of str to str
        File name by ``id_berkas``.
    file : str
        Name of the file at hand.
    """
    if "status" in old:
        old = old[old["status"].eq("final")]
    keys = KEYS[name]
    one, two = (frame.assign(indikator=frame["kode_indikator"].map(lambda code: _plain(names.get(code, code))))
                for frame in (new, old))  # fmt: skip
    pairs = one.merge(two[[*keys, *_TOLD]], on=keys, suffixes=("", "_lama"))
    is_other = pairs["nilai"].sub(pairs["nilai_lama"]).abs().gt(1e-9 * pairs["nilai_lama"].abs())
    letters = pairs[["nilai_huruf", "nilai_huruf_lama"]].fillna("").apply(lambda column: column.str.strip())
    is_other |= letters.ne("").all(axis=1) & letters["nilai_huruf"].ne(letters["nilai_huruf_lama"])
    return [_finding(name, row, names, files, file) for row in pairs[is_other].to_dict("records")]


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _finding(
    name: str, row: Mapping[Any, Any], names: Mapping[str, str], files: Mapping[str, str], file: str
) -> Finding:
    code, other = str(row["kode_indikator"]), str(row["kode_indikator_lama"])
    what = f"{name} {names.get(code, code)} {row['tahun']} {row['periode']}"
    kept = "yang disimpan angka berkas ini" if code == other else f"keduanya tersimpan, dengan kode {other} dan {code}"
    source = files.get(str(row["id_berkas_lama"]), "berkas lain")
    rule = f"{what} berbeda dari {_value(row, '_lama')} di {source}; {kept}"
    place = "" if pd.isna(row["baris"]) else f"baris {row['baris']}"
    return Finding("peringatan", file, "" if pd.isna(row["lembar"]) else str(row["lembar"]), place, "nilai",
                   _value(row), rule, "tentukan angka yang benar, lalu perbaiki berkas yang salah")  # fmt: skip


def _value(row: Mapping[Any, Any], end: str = "") -> str:
    number, letter = row[f"nilai{end}"], row[f"nilai_huruf{end}"]
    return str(letter) if pd.isna(number) else f"{number:.12g}".replace(".", ",")
