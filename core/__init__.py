"""The words of Copydesk: tables, outcomes, settings, outlets and errors."""

__version__ = "0.1.0"
