"""Opening files of any kind as sheets of cells: Excel, ODS, CSV, JSON, HTML, PDF."""
