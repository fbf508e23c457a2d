// Steps through a comparison's changes by button and by the keys j and k. The page reads the same without it.
(() => {
  const stepper = document.querySelector(".pa-stepper");
  if (!stepper) return;
  stepper.hidden = false;
  const place = stepper.querySelector("[data-place]");
  const keys = stepper.querySelector("[data-keys]");
  const shown = () => [...document.querySelectorAll(".pa-compared [data-change]")].filter((e) => e.offsetParent);
  const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (place, name) => values[name] ?? place);
  const tr = (text, values = {}) => fill(globalThis.planArchiveWords?.[text] ?? text, values);
  let last = null;

  // From the change last stepped to while it can be seen, else from where the reader is.
  const next = (changes, by) => {
    const top = stepper.getBoundingClientRect().bottom;
    const from = changes.indexOf(last);
    const box = last?.getBoundingClientRect();
    if (from >= 0 && box.bottom > top && box.top < innerHeight) return from + by;
    const below = changes.findIndex((e) => e.getBoundingClientRect().top >= top);
    if (below < 0) return changes.length - 1;
    return by > 0 ? below : below - 1;
  };
  const step = (by) => {
    const changes = shown();
    if (!changes.length) return;
    const here = Math.min(Math.max(next(changes, by), 0), changes.length - 1);
    last = changes[here];
    last.setAttribute("tabindex", "-1");
    last.focus({ preventScroll: true });
    last.scrollIntoView({ block: "center" });
    place.textContent = tr("{number} of {count}", { number: here + 1, count: changes.length });
  };
  for (const button of stepper.querySelectorAll("button")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select")) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
})();
