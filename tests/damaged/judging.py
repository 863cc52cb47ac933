"""Holding the findings of an import against what was planted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from damaged.planting import Defect
from pkanalysis.intake.findings import Finding


@dataclass(frozen=True)
class Verdict:
    """What became of the planted defects: each with its finding, or ``None``; and findings on clean cells."""

    planted: dict[Defect, Finding | None]
    strays: list[Finding]

    @property
    def found(self) -> int:
        """Number of planted defects that were found."""
        return sum(finding is not None for finding in self.planted.values())


def judge(planted: Iterable[Defect], findings: Iterable[Finding]) -> Verdict:
    """Match every defect with a finding of its severity at its place, and every finding with a defect.

    A defect counts as found only when a finding stands at each of its places. A finding is no stray when it
    stands at such a place, or in a planted line; notes (``catatan``) about a whole sheet, block or file are none.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    verdicts = {defect: _found(defect, by_file.get(defect.file, [])) for defect in planted}
    files: dict[str, list[Defect]] = {}
    for defect in verdicts:
        files.setdefault(defect.file, []).append(defect)
    every = [finding for own in by_file.values() for finding in own]
    strays = [finding for finding in every if not _is_due(finding, files.get(finding.file, []))]
    return Verdict(verdicts, strays)


def _found(defect: Defect, findings: list[Finding]) -> Finding | None:
    own = [finding for finding in findings if finding.sheet == defect.sheet]
    first = (each for each in own if (each.place, each.severity) == (defect.places[0], defect.severity))
    return next(first, None) if set(defect.places) <= {each.place for each in own} else None


def _is_due(finding: Finding, defects: list[Defect]) -> bool:
    if finding.severity == "catatan" and (not finding.place or finding.place.startswith("blok")):
        return True
    places = {place for defect in defects if defect.sheet == finding.sheet for place in defect.places}
    return finding.place in places or f"baris {re.sub(r'[A-Z ]+', '', finding.place.upper())}" in places
