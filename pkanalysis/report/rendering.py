"""One job: run a notebook with its parameters and write its files, or the page that explains why not."""

from __future__ import annotations

import contextlib
import re
import time
import traceback
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pkanalysis.errors import PkError
from pkanalysis.report.formats import ANNEX_FORMATS, FORMATS, file_name, rendered
from pkanalysis.report.processes import Engine

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Job:
    """What to run, where its page (HTML) goes, and which other formats are made beside it.

    ``words`` (title, agency, footer, mark) head a failure page; ``letterhead`` is for the DOCX. ``has_annex``
    if the notebook has one.
    """

    notebook: Path
    parameters: Mapping[str, Any]
    target: Path
    words: Mapping[str, str]
    engine: Engine = "fork"
    formats: tuple[str, ...] = ("html",)
    letterhead: str = ""
    has_annex: bool = False

    @property
    def outputs(self) -> tuple[str, ...]:
        """The formats of all its files, those of the annex included."""
        annexed = {f"lampiran.{form}" for form in self.formats if self.has_annex}
        return (*self.formats, *(form for form in ANNEX_FORMATS if form in annexed))

    def file(self, form: str) -> Path:
        """Where the file of that format goes."""
        return self.target.with_name(file_name(self.target.name, form))

    def renewing(self, earlier: Collection[str] = ()) -> Job:
        """The job in its own formats, the ``earlier`` ones and those that stand there: none stays of an older run."""
        there = {form for form in (*FORMATS, *ANNEX_FORMATS) if self.file(form).exists()}
        formats = {*self.formats, *earlier, *(form.removeprefix("lampiran.") for form in there)}
        has_annex = self.has_annex or not there.isdisjoint(ANNEX_FORMATS)
        return replace(self, formats=tuple(form for form in FORMATS if form in formats), has_annex=has_annex)


@dataclass(frozen=True)
class Failure:
    """The chapter that stopped, the cause in one sentence, and what a maintainer needs."""

    heading: str
    cause: str
    details: str = ""


@dataclass(frozen=True)
class Outcome:
    """A page was written in ``seconds``; with a ``failure`` it is the failure page."""

    seconds: float
    failure: Failure | None = None


def render(job: Job) -> Outcome:
    """Run the notebook and write its files; whatever goes wrong becomes a failure page.

    A page of the sample never passes for a real one, nor the other way round.
    """
    start, failure = time.perf_counter(), None
    name, mark = None if job.engine == "kernel" else "pkanalysis", job.words["mark"]
    try:
        import papermill

        from pkanalysis.report.parts import read

        notebook = papermill.execute_notebook(
            str(job.notebook), None, dict(job.parameters), engine_name=name, progress_bar=False
        )
        reading = read(notebook)
        if wrong := [block["id"] for block in reading.blocks if block["mark"] != mark]:
            raise PkError(
                f"Blok {wrong[0]} tidak bertanda seperti ruang kerjanya ({mark or 'data nyata'}); periksa sumbernya."
            )
        made = rendered(reading, job.formats, job.letterhead, job.target.name)
        for form, content in made.items():
            write(job.file(form), content)
        for form in set(job.outputs) - set(made):  # the notebook had an annex before
            write(job.file(form), None)
    except PkError as error:
        failure = Failure("", str(error))
    except Exception as error:
        failure = _failure(job.notebook, error)
    if failure:
        write_failure(job, failure)
    return Outcome(time.perf_counter() - start, failure)


def _failure(path: Path, error: Any) -> Failure:
    """What failed; of a cell under the last Markdown heading above it, none before the first heading."""
    heading = ""
    if type(error).__name__ == "PapermillExecutionError":
        import nbformat

        name, value, details = error.ename, error.evalue, ANSI.sub("", "\n".join(error.traceback))
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and cell.source == error.source:
                break
            if cell.cell_type == "markdown" and (found := re.findall(r"^#+\s+(.+)$", cell.source, re.MULTILINE)):
                heading = found[-1].strip()
        else:
            heading = ""
    else:
        name, value, details = type(error).__name__, str(error), traceback.format_exc()
    if name == PkError.__name__:
        return Failure(heading, value, details)
    return Failure(heading, f"Terjadi kesalahan program: {name}" + (f": {value}" if value else "."), details)


def write_failure(job: Job, failure: Failure) -> None:
    """Write the failure page in the place of the report; older files of other formats would mislead and go.

    A file that another program holds open stays as it is: the entry of the report tells the failure too.
    """
    from pkanalysis.report.html import page

    html = page("failure", failure=failure, **job.words).encode()
    for form in job.outputs:
        with contextlib.suppress(PkError):
            write(job.file(form), html if form == "html" else None)


def write(target: Path, content: bytes | None) -> None:
    """Put the whole content in place at once, so that nobody opens half a file; ``None`` takes the file away.

    Raises
    ------
    PkError
        The system does not let go of the old file (Windows, while Word or Excel shows it), or has no room.
    """
    fresh = target.with_name(f".{target.name}.baru")
    try:
        if content is None:
            target.unlink(missing_ok=True)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(content)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise PkError(
            f"{target.name} tidak dapat diganti ({error.strerror}), mungkin sedang dibuka program lain; "
            "tutup berkas itu lalu jalankan lagi dengan --retry."
        ) from error
