// Works out from the dated facts what held on a chosen day. Without it there is a page for each year.
(() => {
  const form = document.querySelector("[data-asat]");
  if (!form) return;
  form.hidden = false;
  const root = new URL("../", document.currentScript.src);
  const field = form.querySelector("input");
  const told = form.querySelector("[data-told]");
  const found = document.querySelector("[data-found]");
  const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (place, name) => values[name] ?? place);
  const tr = (text, values = {}) => fill(globalThis.planArchiveWords?.[text] ?? text, values);
  const trMany = (one, many, count) => {
    const forms = globalThis.planArchiveWords?.[many];
    return fill(Array.isArray(forms) ? forms[planArchiveForm(count)] : count === 1 ? one : many, { count });
  };
  let facts = null;

  // Browsers do not know the months of every language.
  const months = globalThis.planArchiveMonths;
  const said = (day) => {
    const [year, month, number] = day.split("-").map(Number);
    if (months) return `${number} ${months[month - 1]} ${year}`;
    return new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  };
  const holds = (span, day) => span.from !== null && span.from <= day && (span.to === null || day <= span.to);
  const list = (title, spans) => {
    const heading = document.createElement("h2");
    heading.textContent = title;
    const items = document.createElement("ul");
    for (const span of spans) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = new URL(span.address.slice(1), root);
      link.textContent = span.title;
      item.append(link, ", ", span.exact ? span.days : tr("{days} (not known to the day)", span));
      items.append(item);
    }
    if (!spans.length) items.append(Object.assign(document.createElement("li"), { textContent: tr("None that this archive knows of.") }));
    return [heading, items];
  };
  const show = async () => {
    const day = field.value;
    if (!day || !field.checkValidity()) {
      found.replaceChildren(); // what was found for another day would be taken for this one's
      told.textContent = tr("Choose a day from {first} to {last}.", { first: said(field.min), last: said(field.max) });
      return;
    }
    try {
      facts ??= await (await fetch(form.dataset.source)).json();
    } catch {
      told.textContent = tr("The dates could not be loaded. The years below need no script.");
      return;
    }
    const editions = facts.editions.filter((span) => holds(span, day));
    const duties = facts.duties.filter((span) => holds(span, day));
    const on = { day: said(day) };
    found.replaceChildren(...list(tr("Plans in effect on {day}", on), editions), ...list(tr("Duties in force on {day}", on), duties));
    const plans = trMany("{count} plan was in effect", "{count} plans were in effect", editions.length);
    const forced = trMany("{count} duty was in force", "{count} duties were in force", duties.length);
    told.textContent = tr("On {day}, {plans} and {duties}.", { ...on, plans, duties: forced });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.checkValidity()) history.pushState(null, "", `?day=${field.value}`);
    show();
  });
  // The day stands in the address, so that it can be linked, and goes back and forth; without one it is the archive's.
  const read = (always) => {
    const asked = new URLSearchParams(location.search).get("day") ?? "";
    const right = /^\d{4}-\d{2}-\d{2}$/.test(asked);
    field.value = right ? asked : field.defaultValue;
    if (right || always) show();
  };
  window.addEventListener("popstate", () => read(true));
  read(false);
})();
