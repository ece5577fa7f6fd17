"""Expressions of time of other languages than English; the words are in the languages' folders."""

from __future__ import annotations

from tasks.extract.dates.foreign.scanner import scan_dates

__all__ = ["scan_dates"]
