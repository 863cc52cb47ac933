"""Shipped facts, each with its legal basis: efficiency categories, the S-37 list, predicate scales."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
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
def _csv(name: str) -> pd.DataFrame:
    with (files("pkanalysis.reference") / name).open(encoding="utf-8") as stream:
        return pd.read_csv(stream, dtype="str", keep_default_na=False)


def efficiency_categories() -> pd.DataFrame:
    """Account prefixes with ``kategori``, ``keyakinan``, ``is_sasaran``, ``angka``, ``kategori_s37`` and sentences.

    Codes and names were seen in public account lists; the category and its certainty are a
    reading of Inpres 1/2025 diktum KEEMPAT and SE Mendagri 900/833/SJ (column ``dasar``).
    """
    return _csv("kategori_efisiensi.csv").copy()


def spending_kinds() -> pd.DataFrame:
    """Kinds of spending (jenis belanja): account prefix and name."""
    return _csv("jenis_belanja.csv").copy()


def s37() -> pd.DataFrame:
    """The 16 items of S-37/MK.02/2025 with their percentages: for ministries only, never a test of a region."""
    return _csv("kategori_s37.csv").copy()


def directive() -> pd.DataFrame:
    """The seven points of Inpres 1/2025 diktum KEEMPAT: ``angka``, ``kunci``, ``ketentuan`` and ``dasar``.

    Which account belongs to which point stands in :func:`efficiency_categories` (``angka``).
    """
    return _csv("diktum_keempat.csv").copy()


def transfer_sources() -> pd.DataFrame:
    """Funding sources (code prefix) whose transfers KMK 29/2025 adjusts, with ``jenis`` and ``catatan``."""
    return _csv("sumber_dana_tkd.csv").copy()


def priority_fields() -> pd.DataFrame:
    """Priority sector of SE Mendagri 900/833/SJ by prefix of bidang urusan or program; the mapping is a judgement."""
    return _csv("bidang_prioritas.csv").copy()


@cache
def keywords() -> dict[str, dict[str, list[str]]]:
    """Words on sub kegiatan and paket by category: ``kata``, ``kecuali``, ``pendukung`` (see the file)."""
    return _toml("kata_kunci.toml")


def pefa_outturn() -> tuple[tuple[float, float], ...]:
    """Lowest and highest spending of A, B, C in per cent of the original budget for PEFA PI-1 (source in the file)."""
    return tuple((low, high) for low, high in _toml("pefa.toml")["pi_1"]["bands"])


def pefa_composition() -> tuple[float, ...]:
    """Upper limits in per cent of A, B, C for PEFA PI-2.1 (its source stands in the file)."""
    return tuple(_toml("pefa.toml")["pi_2_1"]["limits"])


def published_sums() -> dict[str, Any]:
    """Sums that published figures allow (``apbd``, ``efisiensi``) and the terms of the other checks (``suku``)."""
    return _toml("uji_terbit.toml")


def sentences() -> dict[str, str]:
    """Patterns of the sentences of analysis by code."""
    return _toml("kalimat.toml")


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files("pkanalysis.reference") / name).read_text(encoding="utf-8"))


def _scales() -> dict[str, Any]:
    return _toml("skala.toml")


def scales() -> tuple[str, ...]:
    """Names of the predicate scales."""
    return tuple(_scales())


@cache
def scale(name: str) -> Scale:
    """Predicate scale ``name``: ``permendagri_86_2017`` or ``akip``.

    Raises
    ------
    ValueError
        No such scale; the known ones are listed.
    """
    data = _scales()
    if name not in data:
        raise ValueError(f"skala {name!r} tidak dikenal; yang ada: {', '.join(data)}")
    entry = data[name]
    gaps = tuple((low, high) for low, high in entry["gaps"])
    labels, limits = tuple(entry["labels"]), tuple(entry["limits"])
    return Scale(name, labels, limits, entry["is_open"], gaps, entry["source"], entry["note"])
