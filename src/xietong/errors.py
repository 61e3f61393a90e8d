"""One class per cause. A message says what, where, the likely cause, and the next step."""


class XietongError(Exception):
    """Root of all errors that a user can mend; the command line prints it and exits with 1."""


class DocumentError(XietongError):
    """A file cannot be read as a plan document."""


class TableError(XietongError):
    """A table breaks its schema. Carries all problems of the file, not the first."""


class ParameterError(XietongError):
    """A parameter table lacks a key, a source, or is ambiguous."""


class VocabularyError(XietongError):
    """A name is not in a vocabulary."""


class WorkspaceError(XietongError):
    """A workspace is missing, damaged, or of another version."""


class AccessError(XietongError):
    """The person may not do this."""


class ConflictError(XietongError):
    """Somebody else changed the row in the meantime."""


class SignInError(AccessError):
    """Nobody is signed in, or the name, password or token is not right."""


class RateLimitError(XietongError):
    """Too many attempts in a short time; ``seconds`` says how long to wait."""

    seconds: int = 60


class NotFoundError(XietongError):
    """What was asked for is not in the workspace."""


class InputError(XietongError):
    """A value that was given is not possible."""


class EngineError(XietongError):
    """A computing engine is not known or not installed."""
