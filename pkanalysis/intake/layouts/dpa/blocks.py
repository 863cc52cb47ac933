"""Blocks of a DPA: per sub kegiatan its accounts of every level, its months, and its printed total.

Reading the lines of a DPA one by one into blocks, for one of the amounts that they print.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from pkanalysis import codes
from pkanalysis.intake.book import Book, normal
from pkanalysis.intake.dates import month
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.dpa import heads
from pkanalysis.intake.layouts.dpa.heads import Head

LEAF = len(codes.ACCOUNT_WIDTHS)


@dataclass(frozen=True)
class Account:
    """An account of any level with its amount (Rp), and per funding source the amount of its components.

    ``key`` are the segments of its code.
    """

    sheet: str
    row: int
    code: str
    key: codes.Key
    name: str
    amount: int
    sources: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Month:
    """One month of the cash plan (Rp)."""

    sheet: str
    row: int
    number: int
    amount: int


@dataclass
class Block:
    """One sub kegiatan; ``total`` is the printed one, missing when the document ends before it.

    ``slips`` tell the lines of a changed document (DPPA) whose printed difference is not the one between its amounts.
    """

    head: Head
    accounts: list[Account] = field(default_factory=list)
    months: list[Month] = field(default_factory=list)
    total: int | None = None
    slips: list[Finding] = field(default_factory=list)

    @property
    def leaves(self) -> list[Account]:
        """Accounts of level 6."""
        return [account for account in self.accounts if len(account.key) == LEAF]

    @property
    def at(self) -> tuple[str, str]:
        """Page and line of the first account."""
        return self.accounts[0].sheet, f"baris {self.accounts[0].row}"


def is_change(book: Book) -> bool:
    """Whether the document prints amounts before and after (DPPA): its first account has more than one."""
    for sheet in lines_of(book).values():
        for line in sheet:
            if (found := heads.opening(line, most=3)) and (values := heads.amounts(found.rest)):
                return len(values) > 1
    return False


def blocks(book: Book, place: int = 0) -> list[Block]:
    """Blocks that have accounts of level 6, in order.

    Parameters
    ----------
    book : Book
    place : int
        In a changed document, 0 for the amounts before and 1 for those after.
    """
    reader = _Reader(book.name, place if is_change(book) else None)
    for sheet, lines in lines_of(book).items():
        for row, line in enumerate(lines, 1):
            reader.take(sheet, row, line)
    return [block for block in reader.blocks if block.leaves]


def lines_of(book: Book) -> dict[str, list[str]]:
    """Lines per page, a label with its value together, and the amounts marked with Rp where the document marks none.

    The line of a value that stood under its label stays, empty, so that the numbers of the lines hold.
    """
    lines = {sheet: [str(row[0]) for row in rows] for sheet, rows in book.sheets.items()}
    for page in lines.values():
        for place, line in enumerate(page[1:], 1):
            if line.startswith(":") and normal(page[place - 1]) in heads.LABELS:
                page[place - 1 : place + 1] = [f"{page[place - 1]} {line}", ""]
    if any(heads.RUPIAH.search(line) for page in lines.values() for line in page):
        return lines
    return {
        sheet: [heads.BARE_MONTH.sub(r"\1\2Rp", heads.BARE.sub(r"Rp\1", line)) for line in page]
        for sheet, page in lines.items()
    }


@dataclass
class _Reader:
    """State while the lines go by: the head, and what the next line may go on with.

    ``place`` says which of the amounts of a changed document counts; ``None`` for a document of one stage.
    """

    file: str
    place: int | None
    head: Head = field(default_factory=heads.EMPTY.copy)
    blocks: list[Block] = field(default_factory=list)
    label: str = ""
    started: heads.Opening | None = None
    source: str = ""
    pending: int | None = None
    is_group: bool = False
    is_plan: bool = False
    waiting: str = ""

    def take(self, sheet: str, row: int, line: str) -> None:
        """Understand one line; the heading of the table comes back on every page."""
        line, self.waiting = f"{self.waiting} {line}".strip(), ""
        if heads.TABLE_HEAD.match(line):
            self.label = ""
        elif self.blocks and (self._plan(sheet, row, line) or self._component(line)):
            return
        elif not self._head(line) and self.blocks:
            self._account(sheet, row, line)

    def _plan(self, sheet: str, row: int, line: str) -> bool:
        """The printed total of the sub kegiatan, and the months that follow it, each perhaps above its amount."""
        block = self.blocks[-1]
        if heads.TOTAL.search(line) and (values := heads.amounts(line)):
            block.total, self.is_plan = self._chosen(values), True
            self._compare(sheet, row, "Jumlah Anggaran", values)
            return True
        self.is_plan = self.is_plan or bool(heads.PLAN.match(line) and not heads.amounts(line))
        if self.is_plan and month(line.rstrip(" :")) is not None:
            self.waiting = line
        elif self.is_plan and (found := heads.month_amounts(line)):
            block.months += [Month(sheet, row, number, self._chosen(values)) for number, values in found]
        else:
            return False
        return True

    def _head(self, line: str) -> bool:
        """A labelled line of the head, or the second line of its name.

        A block keeps the head that stood above it, and the same head on a new page is no new block.
        """
        item = heads.heading(line)
        if item is None and (not self.label or heads.amounts(line) or heads.opening(line)):
            self.label = ""
            return False
        if item is None:
            above = self.head[self.label]
            self.head[self.label] = replace(above, name=f"{above.name} {line}")
            return True
        is_block, self.label = item.label == "sub_kegiatan", item.label
        if is_block and self.blocks and self.blocks[-1].head["sub_kegiatan"].code == item.code:
            self.label = ""
        elif item.label == "sumber":
            self.head["sumber"] = item
        elif item.label:
            self.head = self.head | {item.label: item}
            if is_block:
                self.blocks.append(Block(self.head))
                self.started, self.is_plan = None, False
        return True

    def _component(self, line: str) -> bool:
        """Lines of a component group: ``[ # ] name``, its source, and the group's amount, in whatever order.

        The amount is booked under its source; a group that prints its amount first waits for the source.
        """
        if line.startswith("["):
            self.is_group, self.source, self.started = line.startswith(("[ # ]", "[#]")), "", None
            self.pending = None
        elif found := heads.SOURCE.search(line):
            self.source = found[1].split("Rp")[0].strip()
        elif not (self.is_group and self.source and line.startswith("Rp")):
            return False
        if values := heads.amounts(line):
            self.pending = values[-1] if self.place is None else self._chosen(values)
        if self.is_group and self.source and self.pending is not None and self.blocks[-1].accounts:
            sources = self.blocks[-1].accounts[-1].sources
            sources[self.source] = sources.get(self.source, 0) + self.pending
            self.is_group = False
        return True

    def _account(self, sheet: str, row: int, line: str) -> None:
        """An account on one line, or over several until its amounts come.

        Components that look like one have no parent before them, or its code was there already.
        """
        found = heads.opening(line, most=1 if self.place is None else 3)
        if found is None and self.started:
            found = heads.Opening(self.started.code, f"{self.started.rest} {line}")
        if found is None:
            return
        values, accounts = heads.amounts(found.rest), self.blocks[-1].accounts
        is_whole = len(values) == 1 if self.place is None else 1 < len(values) < 4
        self.started = None if values and (is_whole or self.place is None) else found
        key, known = codes.key(found.code), {account.key for account in accounts}
        if is_whole and key not in known and (len(key) == 1 or key[:-1] in known):
            name = heads.RUPIAH.sub("", found.rest).strip()
            accounts.append(Account(sheet, row, found.code, key, name, self._chosen(values)))
            self._compare(sheet, row, found.code, values)

    def _chosen(self, values: list[int]) -> int:
        """The amount that counts; a single one in a changed document holds for both stages."""
        return values[min(self.place or 0, len(values) - 1)]

    def _compare(self, sheet: str, row: int, code: str, values: list[int]) -> None:
        """Hold the printed difference against the amounts before and after."""
        if self.place is None or len(values) != 3:
            return
        before, after, difference = values
        if after - before != difference:
            at = (self.file, sheet, f"baris {row}", "Bertambah/(Berkurang)", str(difference))
            said = partial(finding, "DPA_SELISIH_SALAH", *at, kode=code)
            self.blocks[-1].slips.append(said(setelah=after, sebelum=before, selisih=after - before))
