// Works out from the dated facts what held on a chosen day. Without it there is a page for each year.
(() => {
  const form = document.querySelector("[data-asat]");
  if (!form) return;
  form.hidden = false;
  const field = form.querySelector("input");
  const told = form.querySelector("[data-told]");
  const found = document.querySelector("[data-found]");
  let facts = null;

  const said = (day) => new Date(`${day}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const holds = (span, day) => span.from !== null && span.from <= day && (span.to === null || day <= span.to);
  const list = (title, spans) => {
    const heading = document.createElement("h2");
    heading.textContent = title;
    const items = document.createElement("ul");
    for (const span of spans) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = form.dataset.home + span.address.slice(1);
      link.textContent = span.title;
      item.append(link, `, ${span.days}${span.exact ? "" : " (not known to the day)"}`);
      items.append(item);
    }
    if (!spans.length) items.append(Object.assign(document.createElement("li"), { textContent: "None that this archive knows of." }));
    return [heading, items];
  };
  const show = async () => {
    const day = field.value;
    if (!day || !field.checkValidity()) {
      told.textContent = `Choose a day from ${said(field.min)} to ${said(field.max)}.`;
      return;
    }
    try {
      facts ??= await (await fetch(form.dataset.source)).json();
    } catch {
      told.textContent = "The dates could not be loaded. The years below need no script.";
      return;
    }
    const editions = facts.editions.filter((span) => holds(span, day));
    const duties = facts.duties.filter((span) => holds(span, day));
    found.replaceChildren(...list(`Plans in effect on ${said(day)}`, editions), ...list(`Duties in force on ${said(day)}`, duties));
    told.textContent = `On ${said(day)}: ${editions.length} in effect, ${duties.length} ${duties.length === 1 ? "duty" : "duties"} in force`;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?day=${field.value}`);
    show();
  });
  const asked = new URLSearchParams(location.search).get("day");
  if (asked && /^\d{4}-\d{2}-\d{2}$/.test(asked)) {
    field.value = asked;
    show();
  }
})();
