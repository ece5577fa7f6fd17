"""Figures of other languages than English; the words are in the languages' folders."""

from __future__ import annotations

from tasks.extract.figures.foreign.scanner import scan_figures

__all__ = ["scan_figures"]
