"""Tests of the store's upper floor: partnerships, their two halves, list, history, bin, and what comes and goes."""
