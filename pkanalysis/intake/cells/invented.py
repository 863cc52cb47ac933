"""Stable stand-ins for codes that a file does not have, made of the names that it does."""

from __future__ import annotations

import hashlib

from pkanalysis.intake.files.sheets import normal


def indicator_code(office: str, kind: str, *names: str) -> str:
    """Code of an indicator; the same office and names give the same code, in whatever case and spacing.

    Examples
    --------
    >>> indicator_code("DINAS-UJI", "IKU", "ANGKA  kemiskinan")
    'DINAS-UJI-IKU-71f1401a'
    """
    digest = hashlib.sha256("/".join(map(normal, names)).encode("utf-8")).hexdigest()
    return f"{office}-{kind}-{digest[:8]}"
