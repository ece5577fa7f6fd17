"""Verbs that look after the lake, its archive and the installation."""
