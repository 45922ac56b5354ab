"""What we cannot help, as exceptions that a caller can act on.

MarkewijzerError
 ├─ SettingsError          a setting is wrong; the message names it
 ├─ CorpusError            a corpus file is wrong; the message is `file:line: what is wrong and what would be right`
 ├─ UnreadableFile         a page or file from elsewhere is broken, protected, empty or too large; it says which
 ├─ ModelUnavailable       the language model is away, slow, busy or over its budget; answer without it
 └─ StoreError
     ├─ IndexMissing       nothing was built in this data folder yet
     ├─ IndexInUse         another process owns it; the message names the owner
     ├─ ModelMismatch      it was made by another embedding model
     └─ IndexUnavailable   it is there, but cannot be read or reached now
"""


class MarkewijzerError(Exception):
    """Every exception of ours."""


class SettingsError(MarkewijzerError):
    """A setting is wrong."""


class CorpusError(MarkewijzerError):
    """One or more corpus files are wrong; `problems` has a line each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class UnreadableFile(MarkewijzerError):
    """A page or file from elsewhere cannot be read: broken, protected, empty, or beyond a limit."""


class ModelUnavailable(MarkewijzerError):
    """The language model cannot help now; nobody but the log needs to know."""


class StoreError(MarkewijzerError):
    """The index cannot serve this call."""


class IndexMissing(StoreError):
    """No generation is live in this data folder."""


class IndexInUse(StoreError):
    """Another process owns the index."""


class ModelMismatch(StoreError):
    """The index was made by another embedding model than the one that is set."""


class IndexUnavailable(StoreError):
    """The index exists, but cannot be read or reached now."""
