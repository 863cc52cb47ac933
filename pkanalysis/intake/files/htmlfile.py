"""HTML tables saved under the name of a spreadsheet, as web applications export them."""

from __future__ import annotations

from html.parser import HTMLParser

MOST_SPANNED = 1000


def html_tables(content: str) -> dict[str, list[list[str]]]:
    """Every table of a page as rows of text; merged cells keep their place, with the text in the first.

    Parameters
    ----------
    content : str
        The page.

    Examples
    --------
    >>> html_tables("<table><tr><th colspan=2>Pagu<th>Sisa</tr><tr><td>1<br>2<td>3<td>4</tr></table>")
    {'tabel 1': [['Pagu', '', 'Sisa'], ['1 2', '3', '4']]}
    """
    parser = _Tables()
    parser.feed(content)
    parser.close()
    return {f"tabel {number}": _placed(rows) for number, rows in enumerate(parser.tables, 1)}


class _Cell:
    def __init__(self, attributes: dict[str, str | None]) -> None:
        self.across = _span(attributes.get("colspan"))
        self.down = _span(attributes.get("rowspan"))
        self.words: list[str] = []


class _Tables(HTMLParser):
    """Collects cells; a cell or row that is never closed ends where the next one starts."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[_Cell]]] = []
        self.cell: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.cell = _Cell(dict(attrs))
            self.tables[-1][-1].append(self.cell)
        elif tag == "br" and self.cell:
            self.cell.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.cell = None

    def handle_data(self, data: str) -> None:
        if self.cell:
            self.cell.words.append(data)


def _span(written: str | None) -> int:
    return min(int(written), MOST_SPANNED) if written and written.isdigit() and written != "0" else 1


def _placed(table: list[list[_Cell]]) -> list[list[str]]:
    """Rows with every cell in its column, below and beside merged ones."""
    rows: list[list[str]] = []
    hanging: dict[int, int] = {}
    for cells in table:
        row: list[str] = []
        for cell in cells:
            _under(hanging, row)
            for column in range(len(row), len(row) + cell.across):
                hanging[column] = cell.down - 1
            row += [" ".join("".join(cell.words).split()), *[""] * (cell.across - 1)]
        _under(hanging, row)
        rows.append(row)
    return rows


def _under(hanging: dict[int, int], row: list[str]) -> None:
    """Leave the columns free into which a cell of a row above reaches."""
    while hanging.get(len(row), 0) > 0:
        hanging[len(row)] -= 1
        row.append("")
