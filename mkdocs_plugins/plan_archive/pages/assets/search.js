// The page to search on: what is asked stands in the address, so that it can be linked, and goes back and forth.
(() => {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const root = new URL("../", document.currentScript.src);
  const field = form.elements.namedItem("q");
  const told = document.querySelector("[data-told]");
  const list = document.querySelector("[data-results]");
  const more = document.querySelector("[data-more]");
  const browse = document.querySelector("[data-browse]");
  const plain = document.querySelector("[data-plain]");
  const narrow = form.querySelector("[data-narrow]");
  const title = document.title;
  const FACETS = ["plan", "year", "status", "kind", "needs", "outcome"];
  const STEP = 20;
  const FIRST = 5; // drawn before the rest is fetched
  let parts = null;
  let turn = 0;
  let shown = null;

  // The engine and the drawing, fetched at the first question.
  const load = () => {
    parts ??= Promise.all([import(`${root}assets/search-find.js`), import(`${root}assets/search-show.js`)]).then(
      async ([find, show]) => {
        const finder = await find.open(root);
        const plans = form.elements.namedItem("plan");
        const titles = [...finder.words.plans].sort((a, b) => a.title.localeCompare(b.title, "en"));
        for (const plan of titles) plans?.append(show.make("option", { value: plan.id }, plan.title));
        choose(new URL(location.href).searchParams);
        return { finder, show };
      },
    );
    return parts;
  };
  const chosen = (query) => Object.fromEntries(FACETS.map((name) => [name, query.getAll(name).filter(Boolean)]));
  const some = (choice) => Object.values(choice).some((values) => values.length);

  const read = () => {
    const query = new URL(location.href).searchParams;
    field.value = query.get("q") ?? "";
    choose(query);
    return { words: field.value.trim(), choice: chosen(query) };
  };
  const choose = (query) => {
    for (const name of FACETS) {
      const values = query.getAll(name);
      for (const control of [form.elements.namedItem(name)].flat().filter(Boolean)) set(control, values);
    }
  };
  const set = (control, values) => {
    if (control instanceof RadioNodeList || control instanceof HTMLCollection) for (const one of control) set(one, values);
    else if (control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  };

  const run = async () => {
    const { words, choice } = read();
    turn += 1;
    const mine = turn;
    document.title = words ? `${words} - ${title}` : title;
    if (!words && !some(choice)) return idle();
    told.textContent = "Searching\u2026";
    try {
      const { finder, show } = await load();
      const found = words ? await finder.find(words, choice) : await finder.browse(choice);
      if (mine !== turn) return undefined;
      return await draw(found, words, choice, { finder, show }, mine);
    } catch (fault) {
      if (mine === turn) failed(fault);
      return undefined;
    }
  };

  const idle = () => {
    told.textContent = "";
    list.replaceChildren();
    list.hidden = true;
    more.hidden = true;
    browse.hidden = false;
    plain.hidden = true;
    narrow.hidden = false;
  };
  const failed = (fault) => {
    idle();
    narrow.hidden = true;
    plain.hidden = false;
    told.textContent = "Search does not work in this browser. The lists below lead to every plan.";
    console.warn(fault);
  };

  const draw = async (found, words, choice, { finder, show }, mine) => {
    const hits = show.make("ol", { class: "pa-hits" });
    shown = { found, wanted: show.sought(found), show, finder, hits, at: 0, count: 0 };
    await take(FIRST, mine);
    if (mine !== turn) return;
    list.replaceChildren(...notes(found, show), ...(found.results.length ? [hits] : []));
    if (!found.results.length) list.append(nothing(found, words, choice, finder, show));
    list.hidden = false;
    plain.hidden = true;
    narrow.hidden = false;
    browse.hidden = found.results.length > 0;
    if (found.facets && some(choice)) narrow.open = true;
    await take(STEP - FIRST, mine);
    if (mine !== turn) return;
    summary(words);
    if (narrow.open) counts();
  };

  // So many more results; the first of them.
  const take = async (many, mine) => {
    const { found, wanted, show, finder, hits } = shown;
    const rows = found.results.slice(shown.at, shown.at + many);
    const all = await Promise.all(rows.map((row) => row.result.data()));
    if (mine !== turn) return null;
    let first = null;
    for (const data of all) {
      const { item, count } = show.hit(data, found, wanted, root, finder.words.notice);
      shown.count += count;
      first ??= item;
      hits.append(item);
    }
    shown.at += rows.length;
    more.hidden = shown.at >= found.results.length;
    return first;
  };
  const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  const summary = (words) => {
    const all = shown.found.results.length;
    const place = shown.at < all ? `the first ${shown.at} of ${plural(all, "section")}` : plural(all, "section");
    const what = words ? ` for \u201c${words}\u201d` : "";
    told.textContent = all ? `${plural(shown.count, "result")} in ${place}${what}` : `Nothing was found${what}.`;
  };

  // How the question was understood, in words.
  const notes = (found, show) => {
    const lines = [];
    const quoted = (all) => all.map((one) => `\u201c${one}\u201d`).join(", ");
    if (found.meant) {
      lines.push(show.make("p", { class: "pa-hit__note" }, `Not found: ${quoted(found.unknown)}. Did you mean `, link({ q: found.meant }, found.meant, show), "? That is what was searched."));
    } else if (found.missing.length && found.results.length) {
      lines.push(show.make("p", { class: "pa-hit__note" }, `Not in any plan, and left out: ${quoted(found.missing)}.`));
    }
    if (found.also.length && found.results.length) {
      lines.push(show.make("p", { class: "pa-hit__note" }, `Also searched: ${found.also.join(", ")}.`));
    }
    return lines;
  };
  const link = (query, text, show) => show.make("a", { href: `?${new URLSearchParams(query)}` }, text);

  const nothing = (found, words, choice, finder, show) => {
    const { make } = show;
    const box = make("div", { class: "pa-nothing" });
    const lines = [];
    if (some(choice) && found.all.length) {
      lines.push(make("li", {}, link({ q: words }, `Search without narrowing: ${plural(found.all.length, "section")}`, show)));
    }
    lines.push(make("li", {}, "Try fewer words, or another word for the same. The texts are in English."));
    lines.push(make("li", {}, "Look in the ", make("a", { href: `${root}a-to-z/` }, "A to Z"), ", which has every name of every plan."));
    box.append(make("ul", {}, ...lines));
    const old = finder.words.plans.filter((plan) => !plan.in_effect);
    if (old.length && old.length <= 60) {
      box.append(make("h2", {}, "Plans that are no longer in effect"));
      box.append(make("ul", { class: "pa-index" }, ...old.map((plan) => make("li", {}, make("a", { href: `${root}plans/${plan.id}/` }, plan.title)))));
    }
    return box;
  };

  // How many results each choice would leave.
  const counts = async () => {
    const mine = turn;
    const { finder } = await load();
    const facets = await finder.facets();
    if (mine !== turn || !shown) return;
    const choice = chosen(new URL(location.href).searchParams);
    for (const name of FACETS) {
      const rest = Object.entries(choice).filter(([other, values]) => other !== name && values.length);
      const tally = new Map();
      for (const { id } of shown.found.all) {
        const row = facets.get(id);
        if (!row || !rest.every(([other, values]) => row[other].some((one) => values.includes(one)))) continue;
        for (const value of row[name]) tally.set(value, (tally.get(value) ?? 0) + 1);
      }
      for (const option of form.querySelectorAll(`[name=${name}] option[value]:not([value=""])`)) {
        option.dataset.name ??= option.textContent;
        option.textContent = `${option.dataset.name} (${tally.get(option.value) ?? 0})`;
      }
      for (const box of form.querySelectorAll(`input[name=${name}]`)) {
        const text = box.nextElementSibling;
        text.dataset.name ??= text.textContent;
        text.textContent = `${text.dataset.name} (${tally.get(box.value) ?? 0})`;
      }
    }
  };

  const go = () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const there = query.size ? `?${query}` : location.pathname;
    if (there !== location.search) history.pushState(null, "", there);
    run();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  form.addEventListener("change", (event) => event.target !== field && go());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of FACETS) for (const control of form.querySelectorAll(`[name=${name}]`)) set(control, []);
    go();
  });
  narrow.addEventListener("toggle", () => narrow.open && shown && counts());
  more.querySelector("button").addEventListener("click", async () => {
    const first = await take(STEP, turn);
    summary(field.value.trim());
    first?.querySelector("a").focus();
  });
  window.addEventListener("popstate", run);

  // The lists give way, and the choices open, only when an engine has answered.
  const query = new URL(location.href).searchParams;
  if (query.get("q") || some(chosen(query))) run();
  else plain.hidden = true;
  if (!turn) form.addEventListener("focusin", () => load().then(() => turn === 0 && idle(), failed), { once: true });
})();
