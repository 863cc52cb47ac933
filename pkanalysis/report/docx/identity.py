"""What the file says of itself: title, language, no person; and that its fields wait to be computed."""

from __future__ import annotations

import datetime as dt
import os

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

LANGUAGE = "id-ID"
PROGRAM = "pkanalysis"
ZIP_START = 315_532_800
"""1 January 1980, where the calendar of zip files begins: the date of a document that was given none."""

_VALUES = {"w:themeFontLang": LANGUAGE, "w:decimalSymbol": ",", "w:listSeparator": ";"}
_UPDATE = '<w:updateFields {} w:val="true"/>'
_WORD_2013 = (
    '<w:compat {}><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_BEHIND = ("w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:decimalSymbol")


def describe(document: Document, title: str) -> None:
    """Write the core properties; have Word compute the fields when it opens the file, and without its old modes."""
    properties = document.core_properties
    properties.title, properties.language, properties.author = title[:255], LANGUAGE, PROGRAM
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", ZIP_START))
    properties.created = properties.modified = dt.datetime.fromtimestamp(moment, dt.UTC)
    settings = document.settings.element
    for tag, value in _VALUES.items():
        for element in settings.findall(qn(tag)):
            element.set(qn("w:val"), value)
    parts = [_UPDATE] if settings.find(qn("w:compat")) is not None else [_UPDATE, _WORD_2013]
    for part in parts:
        behind = ("w:footnotePr", "w:endnotePr", "w:compat", *_BEHIND) if part is _UPDATE else _BEHIND
        settings.insert_element_before(parse_xml(part.format(nsdecls("w"))), *behind)
