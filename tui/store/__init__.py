"""The store: the only room that imports TinyDB; sealed copies, a lock, a journal, recovery."""
