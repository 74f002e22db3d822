"""Station 3: documents become statements; one importer per format, nothing inferred."""

from .dossier import read_documents
from .types import REMARKS, Accepted, Inventory, ReadFile, Reading

__all__ = ["REMARKS", "Accepted", "Inventory", "ReadFile", "Reading", "read_documents"]
