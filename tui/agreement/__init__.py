"""The agreement: from the public view of a partnership to a document of blocks."""
