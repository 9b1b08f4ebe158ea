"""The screens: what is painted and what each key does, from the workspace's values."""
