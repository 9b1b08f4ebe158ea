"""The app: commands, screens and saving brought together."""
