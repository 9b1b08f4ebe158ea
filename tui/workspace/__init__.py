"""The desk: one open partnership being worked on, what is typed, saved and undone, where one stands; no Textual."""
