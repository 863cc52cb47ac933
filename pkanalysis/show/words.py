"""Words that reports print for stored values: those of the vocabulary, and what is said where there is none."""

from __future__ import annotations

import pandas as pd

from pkanalysis import vocabulary
from pkanalysis.vocabulary import LABELS, LONG_PERIODS, SHORT_MONTHS, STAGES, WORDS

PERIODS, SHORT_PERIODS, MONTHS = LONG_PERIODS, vocabulary.SHORT_PERIODS, SHORT_MONTHS
NOT_DELIVERED = "Belum disampaikan OPD"
NOT_YET = "belum disampaikan OPD"
"""The same inside a sentence."""
NOT_FILLED = "Belum diisi OPD"
_REACHED = {True: "tercapai", False: "belum tercapai"}

COMPARISON = "pembanding APBN"
CERTAINTIES, SECTORS, FLAGS = WORDS["keyakinan"], WORDS["sektor"], WORDS["bendera"]
LINE_STATUSES, TRAVEL_STATUSES, TRAVEL_KINDS = (
    WORDS[name] for name in ("status_baris", "status_perjalanan", "jenis_perjalanan")
)
CEILING_STATUSES, RATE_STATUSES, DIRECTIONS, USES, MEASURES = (
    WORDS[name] for name in ("status_pagu", "status_tarif", "arah_neto", "varian_c", "ukuran")
)
REASONS = LABELS["sebab"] | {
    "tkd_menurut_sumber_dana": "TKD menurut sumber dana (sebab belum diisi)",
    "pos_sasaran_inpres": "Berkurang pada pos sasaran Inpres (sebab belum diisi)",
    "": "Belum diisi OPD",
}
_LISTS = LABELS | {"tahap": STAGES}
_UPPER = {"atk": "ATK", "rt": "rumah tangga", "bbm": "BBM", "fgd": "FGD", "kl": "K/L", "asn": "ASN"}
_UPPER |= {name: name.upper() for name in ("skpd", "tkd", "spm", "apbn", "pmk", "pefa")}


def reached(verdicts: pd.Series) -> list[str]:
    """Whether each target was reached, in words; a dash where that is not known.

    Examples
    --------
    >>> reached(pd.Series([True, None, False], dtype="boolean"))
    ['tercapai', '–', 'belum tercapai']
    """
    return ["–" if pd.isna(done) else _REACHED[bool(done)] for done in verdicts]


def category(code: str) -> str:
    """An efficiency category as words inside a sentence.

    Examples
    --------
    >>> category("atk_bahan_kantor"), category("perjalanan_dinas")
    ('ATK bahan kantor', 'perjalanan dinas')
    """
    return " ".join(_UPPER.get(word, word) for word in code.split("_"))


def heading(text: str) -> str:
    """Text with a capital first letter, the rest as it is.

    Examples
    --------
    >>> heading(category("perjalanan_dinas"))
    'Perjalanan dinas'
    """
    return text[:1].upper() + text[1:]


def stored(kind: str, code: str | None, absent: str = "–") -> str:
    """The word for a stored value of one of the workbook's lists.

    Examples
    --------
    >>> stored("polaritas", "turun_baik"), stored("alasan", None, NOT_FILLED)
    ('Makin rendah makin baik', 'Belum diisi OPD')
    """
    return _LISTS[kind].get(code, code) if isinstance(code, str) and code else absent


def distinct(names: pd.Series, codes: pd.Series) -> list[str]:
    """Names that tell their rows apart: a name that stands twice gets its code behind it.

    Examples
    --------
    >>> distinct(pd.Series(["IKM", "IKM", "SPBE"]), pd.Series(["A1", "A2", "B"]))
    ['IKM (A1)', 'IKM (A2)', 'SPBE']
    """
    coded = names + " (" + codes + ")"
    return names.mask(names.duplicated(keep=False), coded).tolist()


def agreement(document: str, number: int) -> str:
    """The name of an agreement with its number where there are several.

    Examples
    --------
    >>> agreement("pk", 0), agreement("pk_perubahan", 1), agreement("pk_perubahan", 2)
    ('PK', 'PK Perubahan', 'PK Perubahan ke-2')
    """
    return stored("dokumen", document) + (f" ke-{number}" if number > 1 else "")
