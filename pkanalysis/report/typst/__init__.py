"""From the pandoc document to PDF: Typst markup, our page template, and the compiler."""
