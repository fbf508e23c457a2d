"""Pages: the library -> what stands on each page, and the data files beside them."""

from .cite import file_address, whole_address
from .engines import engine_files
from .exports_page import data_page
from .language_parts import with_languages, with_link_languages
from .languages import Spoken, in_other_words, name_of, spoken_files, spoken_pages
from .nouns import HalfPage, Page, SiteFile
from .pairs import Pair, compared_pairs
from .script_words import script_words
from .site import data_files, files, pages, preview_pages
from .ways import Tracing, tracing

__all__ = [
    "HalfPage",
    "Page",
    "Pair",
    "SiteFile",
    "Spoken",
    "Tracing",
    "compared_pairs",
    "data_files",
    "data_page",
    "engine_files",
    "file_address",
    "files",
    "in_other_words",
    "name_of",
    "pages",
    "preview_pages",
    "script_words",
    "spoken_files",
    "spoken_pages",
    "tracing",
    "whole_address",
    "with_languages",
    "with_link_languages",
]
