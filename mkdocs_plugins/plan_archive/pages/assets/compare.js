// Steps through a comparison's changes by button and by the keys j and k. The page reads the same without it.
(() => {
  const stepper = document.querySelector(".pa-stepper");
  const shown = () => [...document.querySelectorAll("[data-change], .pa-compared tr[id]")].filter((e) => e.offsetParent);
  if (!stepper) return;
  stepper.hidden = false;
  const place = stepper.querySelector("[data-place]");
  let here = -1;
  const step = (by) => {
    const changes = shown();
    if (!changes.length) return;
    here = Math.min(Math.max(here + by, 0), changes.length - 1);
    const change = changes[here];
    change.setAttribute("tabindex", "-1");
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "center" });
    place.textContent = `${here + 1} of ${changes.length}`;
  };
  for (const button of stepper.querySelectorAll("button")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });
})();
