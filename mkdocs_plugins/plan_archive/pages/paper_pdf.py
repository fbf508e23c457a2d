"""A page as PDF: tagged, with an outline and its language; the same page gives the same bytes on one computer."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from hashlib import sha256
from importlib import import_module

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""The Debian packages that WeasyPrint loads its libraries from."""
VARIANT = "pdf/ua-1"
"""PDF/UA, ISO 14289-1: what a PDF has to be for those who hear it."""
MEDIUM = "pdf"
"""What a stylesheet calls a PDF: `@media pdf`."""


def what_is_missing() -> str:
    """What a PDF cannot be drawn without and is not here, in words; "" where all is here."""
    try:
        # Where a library is missing, WeasyPrint prints advice, which is no result of ours.
        with redirect_stdout(io.StringIO()):
            import_module("weasyprint")
    except ImportError:
        return "WeasyPrint is not installed (pip install 'mkdocs-plan-archive[pdf]')"
    except OSError as error:
        reason = str(error).partition(":")[0]  # "cannot load library 'libpango-1.0-0'"
        return f"WeasyPrint {reason} (on Debian: apt-get install {LIBRARIES})"
    return ""


def paper_pdf(html: str) -> bytes:
    """A page that stands alone as PDF; nothing is fetched for it, from the network or from the disk."""
    import weasyprint  # noqa: PLC0415  an extra
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    # No protocol is allowed. The identifier would be random otherwise; there is no date in the file.
    page = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()), media_type=MEDIUM)
    drawn: bytes = page.write_pdf(pdf_variant=VARIANT, pdf_identifier=sha256(html.encode()).digest()[:16])
    return drawn
