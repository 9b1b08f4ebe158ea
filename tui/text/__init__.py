"""Strings only: cleaning, typography, dates, amounts, names, cell width and wrapping."""
