"""The page on data quality runs on the sample and counts what the import found."""

import papermill

from pkanalysis.report import document, notebooks


def test_the_page_lists_every_file_and_counts_the_findings(sample, tmp_path):
    run = papermill.execute_notebook(
        str(notebooks.find("kualitas_data")),
        None,
        {"ruang_kerja": str(sample.path)},
        engine_name="pkanalysis",
        progress_bar=False,
    )
    blocks = {block["id"]: block for block in document.blocks(run)}
    assert len(blocks["berkas"]["rows"]) == len(sample["berkas"])
    warned = [cell["raw"] for row in blocks["berkas"]["rows"] for cell in row[5:6]]
    assert sum(warned) == sample["temuan"]["tingkat"].eq("peringatan").sum() > 0
    assert all(block["mark"] for block in blocks.values())
