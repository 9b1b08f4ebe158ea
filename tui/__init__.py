"""Entente: bring organisations together around a table, and end with a clear written agreement."""

__version__ = "0.1.0"
