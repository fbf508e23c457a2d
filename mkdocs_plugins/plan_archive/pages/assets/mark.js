// Marks the words that a search led here by; it runs only where the address carries them.
(() => {
  const asked = new URL(location.href).searchParams.get("q");
  const text = document.querySelector(".pa-text");
  if (!asked || !text) return;
  const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (place, name) => values[name] ?? place);
  const tr = (text, values = {}) => fill(globalThis.planArchiveWords?.[text] ?? text, values);
  const plain = (word) => word.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/['\u2018\u2019]/g, "");
  const words = new Set(plain(asked).match(/[\p{L}\p{N}]+/gu) ?? []);
  const MOST = 500;
  let count = 0;
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("mark, script, style, .pa-anchor") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const parts = node.data.split(/([\p{L}\p{N}]+(?:['\u2019][\p{L}]+)?)/u);
    if (count >= MOST || !parts.some((part, at) => at % 2 && words.has(plain(part)))) continue;
    const made = document.createDocumentFragment();
    for (const [at, part] of parts.entries()) {
      if (at % 2 && count < MOST && words.has(plain(part))) {
        const mark = document.createElement("mark");
        mark.textContent = part;
        made.append(mark);
        count += 1;
      } else {
        made.append(part);
      }
    }
    node.replaceWith(made);
  }
  const note = document.createElement("p");
  note.className = "pa-marked";
  const off = document.createElement("a");
  const url = new URL(location.href);
  url.searchParams.delete("q");
  off.href = url.href;
  off.textContent = tr("Show the page without marks");
  const said = tr("Marked below, as searched: {words}.", { words: [...words].join(", ") });
  note.append(count ? said : tr("The words searched are not in this edition."), " ", off);
  text.before(note);
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
})();
