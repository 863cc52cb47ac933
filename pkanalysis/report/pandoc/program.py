"""Running pandoc: a program of its own, about 20 milliseconds a time."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pkanalysis.errors import PkError


def run(document: str, *options: str) -> bytes:
    """Feed ``document`` to pandoc and take what it writes.

    Raises
    ------
    PkError
        With pandoc's own words when it refuses, or when it is not installed.
    """
    done = subprocess.run([_path(), *options], input=document.encode(), capture_output=True, check=False)
    if done.returncode:
        raise PkError(f"Pandoc gagal menyusun dokumen: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


@cache
def _path() -> str:
    """The program inside the pypandoc wheel (one version on every machine); importing the wheel would cost more."""
    wheel = find_spec("pypandoc")
    folders = wheel.submodule_search_locations if wheel else None
    if path := shutil.which("pandoc", path=str(Path(folders[0]) / "files") if folders else None):
        return path
    raise PkError("Pandoc tidak ada, padahal PDF dan DOCX memerlukannya; pasang dengan: pip install pypandoc_binary")
