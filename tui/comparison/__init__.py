"""Versions compared, and a returned text matched to ours."""
