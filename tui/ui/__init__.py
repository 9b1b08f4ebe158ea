"""What every page shares: painters, dialogs, pages, themes."""
