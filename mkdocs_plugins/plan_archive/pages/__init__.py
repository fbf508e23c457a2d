"""Pages: the library -> what stands on each page, and the data files beside them."""

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
    "files",
    "pages",
    "preview_pages",
    "tracing",
]
