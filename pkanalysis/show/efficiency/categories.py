"""Tables with what no account shows below them, and the sentence in the place of a table without rows."""

from __future__ import annotations

from dataclasses import replace

from pkanalysis.show.blocks import Note, Phrase, Table
from pkanalysis.show.efficiency.comparison import Comparison


def noted(pair: Comparison, table: Table, is_by_account: bool = True) -> Table | Note:
    """The table with the hidden amount in its note, or the reason why it cannot be made."""
    said = table.note if isinstance(table.note, Phrase) else Phrase(table.note)
    return pair.refused(table.id, is_by_account) or replace(table, note=pair.note(said.pattern, **said.values))


def or_sentence(table: Table, none: str) -> Table | Note:
    """The table, or one sentence where it has no rows.

    Examples
    --------
    >>> or_sentence(Table("tkd", "Pengurangan", False), "Tidak ada.").items[0].pattern
    'Tidak ada.'
    """
    return table if table.rows else Note(table.id, "", table.is_sample, items=(Phrase(none),))
