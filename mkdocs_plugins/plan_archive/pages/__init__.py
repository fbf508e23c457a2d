"""Pages: the library -> what stands on each page, and the data files beside them."""

from .site import HalfPage, Page, SiteFile, files, pages, preview_pages

__all__ = ["HalfPage", "Page", "SiteFile", "files", "pages", "preview_pages"]
