"""The partnership as typed values, and the functions that turn one into the next."""
