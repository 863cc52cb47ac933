"""Pieces of WordprocessingML that pandoc has no node for: fields that Word computes, bookmarks, section breaks."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr


def field(code: str, shown: str) -> str:
    """Runs of a field; ``shown`` stands there until Word computes it.

    Examples
    --------
    >>> field("PAGE", "1").count("<w:r>")
    5
    """
    return opening(code) + run(shown) + CLOSING


def opening(code: str) -> str:
    """The runs before what a field shows."""
    instruction = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return _mark("begin") + instruction + _mark("separate")


def run(text: str) -> str:
    """Words as one run.

    Examples
    --------
    >>> run("a < b")
    '<w:r><w:t xml:space="preserve">a &lt; b</w:t></w:r>'
    """
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def bookmark(name: str, number: int, content: str) -> str:
    """``content`` under a name that references can point at; ``number`` is unique in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def section_break(is_landscape: bool) -> str:
    """A paragraph without height that ends a section; :mod:`sections` gives it paper, head and foot."""
    orientation = "landscape" if is_landscape else "portrait"
    height = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{height}<w:sectPr><w:pgSz w:orient="{orientation}"/></w:sectPr></w:pPr></w:p>'


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CLOSING = _mark("end")
