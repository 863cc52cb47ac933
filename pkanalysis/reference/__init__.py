"""Shipped facts, each with its legal basis: efficiency categories, the S-37 list, predicate scales."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Scale:
    """A predicate scale: ``labels[i]`` holds from ``limits[i]`` on; the last label is for the rest.

    ``is_open``: a limit itself does not belong to its class (``> 90`` instead of ``>= 91``).
    ``gaps`` are the open intervals that the printed scale leaves out; ``note`` stands under every table
    that uses the scale.
    """

    name: str
    labels: tuple[str, ...]
    limits: tuple[float, ...]
    is_open: bool
    gaps: tuple[tuple[float, float], ...]
    source: str
    note: str


@cache
def _read(name: str) -> Any:
    """What a shipped file says: a CSV as a frame of texts, a TOML as its tables."""
    with (files("pkanalysis.reference") / name).open("rb") as stream:
        if name.endswith(".toml"):
            return tomllib.load(stream)
        return pd.read_csv(stream, dtype="str", keep_default_na=False)


def _table(name: str) -> pd.DataFrame:
    """Rows of a shipped CSV, a copy for every caller."""
    frame: pd.DataFrame = _read(name)
    return frame.copy()


def _entries(name: str) -> dict[str, Any]:
    """The tables of a shipped TOML."""
    entries: dict[str, Any] = _read(name)
    return entries


efficiency_categories = partial(_table, "kategori_efisiensi.csv")
"""Account prefixes with ``kategori``, ``keyakinan``, ``is_sasaran``, ``angka``, ``kategori_s37`` and sentences.

Codes and names were seen in public account lists; the category and its certainty are a
reading of Inpres 1/2025 diktum KEEMPAT and SE Mendagri 900/833/SJ (column ``dasar``).
"""
spending_kinds = partial(_table, "jenis_belanja.csv")
"""Kinds of spending (jenis belanja): account prefix and name."""
s37 = partial(_table, "kategori_s37.csv")
"""The 16 items of S-37/MK.02/2025 with their percentages: for ministries only, never a test of a region."""
directive = partial(_table, "diktum_keempat.csv")
"""The seven points of Inpres 1/2025 diktum KEEMPAT: ``angka``, ``kunci``, ``ketentuan`` and ``dasar``.

Which account belongs to which point stands in :data:`efficiency_categories` (``angka``).
"""
transfer_sources = partial(_table, "sumber_dana_tkd.csv")
"""Funding sources (code prefix) whose transfers KMK 29/2025 adjusts, with ``jenis`` and ``catatan``."""
priority_fields = partial(_table, "bidang_prioritas.csv")
"""Priority sector of SE Mendagri 900/833/SJ by prefix of bidang urusan or program; the mapping is a judgement."""

keywords: Callable[[], dict[str, dict[str, list[str]]]] = partial(_entries, "kata_kunci.toml")
"""Words on sub kegiatan and paket by category: ``kata``, ``kecuali``, ``pendukung`` (see the file)."""
published_sums = partial(_entries, "uji_terbit.toml")
"""Sums that published figures allow (``apbd``, ``efisiensi``) and the terms of the other checks (``suku``)."""
sentences: Callable[[], dict[str, str]] = partial(_entries, "kalimat.toml")
"""Patterns of the sentences of analysis by code."""
pages = partial(_entries, "halaman.toml")
"""Fixed sentences of pages by page: method, limits and meanings, which are words only."""


def pefa_outturn() -> tuple[tuple[float, float], ...]:
    """Lowest and highest spending of A, B, C in per cent of the original budget for PEFA PI-1 (source in the file)."""
    return tuple((low, high) for low, high in _entries("pefa.toml")["pi_1"]["bands"])


def pefa_composition() -> tuple[float, ...]:
    """Upper limits in per cent of A, B, C for PEFA PI-2.1 (its source stands in the file)."""
    return tuple(_entries("pefa.toml")["pi_2_1"]["limits"])


def scales() -> tuple[str, ...]:
    """Names of the predicate scales."""
    return tuple(_entries("skala.toml"))


@cache
def scale(name: str) -> Scale:
    """Predicate scale ``name``: ``permendagri_86_2017`` or ``akip``.

    Raises
    ------
    ValueError
        No such scale; the known ones are listed.
    """
    data = _entries("skala.toml")
    if name not in data:
        raise ValueError(f"skala {name!r} tidak dikenal; yang ada: {', '.join(data)}")
    entry = data[name]
    gaps = tuple((low, high) for low, high in entry["gaps"])
    labels, limits = tuple(entry["labels"]), tuple(entry["limits"])
    return Scale(name, labels, limits, entry["is_open"], gaps, entry["source"], entry["note"])
