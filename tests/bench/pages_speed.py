"""How soon pages can be read on a phone, by Lighthouse, and what they weigh on the first visit.

The example is copied and built as a site that search engines may list, since an example may not be listed and would be
marked down for that alone. It is served packed, as web servers do. Lighthouse plays a phone of the middle class on a
slow network, its own default. The median of some runs is printed, and the worst: a busy machine makes it worse.
It needs `npm ci` and chromium; `make bench` sees to the first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "bench")]

from search_speed import serving  # noqa: E402  found only now

from archives import commit, copy_example, plan_archive  # noqa: E402  the same

LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = {
    "home": "",
    "edition": "plans/cypp/2009/",
    "comparison": "plans/cypp/changes/2008-to-2009/",
    "search": "search/",
    "results": "search/?q=excluded+pupils",
}
SCORES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {"largest-contentful-paint": "LCP", "total-blocking-time": "TBT", "cumulative-layout-shift": "CLS"}
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def listed_site(folder: Path) -> Path:
    """The example's site as a body's own that may be listed."""
    archive = copy_example(folder / "archive")
    body = archive / "plans" / "authority.yml"
    text = body.read_text(encoding="utf-8")
    body.write_text(text.replace("robots: noindex", "robots: index").replace("example: yes", "example: no"), "utf-8")
    commit(archive)
    built = plan_archive(archive, "build", "--site-dir", str(folder / "site"))
    if built.code:
        raise SystemExit(built.err)
    return folder / "site"


def measured(address: str, chromium: str) -> dict[str, Any]:
    """What Lighthouse says of a page, once."""
    run = ["node", str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--chrome-flags={CHROMIUM}"]
    run.append(f"--only-categories={','.join(SCORES)}")
    done = subprocess.run(
        run, capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": chromium}, cwd=ROOT
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def weights(told: dict[str, Any]) -> tuple[int, int]:
    """Bytes as they came over the network: the page itself, and everything."""
    rows = told["audits"]["network-requests"]["details"]["items"]
    return rows[0]["transferSize"], sum(row["transferSize"] for row in rows)


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--page", action="append", choices=PAGES, help="only this one; may be repeated")
    asked.add_argument("--why", action="store_true", help="name what takes points away")
    given = asked.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not (LIGHTHOUSE.is_file() and chromium):
        raise SystemExit("Lighthouse or chromium is missing: run `npm ci`, and install chromium")
    with tempfile.TemporaryDirectory() as name:
        site = listed_site(Path(name))
        words = (site / "plans/cypp/2009/index.html").read_bytes()
        print(f"The edition of 2009: {len(gzip.compress(words, 6)) / 1000:.1f} kB of HTML, packed")
        with serving(site) as base:
            for page in given.page or PAGES:
                runs = [measured(f"{base}/{PAGES[page]}", chromium) for _ in range(given.runs)]
                _print(page, runs, given.why)


def _print(page: str, runs: list[dict[str, Any]], why: bool) -> None:
    told = []
    for score in SCORES:
        got = [run["categories"][score]["score"] for run in runs]
        told.append(
            f"{score} {statistics.median(got):.2f}" + (f" (worst {min(got):.2f})" if min(got) < max(got) else "")
        )
    for figure, short in FIGURES.items():
        told.append(f"{short} {statistics.median(run['audits'][figure]['numericValue'] for run in runs):.3g}")
    first, every = weights(runs[0])
    print(f"{page}: {', '.join(told)}; {first / 1000:.1f} kB of HTML, {every / 1000:.1f} kB in all", flush=True)
    for audit in runs[0]["audits"].values() if why else ():
        if audit["score"] is not None and audit["score"] < 0.9:
            print(f"    {audit['id']} {audit['score']}: {audit.get('displayValue', '')}")
            for row in audit.get("details", {}).get("items", [])[:3]:
                print(f"        {json.dumps(row)[:300]}")


if __name__ == "__main__":
    main()
