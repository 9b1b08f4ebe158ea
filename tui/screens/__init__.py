"""The screens: what is painted and what each key does, from the desk's values."""
