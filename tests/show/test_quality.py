"""The page on data quality runs on the sample and counts what the import found."""

import papermill

from pkanalysis.report import notebooks, parts
from pkanalysis.show import quality


def test_the_page_lists_every_file_and_counts_the_findings(sample, tmp_path):
    run = papermill.execute_notebook(
        str(notebooks.find("kualitas_data")),
        None,
        {"ruang_kerja": str(sample.path)},
        engine_name="pkanalysis",
        progress_bar=False,
    )
    blocks = {block["id"]: block for block in parts.read(run).blocks}
    assert len(blocks["berkas"]["rows"]) == len(sample["berkas"])
    warned = [cell["raw"] for row in blocks["berkas"]["rows"] for cell in row[5:6]]
    assert sum(warned) == sample["temuan"]["tingkat"].eq("peringatan").sum() > 0
    assert all(block["mark"] for block in blocks.values())


def test_files_that_are_not_stored_are_checked_on_request(sample, tmp_path):
    folder = tmp_path / "ditolak"
    folder.mkdir()
    (folder / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "b.xlsx").write_bytes(b"")
    table = quality.unstored(sample, str(folder))
    assert [row[0] for row in table.rows] == ["Galat", "Galat"]
    assert [row[1] for row in table.rows] == ["a.csv", "b.xlsx"]
    assert "0 byte" in table.rows[1][2]
    assert quality.unstored(sample, str(folder / "b.xlsx")).rows == table.rows[1:]
    assert quality.unstored(sample, "tidak_ada.csv").rows[0][1] == "tidak_ada.csv"


def test_without_a_name_the_page_says_how_to_see_what_was_refused(sample):
    table = quality.unstored(sample, "")
    assert (table.rows, table.is_sample) == ((), True)
    assert "pkanalysis run kualitas_data -p periksa=" in table.note
