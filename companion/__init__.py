"""Intervisie Companion: follows a structured peer consultation, on the machine itself."""

__version__ = "0.1.0"
