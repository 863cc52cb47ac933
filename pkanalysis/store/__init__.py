"""The workspace: a folder with its configuration, the files received, and tidy tables."""

from pkanalysis.store.importing import Taken, checked, create, imported, take, take_all
from pkanalysis.store.workspace import Opd, Workspace, find, open

__all__ = ["Opd", "Taken", "Workspace", "checked", "create", "find", "imported", "open", "take", "take_all"]
