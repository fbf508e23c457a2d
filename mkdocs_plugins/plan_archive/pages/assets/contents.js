// The list of contents beside a text shows where the reader is; the way back to the folded list opens it.
(() => {
  const fold = document.querySelector("details.pa-contents");
  document.querySelector(".pa-here a")?.addEventListener("click", () => (fold.open = true));

  const list = document.querySelector(".pa-contents--wide");
  if (!list) return;
  const links = new Map([...list.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const passed = new Set();
  let current = null;
  // A heading counts from a quarter down the window; whatever lies above stays counted, however far one jumps.
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) isIntersecting ? passed.add(target.id) : passed.delete(target.id);
      const link = links.get([...links.keys()].findLast((id) => passed.has(id)));
      if (link === current) return;
      current?.removeAttribute("aria-current");
      current = link;
      if (!link) return;
      link.setAttribute("aria-current", "location");
      const top = link.offsetTop - list.scrollTop;
      const seen = top > list.clientHeight * 0.1 && top + link.offsetHeight < list.clientHeight * 0.9;
      if (!seen && !list.contains(document.activeElement)) list.scrollTop = link.offsetTop - list.clientHeight / 3;
    },
    { rootMargin: "1000000px 0px -75% 0px" },
  );
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading) watcher.observe(heading);
  }
})();
