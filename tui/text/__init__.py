"""Strings only: cleaning, typography, dates, amounts, durations, names, cell width and wrapping."""
