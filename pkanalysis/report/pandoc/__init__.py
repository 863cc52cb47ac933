"""A run notebook as one pandoc document, from which PDF (Typst) and DOCX are written.

:func:`document` gives what both share. A format takes over what it does in its own way by
rewriting nodes (:func:`nodes.rewrite`):

- ``Image``: its target is a key of ``Ast.pictures``, its inlines are the alt text;
- ``Div`` of class ``mendatar``: chapters that lie on their side (neighbours follow one another);
- ``Div`` of class ``daftar-isi``: the place of the table of contents, after the summary;
- ``Div`` of class ``lampiran``: the place where the annex begins, on a new page;
- ``Div`` of class ``keterangan``: what stands under a block, a ``Div`` each for ``catatan`` and
  ``sumber``; of class ``judul-catatan``: the bold name above a note;
- ``Span`` of class ``nomor`` ("Tabel 3.", "Tabel L3."), ``satuan``, ``tanda`` (DATA CONTOH) in captions;
- attributes ``typst:…`` speak to the Typst writer only; ``layout.layout`` gives shares and sizes of a table block.
"""

from pkanalysis.report.pandoc.ast import Ast, document

__all__ = ["Ast", "document"]
