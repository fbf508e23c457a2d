"""What a page may load: nothing but the site's own files, and no script or style written into the page itself.

The pages carry the policy in a meta element, for hosts that send no headers; `_headers` says it again with what only
a header can say, in the form that several hosts of static sites read.
"""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
"""`wasm-unsafe-eval` lets the search's index be read; it allows no script."""

HEADERS = f"""/*
  Content-Security-Policy: {POLICY}; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Cross-Origin-Opener-Policy: same-origin
"""
