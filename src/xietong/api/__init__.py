"""The REST API: every endpoint calls one use case of ``app``; nothing is computed here."""
