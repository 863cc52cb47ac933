"""Blocks of a DPA: per sub kegiatan its accounts of every level, its months, and its printed total."""

from __future__ import annotations

from dataclasses import dataclass, field

from pkanalysis import codes
from pkanalysis.intake.dpa import forms
from pkanalysis.intake.dpa.heads import Head, Heading, heading
from pkanalysis.intake.sheets import Book

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


@dataclass
class Block:
    """One sub kegiatan; ``total`` is the printed one, missing when the document ends before it."""

    head: Head
    accounts: list[Account] = field(default_factory=list)
    months: list[Month] = field(default_factory=list)
    total: int | None = None

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


def blocks(book: Book) -> list[Block]:
    """Blocks that have accounts of level 6, in order."""
    reader = _Reader()
    for sheet, rows in book.sheets.items():
        for row, cells in enumerate(rows, 1):
            reader.take(sheet, row, str(cells[0]))
    return [block for block in reader.blocks if block.leaves]


@dataclass
class _Reader:
    """State while the lines go by: the head, and what the next line may go on with."""

    head: Head = field(default_factory=Head)
    blocks: list[Block] = field(default_factory=list)
    label: str = ""
    started: forms.Opening | None = None
    source: str = ""
    is_group: bool = False
    is_plan: bool = False
    waiting: str = ""

    def take(self, sheet: str, row: int, line: str) -> None:
        """Understand one line."""
        line, self.waiting = f"{self.waiting} {line}".strip(), ""
        if forms.is_table_head(line):
            self.label = ""
        elif self.blocks and (self._plan(sheet, row, line) or self._component(line)):
            return
        elif not self._head(line) and self.blocks:
            self._account(sheet, row, line)

    def _plan(self, sheet: str, row: int, line: str) -> bool:
        """The printed total, and the months that follow it."""
        block = self.blocks[-1]
        if (value := forms.total(line)) is not None:
            block.total, self.is_plan = value, True
            return True
        self.is_plan = self.is_plan or forms.is_plan_title(line)
        if self.is_plan and forms.is_month(line):
            self.waiting = line
        elif self.is_plan and (found := forms.month_amount(line)):
            block.months.append(Month(sheet, row, *found))
        else:
            return False
        return True

    def _head(self, line: str) -> bool:
        """A labelled line of the head, or the second line of its name."""
        item = heading(line)
        if item is None:
            is_more = bool(self.label) and not forms.amounts(line) and not forms.opening(line)
            self.label = self.label if is_more else ""
            if is_more:
                self.head.extend(self.label, line)
            return is_more
        self._note(item)
        return True

    def _note(self, item: Heading) -> None:
        """Take a label; a block keeps the head that stood above it, and the same head on a new page is no new block."""
        self.label = item.label
        if item.label == "sub_kegiatan" and self.blocks and self.blocks[-1].head.code("sub_kegiatan") == item.code:
            self.label = ""
            return
        if item.label not in ("", "sumber"):
            self.head = self.head.copy()
        self.head.note(item)
        if item.label == "sub_kegiatan":
            self.blocks.append(Block(self.head))
            self.started, self.is_plan = None, False

    def _component(self, line: str) -> bool:
        """Lines of a component group: ``[ # ] name``, its source, and the group's amount."""
        if line.startswith("["):
            self.is_group, self.source, self.started = line.startswith(("[ # ]", "[#]")), "", None
        elif found := forms.SOURCE.search(line):
            self.source = found[1].split("Rp")[0].strip()
        elif not (self.is_group and self.source and line.startswith("Rp")):
            return False
        self._group_amount(line)
        return True

    def _group_amount(self, line: str) -> None:
        """Book the amount of a group under its source; a group that prints its amount first waits for the source."""
        values = forms.amounts(line)
        if not (self.is_group and self.source and values and self.blocks[-1].accounts):
            return
        sources = self.blocks[-1].accounts[-1].sources
        sources[self.source] = sources.get(self.source, 0) + values[-1]
        self.is_group = False

    def _account(self, sheet: str, row: int, line: str) -> None:
        """An account on one line, or over several until its amount comes."""
        found = forms.opening(line)
        if found is None and self.started:
            found = forms.Opening(self.started.code, f"{self.started.rest} {line}")
        if found is None:
            return
        values = forms.amounts(found.rest)
        self.started = None if values else found
        if len(values) == 1 and self._fits(found.code):
            name = forms.RUPIAH.sub("", found.rest).strip()
            self.blocks[-1].accounts.append(Account(sheet, row, found.code, name, values[0]))

    def _fits(self, code: str) -> bool:
        """Whether the parent was written before it, and the account was not; components that look like one fail."""
        key = codes.key(code)
        known = {account.key for account in self.blocks[-1].accounts}
        return key not in known and (len(key) == 1 or key[:-1] in known)
