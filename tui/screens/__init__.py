"""The pages and dialogs of the app, and the commands that act on them."""
