"""Every error contactline raises on purpose, and the exit code each one ends a command with.

::

    ContactlineError                    1   never raised itself
    ├── UsageError          (ValueError)    2   the call does not make sense
    ├── InputError          (ValueError)    3   a file or value cannot be read
    │   └── DateError                       3   a date outside what the data covers
    ├── UnknownNameError    (LookupError)   4   no such territory; the nearest are offered
    │   └── ExpressionError                 4   an expression not written as one, or with a word there is none of
    ├── SourceError         (OSError)       5   a source is out of reach
    └── OverwriteError      (OSError)       6   a file of someone else's is in the way

Each message says what happened, where, and how to mend it.
"""

from __future__ import annotations

from collections.abc import Sequence


class ContactlineError(Exception):
    """Base of all errors of this project."""

    exit_code = 1


class UsageError(ContactlineError, ValueError):
    """The call does not make sense as written."""

    exit_code = 2


class InputError(ContactlineError, ValueError):
    """A file, feature or value cannot be read; the message names it."""

    exit_code = 3


class DateError(InputError):
    """A date outside what the data covers."""


class UnknownNameError(ContactlineError, LookupError):
    """A name that nothing in the atlas carries.

    ``nearest`` holds the names that come closest, best first.
    """

    exit_code = 4

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        self.nearest = tuple(nearest)
        if self.nearest:
            message += " Did you mean: " + ", ".join(self.nearest) + "?"
        super().__init__(message)


class ExpressionError(UnknownNameError):
    """An expression that does not follow the written form, or has a function or a side there is none of."""


class SourceError(ContactlineError, OSError):
    """A source of data is out of reach."""

    exit_code = 5


class OverwriteError(ContactlineError, FileExistsError):
    """Writing would replace a file contactline did not make."""

    exit_code = 6
