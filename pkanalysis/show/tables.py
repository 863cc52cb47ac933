"""Tables by specification: a function gives rows, its specification says what the reader sees.

Headings, kinds, decimals and width of a column come from the data dictionary by its name
(:mod:`pkanalysis.frames`); a specification names the columns, and gives a heading only where it differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import pandas as pd

from pkanalysis import frames
from pkanalysis.frames import Column
from pkanalysis.show import words
from pkanalysis.show.blocks import Note, Phrase, Table
from pkanalysis.show.page import Page

if TYPE_CHECKING:
    from pkanalysis.store import Workspace

SUM = "Jumlah"
TOTAL = "is_jumlah"
"""Column of the rows that says which of them are totals; see :func:`with_total`."""
BUDGET, SPENDING, BOTH = "{anggaran}", "{belanja}", "{keduanya}"
"""Sources: the files that the budget, the spending, or both of this page came in."""

CHANGE = "pagu_sebelum_rp pagu_sesudah_rp pengurangan_rp penambahan_rp selisih_rp persen"
"""A budget before and after, as the Perda prints it, with gross decrease and increase apart."""
ACHIEVED = (
    "satuan", "target", "realisasi", Column("murni", "Capaian thd PK murni", "persen", 1),
    Column("perubahan", "Capaian thd PK Perubahan", "persen", 1),
)  # fmt: skip
"""An indicator against both PK versions."""

P = ParamSpec("P")
S = TypeVar("S", bound="Page | Workspace")
"""What a table is of: a page, or a workspace where no year and period matter."""
Label: TypeAlias = str | tuple[Any, ...]
LABEL = ("label", "kind", "decimals", "wide")
"""What a label that is a tuple says of its column, in order."""
Rows: TypeAlias = pd.DataFrame | Sequence[Sequence[Any]]
RowsOrBlock: TypeAlias = Rows | tuple[Rows, dict[str, Any]] | Table | Note
"""What a function of rows may give: rows, rows with what changes because of them, or a block as it is."""


@dataclass(frozen=True)
class Spec:
    """What the reader sees of a table; its fields are the parameters of :func:`table`."""

    name: str
    caption: str
    columns: str | Sequence[str | Column]
    note: str | Phrase = ""
    source: str = ""
    none: str = ""
    by: str = ""
    needs: str = ""
    unit: str = ""
    is_form: bool = False
    labels: Mapping[str, Label] = field(default_factory=dict)

    def __call__(self, rows_of: Callable[Concatenate[S, P], RowsOrBlock]) -> Callable[Concatenate[S, P], Table | Note]:
        """Make a block of the rows that a function of the page gives."""

        @wraps(rows_of)
        def block(page: S, /, *args: P.args, **more: P.kwargs) -> Table | Note:
            if self.needs and isinstance(page, Page) and (refused := page.refused(self.name, self.needs == "accounts")):
                return refused
            given = rows_of(page, *args, **more)
            if isinstance(given, Table | Note):
                return given
            rows, changes = given if isinstance(given, tuple) and given and isinstance(given[-1], dict) else (given, {})
            return self.block(page, rows, **changes)

        return block

    def block(self, page: Page | Workspace, rows: Rows, **changes: Any) -> Table | Note:
        """The table of these rows; ``changes`` are fields of the specification, or values that its texts name.

        Below a comparison of stages the note also says what no account shows.
        """
        own = {name: changes.pop(name) for name in list(changes) if name in self.__dataclass_fields__}
        spec = replace(self, **own | {"labels": {**self.labels, **own.get("labels", {})}})
        named, note = changes, spec.note
        if isinstance(page, Page):
            compared = " → ".join(map(page.stage_name, page.step.codes))
            named = {"periode": page.period_short, "tahun": str(page.year), "langkah": compared}
            named |= {"anggaran": page.budget_source, "belanja": page.spending_source, "keduanya": page.sources()}
            named |= changes
        caption = _filled(spec.caption, named)
        if spec.none and not len(rows):
            said = Phrase(_filled(spec.none, named | {"judul": caption}))
            return Note(spec.name, "", page.is_sample, items=(said,))
        if isinstance(note, str):
            used = {name: value for name, value in changes.items() if f"{{{name}}}" in note}
            note = Phrase(note, used) if used or spec.needs else note
        if spec.needs and isinstance(note, Phrase) and isinstance(page, Page):
            note = page.note(note.pattern, **note.values)
        columns = [replace(item, label=_filled(item.label, named)) for item in specified(spec.columns, spec.labels)]
        if isinstance(rows, pd.DataFrame):
            rows = rows.sort_values(spec.by, ascending=False, kind="stable") if spec.by else rows
            rows = with_names(page, rows, {column.name for column in columns}) if isinstance(page, Page) else rows
            totals = [place for place, flag in enumerate(rows[TOTAL]) if flag is True] if TOTAL in rows else []
            frame = rows[[column.name for column in columns]].astype(object)
            cells = tuple(frame.itertuples(index=False, name=None))
        else:
            cells, totals = tuple(map(tuple, rows)), [i for i, row in enumerate(rows) if str(row[0]) == SUM]
        return Table(
            spec.name, caption, page.is_sample, _filled(spec.source, named), note, spec.unit,
            columns=tuple(columns), rows=cells, totals=tuple(totals), is_form=spec.is_form,
        )  # fmt: skip


def table(
    name: str,
    caption: str,
    columns: str | Sequence[str | Column],
    note: str | Phrase = "",
    *,
    source: str = "",
    none: str = "",
    by: str = "",
    needs: str = "",
    unit: str = "",
    is_form: bool = False,
    **labels: Label,
) -> Spec:
    """The specification of a table, and the decorator of the function that gives its rows.

    Parameters
    ----------
    name, caption, note, source, unit : str
        What stands in the block. Caption, headings, source and ``none`` may name ``{periode}``, ``{tahun}``,
        ``{anggaran}``, ``{belanja}``, ``{keduanya}``, ``{langkah}`` and values that come with the rows; a note
        names values only.
    columns : str or sequence
        Names of the columns, known to :mod:`pkanalysis.frames` or in ``labels``.
    none : str
        The sentence in the place of a table without rows; ``{judul}`` is its caption.
    by : str
        Column that orders the rows, largest first.
    needs : {"", "stages", "accounts"}
        Needs two stages, or two that number their accounts alike: refused where they are not there, and the note
        says what no account shows.
    labels : str or tuple
        Heading (and kind, decimals, wide) of a column where it is not that of the data dictionary.

    Returns
    -------
    Spec
        Decorates a function of the page and more that gives rows: a frame (rows with :data:`TOTAL` are totals;
        ``nama``, ``pos`` and ``tahap`` are made of codes, see :func:`with_names`) or tuples in the order of the
        columns (:data:`SUM` in the first one is a total). With rows may come a dict: values that the texts
        name, or fields of the specification that differ.
    """
    return Spec(name, caption, columns, note, source, none, by, needs, unit, is_form, labels)


change_table = partial(table, source=BUDGET, needs="accounts")
"""A :func:`table` of what changed between two stages that number their accounts alike."""


def specified(columns: str | Iterable[str | Column], labels: Mapping[str, Label]) -> list[Column]:
    """Columns by name.

    Raises
    ------
    PkError
        A column that the data dictionary does not know and that has no label, or a kind that is not known.

    Examples
    --------
    >>> [column.label for column in specified("nama pengurangan_rp", {"nama": "Bidang"})]
    ['Bidang', 'Pengurangan (Rp)']
    """
    found = []
    for item in columns.split() if isinstance(columns, str) else columns:
        if isinstance(item, str):
            label = labels.get(item, ())
            own = dict(zip(LABEL, (label,) if isinstance(label, str) else label, strict=False))
            known = frames.columns().get(item) or (Column(item, item) if own else frames.column(item))
            item = replace(known, **own)
        found.append(item)
    return found


def _filled(text: str, named: Mapping[str, Any]) -> str:
    """The text with the values that it names; braces of data stay as they are."""
    return re.sub(r"{(\w+)}", lambda found: str(named.get(found[1], found[0])), text)


def with_names(page: Page, rows: pd.DataFrame, wanted: Collection[str]) -> pd.DataFrame:
    """The rows with the words of their codes: ``nama`` of the OPD, ``pos`` of the category, ``tahap`` of the stage."""
    made: dict[str, tuple[str, Callable[[Any], str]]] = {
        "nama": ("kode_opd", page.office),
        "pos": ("kategori", lambda code: words.heading(words.category(code))),
        "tahap": ("tahap_sesudah", page.stage_name),
    }
    found = {
        name: [say(code) for code in rows[source]]
        for name, (source, say) in made.items()
        if name in wanted and name not in rows and source in rows
    }
    return rows.assign(**found)


def with_total(rows: pd.DataFrame, amounts: Sequence[str], **said: Any) -> pd.DataFrame:
    """The rows and below them what the amounts add up to; ``said`` are the words of that row.

    Examples
    --------
    >>> with_total(pd.DataFrame({"nama": ["A", "B"], "rp": [1, 2]}), ["rp"], nama=SUM)["rp"].tolist()
    [1, 2, 3]
    """
    whole = pd.DataFrame([said | rows[list(amounts)].sum().to_dict() | {TOTAL: True}])
    return pd.concat([rows.assign(**{TOTAL: False}), whole], ignore_index=True)
