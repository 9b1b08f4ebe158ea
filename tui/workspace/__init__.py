"""The workspace: one open partnership as it is typed, saved, undone and sent, and the place in it; no Textual."""
