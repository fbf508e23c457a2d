/* A button in the foot of each page that copies the whole archive root, of which a part is shown. */
(() => {
  const root = document.querySelector("[data-root]");
  if (!root || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pa-copy";
  button.textContent = "Copy the whole root";
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(root.dataset.root);
      told.textContent = " Copied.";
    } catch {
      told.textContent = ` ${root.dataset.root}`;
    }
  });
  root.parentNode.append(" ", button, told);
})();
