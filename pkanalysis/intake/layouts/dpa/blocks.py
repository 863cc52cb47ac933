"""Blocks of a DPA: per sub kegiatan its accounts of every level, its months, and its printed total."""

from __future__ import annotations

from dataclasses import dataclass, field

from pkanalysis import codes
from pkanalysis.intake.layouts.dpa.heads import Head

LEAF = len(codes.ACCOUNT_WIDTHS)


@dataclass(frozen=True)
class Account:
    """An account of any level with its amount (Rp), and per funding source the amount of its components."""

    sheet: str
    row: int
    code: str
    name: str
    amount: int
    sources: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> codes.Key:
        """Segment integers of the code."""
        return codes.key(self.code)


@dataclass(frozen=True)
class Month:
    """One month of the cash plan (Rp)."""

    sheet: str
    row: int
    number: int
    amount: int


@dataclass(frozen=True)
class Slip:
    """A line whose printed difference is not the one between its amounts before and after."""

    sheet: str
    row: int
    code: str
    values: tuple[int, int, int]


@dataclass
class Block:
    """One sub kegiatan; ``total`` is the printed one, missing when the document ends before it.

    ``slips`` are lines of a changed document (DPPA) whose three amounts contradict each other.
    """

    head: Head
    accounts: list[Account] = field(default_factory=list)
    months: list[Month] = field(default_factory=list)
    total: int | None = None
    slips: list[Slip] = field(default_factory=list)

    @property
    def leaves(self) -> list[Account]:
        """Accounts of level 6."""
        return [account for account in self.accounts if len(account.key) == LEAF]

    @property
    def sheet(self) -> str:
        """Page of the first account."""
        return self.accounts[0].sheet

    @property
    def place(self) -> str:
        """Line of the first account."""
        return f"baris {self.accounts[0].row}"
