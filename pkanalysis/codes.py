"""Account and activity codes, read by segment integers and never by character position.

``5.1.02.04.01.0001``, ``5.1.02.04.001.00001``, ``510204010001`` and ``5.1.2.04.01.0001`` are one
account; the raw text is kept elsewhere, the key is the tuple of segment integers.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

import pandas as pd

Key = tuple[int, ...]

ACCOUNT_WIDTHS = (1, 1, 2, 2, 2, 4)
ACTIVITY_WIDTHS = (1, 2, 2, 1, 2, 4)
OFFICE_WIDTHS = (1, 2, 1, 2, 1, 2, 2, 4)
UNDOTTED = {12: ACCOUNT_WIDTHS, 14: (1, 1, 2, 2, 3, 5)}

KINDS = {4: (1, 2, 3), 5: (1, 2, 3, 4), 6: (1, 2)}
"""Kelompok per akun (Kepmendagri 900.1.15.5-1317/2023): pendapatan, belanja, pembiayaan."""
LAST_TYPE = {1: 6, 2: 6, 3: 1, 4: 2}
"""The last jenis of each kelompok of belanja (the same decree): operasi, modal, tidak terduga, transfer."""

_DOTTED = re.compile(r"\d{1,5}(\.\d{1,5})*")
_OLD_2019 = re.compile(r"\d\.\d\.\d{1,2}\.\d{2}\.\d{2}\.\d{3}")
_OFFICE = re.compile(r"(X?)(\d{15}|\d{1,2}(?:\.\d{1,4}){1,7})")
_PLACEHOLDER = re.compile(r"X\.XX(?=\.|$)", re.IGNORECASE)


def clean(code: str) -> str:
    r"""Take out spaces, NBSP, line breaks, an apostrophe in front and a trailing dot.

    Examples
    --------
    >>> clean("5.1.02.04.\xa0\n")
    '5.1.02.04'
    """
    return re.sub(r"\s+", "", code).lstrip("'").rstrip(".")


def key(code: str) -> Key:
    """Segment integers of a dotted code, or of an undotted account of 12 or 14 digits.

    Parameters
    ----------
    code : str
        The code as written.

    Returns
    -------
    tuple of int
        Empty when the text is not a code.

    Examples
    --------
    >>> for written in ("5.1.02.04.001.00001", "5.1.02.04.01.0001 ", "510204010001", "51020400100001"):
    ...     print(key(written))
    (5, 1, 2, 4, 1, 1)
    (5, 1, 2, 4, 1, 1)
    (5, 1, 2, 4, 1, 1)
    (5, 1, 2, 4, 1, 1)
    >>> key("5.1.2.02.01.0007"), key("5.1.02.04. "), key("Belanja")
    ((5, 1, 2, 2, 1, 7), (5, 1, 2, 4), ())
    """
    text = clean(code)
    if text.isascii() and text.isdigit() and len(text) in UNDOTTED:
        return tuple(map(int, _cut(text, UNDOTTED[len(text)])))
    if not text.isascii() or not _DOTTED.fullmatch(text):
        return ()
    return tuple(int(segment) for segment in text.split("."))


def keys(series: pd.Series) -> pd.Series:
    """:func:`key` of every code in ``series`` (each distinct code is parsed once).

    Examples
    --------
    >>> keys(pd.Series(["5.1.02", "5.1.02.04"])).tolist()
    [(5, 1, 2), (5, 1, 2, 4)]
    """
    known = {code: key(code) for code in series.dropna().unique()}
    return pd.Series([known.get(code, ()) for code in series], index=series.index, name=series.name, dtype=object)


def canonical(code: str, widths: tuple[int, ...] = ACCOUNT_WIDTHS) -> str:
    """The account in the form 1.1.2.2.2.4 (``widths``); text that is not an account comes back cleaned only.

    Examples
    --------
    >>> canonical("51020400100001"), canonical("5.1.2.04"), canonical("tanpa kode")
    ('5.1.02.04.01.0001', '5.1.02.04', 'tanpakode')
    """
    segments = key(code)
    if not segments or len(segments) > len(widths):
        return clean(code)
    return ".".join(str(part).zfill(width) for part, width in zip(segments, widths, strict=False))


def canonical_activity(code: str) -> str:
    """The programme, kegiatan or sub kegiatan in the form 1.2.2.1.2.4, so that 2- and 4-digit ends agree.

    Examples
    --------
    >>> canonical_activity("3.27.07.1.02.02"), canonical_activity("3.27.7.1.02.0002"), canonical_activity("X.XX.01")
    ('3.27.07.1.02.0002', '3.27.07.1.02.0002', 'X.XX.01')
    >>> canonical_activity("327071020002")
    '3.27.07.1.02.0002'
    """
    text = clean(code)
    if len(text) == sum(ACTIVITY_WIDTHS) and text.isascii() and text.isdigit():
        text = ".".join(_cut(text, ACTIVITY_WIDTHS))
    return canonical(text, ACTIVITY_WIDTHS)


def canonical_office(code: str) -> str:
    """The SKPD or sub unit in the form 1.2.1.2.1.2.2.4; other text comes back as it is, a part of a code cleaned.

    Examples
    --------
    >>> canonical_office("1.2.0.0.0.0.1.0"), canonical_office("1.02.0.00. 0.00.01.0000."), canonical_office("Dinas A")
    ('1.02.0.00.0.00.01.0000', '1.02.0.00.0.00.01.0000', 'Dinas A')
    >>> canonical_office("102000000010000"), canonical_office("X1.2.0.0.0.0.1.0"), canonical_office("1.02.01. ")
    ('1.02.0.00.0.00.01.0000', 'X1.02.0.00.0.00.01.0000', '1.02.01')
    """
    found = _OFFICE.fullmatch(clean(code))
    if not found:
        return code
    mark, digits = found.groups()
    parts = digits.split(".") if "." in digits else _cut(digits, OFFICE_WIDTHS)
    is_whole = len(parts) == len(OFFICE_WIDTHS)
    return mark + ".".join(
        part.zfill(width) if is_whole else part for part, width in zip(parts, OFFICE_WIDTHS, strict=False)
    )


def _cut(digits: str, widths: tuple[int, ...]) -> list[str]:
    """Digits in pieces of ``widths`` where they are as many; else in one piece."""
    if len(digits) != sum(widths):
        return [digits]
    ends = [sum(widths[: place + 1]) for place in range(len(widths))]
    return [digits[end - width : end] for end, width in zip(ends, widths, strict=True)]


def is_prefix(prefix: Key, code: Key) -> bool:
    """Whether ``prefix`` covers ``code``, at segment boundaries.

    Examples
    --------
    >>> is_prefix(key("5.1.02.02"), key("5.1.02.02.12.0003")), is_prefix(key("5.1.02.02"), key("5.1.02.20.01"))
    (True, False)
    """
    return 0 < len(prefix) <= len(code) and code[: len(prefix)] == prefix


def longest_prefix(code: Key, prefixes: Container[Key]) -> Key:
    """The longest of ``prefixes`` (a set, an index, …) that covers ``code``; empty when none does.

    Examples
    --------
    >>> longest_prefix((5, 1, 2, 4, 1, 1), {(5, 1), (5, 1, 2, 4), (5, 1, 2, 20)})
    (5, 1, 2, 4)
    """
    return next((code[:size] for size in range(len(code), 0, -1) if code[:size] in prefixes), ())


def is_account(code: str) -> bool:
    """Whether the text is a full belanja or pembiayaan account (six segments, akun 4-6).

    Examples
    --------
    >>> is_account("5.2.02.05.002.000"), is_account("3.27.07.1.02.02"), is_account("5.1.02")
    (True, False, False)
    """
    segments, written = key(code), clean(code).split(".")
    if len(segments) != len(ACCOUNT_WIDTHS) or segments[0] not in (4, 5, 6) or segments[1] > 9:
        return False
    return len(written) == 1 or len(written[1]) == 1  # an activity has two digits there: 5.01.… against 5.1.…


def is_known_kind(account: Key) -> bool:
    """Whether akun and kelompok of an account, and of belanja its jenis too, are among the official ones.

    Examples
    --------
    >>> is_known_kind((5, 1, 2)), is_known_kind((5,)), is_known_kind((5, 9, 1)), is_known_kind((7, 1))
    (True, True, False, False)
    >>> is_known_kind((5, 1, 9, 1)), is_known_kind((5, 2, 6))
    (False, True)
    """
    kinds = KINDS.get(account[0], ())
    if len(account) == 1 or account[1] not in kinds:
        return len(account) == 1 and bool(kinds)
    return account[0] != 5 or len(account) == 2 or 1 <= account[2] <= LAST_TYPE[account[1]]


def is_2019_numbering(accounts: Iterable[str]) -> bool:
    """Whether the accounts follow Permendagri 90/2019: three digits at the end, two before them.

    That numbering means other accounts, so such a file is refused as a whole. A few such codes
    among others are slips of the pen, not that numbering.

    Examples
    --------
    >>> is_2019_numbering(["5.1.02.04.01.001"]), is_2019_numbering(["5.1.02.04.001.00001", "5.2.02.05.002.000"])
    (True, False)
    """
    written = [clean(code) for code in set(accounts) if is_account(code)]
    return 2 * sum(bool(_OLD_2019.fullmatch(code)) for code in written) > len(written)


def is_2006_numbering(accounts: Iterable[str]) -> bool:
    """Whether the accounts follow Permendagri 13/2006: five segments at most, jenis with one digit.

    There 5.1 is belanja tidak langsung and 5.2 belanja langsung, so such codes mean other things.
    Unpadded accounts of today (``5.1.2.1.1.24``) have a sixth segment somewhere in the file.

    Examples
    --------
    >>> is_2006_numbering(["5.2", "5.2.2", "5.2.2.15.01"]), is_2006_numbering(["5.1", "5.1.2", "5.1.2.1.1.24"])
    (True, False)
    >>> is_2006_numbering(["5", "5.1", "5.1.02", "5.1.02.04"])
    False
    """
    written = [clean(code).split(".") for code in set(accounts) if key(code)]
    long = [segments for segments in written if len(segments) >= 3]
    if any(len(segments) > 5 for segments in long):
        return False
    return 2 * sum(len(segments[2]) == 1 for segments in long) > len(long)


def is_placeholder(code: str) -> bool:
    """Whether the code starts with ``X.XX``, which stands for the SKPD's own bidang urusan.

    Examples
    --------
    >>> is_placeholder("X.XX.01.2.06.0009"), is_placeholder("X.5.01.0.00")
    (True, False)
    """
    return bool(_PLACEHOLDER.match(clean(code)))


def resolve(code: str, bidang: str) -> str:
    """Put the bidang urusan in place of ``X.XX``.

    Examples
    --------
    >>> resolve("X.XX.01.1.06.0009", "3.27")
    '3.27.01.1.06.0009'
    """
    return _PLACEHOLDER.sub(bidang, clean(code), count=1) if bidang else clean(code)
