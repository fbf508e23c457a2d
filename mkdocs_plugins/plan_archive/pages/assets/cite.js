// Choosing "# Cite" beside a heading offers the citation of that section, ready to copy. The fold has the rule in words.
(() => {
  const fold = document.querySelector(".pa-cite");
  const text = document.querySelector(".pa-text");
  if (!fold || !text) return;
  const { before, after, address } = fold.dataset;
  const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (place, name) => values[name] ?? place);
  const tr = (text, values = {}) => fill(globalThis.planArchiveWords?.[text] ?? text, values);
  const status = document.createElement("p");
  status.className = "pa-hidden";
  status.setAttribute("role", "status");
  fold.after(status);

  const words = (heading) => {
    const copy = heading.cloneNode(true);
    for (const sign of copy.querySelectorAll(".pa-anchor, del, sup")) sign.remove();
    return copy.textContent.trim().replace(/\s+/g, " ");
  };
  const whole = (pinpoint, id) => `${before}${pinpoint ? ` ${pinpoint}` : ""}${after}, <${address}${id ? `#${id}` : ""}>`;
  const headingOf = (element) => element.closest(".pa-section")?.querySelector(":is(h2, h3, h4, h5, h6)[id]") ?? null;

  // The citation of whatever has an id in the text: a section, one of its paragraphs, or a row of a numbered table.
  const citation = (element) => {
    const heading = headingOf(element);
    const section = heading ? words(heading) : "";
    const number = element.id.match(/-p(\d+)$/)?.[1];
    const row = element.id.startsWith("ref-") ? element.id.slice(4).toUpperCase() : "";
    let place = section ? tr("s \u2018{section}\u2019", { section }) : "";
    if (row) place = section ? tr("s \u2018{section}\u2019, row {row}", { section, row }) : tr("row {row}", { row });
    else if (number) place = section ? tr("s \u2018{section}\u2019, para {number}", { section, number }) : tr("para {number}", { number });
    return whole(place, element.id);
  };

  const button = (label, what) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "pa-copy";
    made.textContent = label;
    made.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(what());
        status.textContent = "";
        status.textContent = tr("Copied.");
        made.textContent = tr("Copied");
        setTimeout(() => (made.textContent = label), 2000);
      } catch {
        status.textContent = tr("This browser does not let the page copy. Select the words and copy them yourself.");
        status.className = "";
      }
    });
    return made;
  };
  const buttons = (quoted, place) => {
    const made = document.createElement("p");
    made.className = "pa-cite__buttons";
    if (navigator.clipboard) made.append(button(tr("Copy the citation"), quoted), " ", button(tr("Copy the address"), place));
    return made;
  };

  fold.querySelector(".pa-cite__words").after(buttons(() => whole("", ""), () => address));

  // What a reader may do with the whole edition; a telephone has its own way to pass an address on.
  const act = (label, does) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "pa-copy", textContent: label });
    made.addEventListener("click", does);
    return made;
  };
  const uses = document.createElement("p");
  uses.className = "pa-cite__buttons";
  uses.append(act(tr("Print this edition"), () => print()));
  if (navigator.share) uses.append(" ", act(tr("Share"), () => navigator.share({ title: document.title, url: address }).catch(() => {})));
  document.querySelector(".pa-forms")?.after(uses);

  let box = null;
  let marked = null;
  const mark = (element) => {
    marked?.classList.remove("pa-cited");
    marked = element;
    marked?.classList.add("pa-cited");
  };
  const close = () => {
    mark(null);
    box?.remove();
    box = null;
  };

  const offer = (heading) => {
    close();
    let chosen = heading;
    box = document.createElement("div");
    box.className = "pa-cite__box";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", tr("Cite this section: {section}", { section: words(heading) }));
    const said = document.createElement("p");
    said.className = "pa-cite__words";
    const say = () => (said.textContent = citation(chosen));
    say();
    box.append(said);
    const parts = [...text.querySelectorAll("[id]")].filter(({ id }) => id.startsWith(`${heading.id}-p`) && /^\d+$/.test(id.slice(heading.id.length + 2)));
    if (parts.length) {
      const label = document.createElement("label");
      const field = document.createElement("input");
      field.type = "number";
      field.min = 1;
      field.max = parts.length;
      field.addEventListener("input", () => {
        const part = document.getElementById(`${heading.id}-p${Number(field.value)}`);
        chosen = part ?? heading;
        mark(part);
        say();
      });
      label.append(tr("Only one paragraph, point or row (1 to {last}):", { last: parts.length }), " ", field);
      box.append(label);
    }
    const row = buttons(() => citation(chosen), () => `${address}#${chosen.id}`);
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "pa-copy";
    shut.textContent = tr("Close");
    shut.addEventListener("click", () => {
      close();
      heading.querySelector(".pa-anchor")?.focus();
    });
    row.append(" ", shut);
    box.append(row);
    heading.after(box);
    status.textContent = tr("The citation of this section stands below its heading.");
  };

  text.addEventListener("click", (event) => {
    const sign = event.target.closest(".pa-anchor");
    if (sign) offer(sign.parentElement);
  });

  // Whoever comes by the address of a paragraph or a row finds its citation in the fold.
  const here = document.createElement("div");
  here.className = "pa-cite__here";
  fold.append(here);
  const arrive = () => {
    here.replaceChildren();
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !text.contains(place)) return;
    const said = document.createElement("p");
    said.className = "pa-cite__words";
    said.textContent = citation(place);
    const lead = document.createElement("p");
    lead.textContent = tr("The place in your address:");
    here.append(lead, said, buttons(() => citation(place), () => `${address}#${place.id}`));
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
