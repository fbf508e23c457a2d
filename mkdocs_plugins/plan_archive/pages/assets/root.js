/* A button in the foot of each page that copies the whole archive root, of which a part is shown. */
(() => {
  const tr = (text) => globalThis.planArchiveWords?.[text] ?? text;
  const root = document.querySelector("code[data-root]");
  if (!root || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pa-copy";
  button.textContent = tr("Copy the whole root");
  const said = tr("Copied.");
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(root.dataset.root);
      told.textContent = ` ${said}`;
    } catch {
      told.textContent = ` ${root.dataset.root}`;
    }
  });
  root.parentNode.append(" ", button, told);
})();
