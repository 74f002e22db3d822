"""Station 2: the closed catalogue of facts and document kinds, loaded from `rules/`."""

from .load import data_folder, load_catalogue
from .types import COMMON_ATTRIBUTES, Catalogue, DocumentType, FactType

__all__ = ["COMMON_ATTRIBUTES", "Catalogue", "DocumentType", "FactType", "data_folder", "load_catalogue"]
