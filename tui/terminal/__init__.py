"""Textual's widgets and driver, adapted: panes of lines, text editor, key parser, and output of changed cells."""
