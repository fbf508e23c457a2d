"""Pages: the library -> what stands on each page, and the data files beside them."""

from .cite import file_address, whole_address
from .engines import engine_files
from .nouns import HalfPage, Page, SiteFile
from .pairs import Pair, compared_pairs
from .site import files, pages, preview_pages
from .ways import Tracing, tracing

__all__ = [
    "HalfPage",
    "Page",
    "Pair",
    "SiteFile",
    "Tracing",
    "compared_pairs",
    "engine_files",
    "file_address",
    "files",
    "pages",
    "preview_pages",
    "tracing",
    "whole_address",
]
