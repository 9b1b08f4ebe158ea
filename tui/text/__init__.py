"""Functions of strings: cleaning, typography, dates, amounts, names, width in cells and wrapping."""
