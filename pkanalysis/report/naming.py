"""File names of reports: the abbreviation as people know it, safe on Windows, one per OPD."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

SAMPLE = "_CONTOH"
"""What ends the file name of every page on the sample."""


def slugs(abbreviations: Mapping[str, str]) -> dict[str, str]:
    """A unique slug for every OPD code.

    Parameters
    ----------
    abbreviations : mapping
        ``kode_opd`` -> ``singkatan``, which may be empty, clash or hold any character.

    Examples
    --------
    >>> slugs({"X1.02": "DINKES", "X1.03": "Kec. Jelutung", "X7.03": "kec jelutung", "X9": ""})
    {'X1.02': 'DINKES', 'X1.03': 'KEC_JELUTUNG_X1', 'X7.03': 'KEC_JELUTUNG_X7', 'X9': 'X9'}
    """
    every = {code: plain(name) or plain(code) for code, name in abbreviations.items()}
    groups: dict[str, list[str]] = {}
    for code, slug in every.items():
        groups.setdefault(slug, []).append(code)
    return {
        code: slug if len(groups[slug]) == 1 else f"{slug}_{plain(_own_part(code, groups[slug]))}"
        for code, slug in every.items()
    }


def plain(text: str) -> str:
    """Text as a part of a file name: capitals, digits, points and underscores."""
    return re.sub(r"[^A-Z0-9.]+", "_", text.upper().replace(". ", " ")).strip("_.")


def beside(page: str, form: str) -> str:
    """Name of the file in another format beside a page; that of an annex says so, before the sample mark.

    Examples
    --------
    >>> beside("DINKES_2025_TW3_CONTOH.html", "pdf"), beside("DINKES_2025_TW3.html", "lampiran.pdf")
    ('DINKES_2025_TW3_CONTOH.pdf', 'DINKES_2025_TW3_LAMPIRAN.pdf')
    >>> beside("DINKES_2025_TW3_CONTOH.html", "lampiran.pdf")
    'DINKES_2025_TW3_LAMPIRAN_CONTOH.pdf'
    """
    word, _, suffix = form.rpartition(".")
    stem, mark = page.removesuffix(".html"), SAMPLE if page.endswith(f"{SAMPLE}.html") else ""
    return f"{stem.removesuffix(mark)}{f'_{word.upper()}' if word else ''}{mark}.{suffix}"


def _own_part(code: str, clashing: list[str]) -> str:
    """The segments of the code without those that all the clashing ones share at either end."""
    every = [item.split(".") for item in clashing]
    start = len(_shared(every))
    end = len(_shared([item[start:][::-1] for item in every]))
    return ".".join(code.split(".")[start : len(code.split(".")) - end]) or code


def _shared(lists: list[list[str]]) -> list[str]:
    return [items[0] for items in itertools.takewhile(lambda items: len(set(items)) == 1, zip(*lists, strict=False))]
