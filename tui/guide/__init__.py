"""The guide page as data, and its typed loader."""
