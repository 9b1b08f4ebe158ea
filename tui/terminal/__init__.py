"""The widgets: panes of painted lines, the one editor, and a frugal way to the terminal."""
