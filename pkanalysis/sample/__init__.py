"""Kota Contoh: a fictional city with 42 SKPD, written by a seeded generator in the layouts that analysts have.

Every bound of the design holds to the rupiah; what is planted is told in ``data/contoh.md``.
Invented performance never carries a real city's name: every file says CONTOH.
"""

from pkanalysis.config import sample_folder as home
from pkanalysis.sample.files import as_known, truth, write

__all__ = ["as_known", "home", "truth", "write"]
