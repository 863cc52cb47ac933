"""What headings, titles and file names say: columns, units, months, stages, offices."""
