"""Pieces of WordprocessingML that pandoc has no node for: fields that Word computes, bookmarks, section breaks."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    return f'{_mark("begin")}<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>{_mark("separate")}'


def run(text: str) -> str:
    """Words as one run, without the control characters that XML forbids.

    Examples
    --------
    >>> run("a < b" + chr(7))
    '<w:r><w:t xml:space="preserve">a &lt; b</w:t></w:r>'
    """
    return f'<w:r><w:t xml:space="preserve">{escape(_NOT_IN_XML.sub("", text))}</w:t></w:r>'


def bookmark(name: str, number: int, content: str) -> str:
    """``content`` under a name that references can point at; ``number`` is unique in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def section_break(is_landscape: bool) -> str:
    """A paragraph that ends a section, upright or across; :mod:`sections` gives it paper, head and foot."""
    orientation = "landscape" if is_landscape else "portrait"
    return f'<w:p><w:pPr><w:sectPr><w:pgSz w:orient="{orientation}"/></w:sectPr></w:pPr></w:p>'


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CLOSING = _mark("end")
