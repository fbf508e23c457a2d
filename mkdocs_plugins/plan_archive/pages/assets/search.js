// The page to search on: what is asked stands in the address, so that it can be linked, and goes back and forth.
(() => {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  // The root of the language: another language than the main one lies below the site's.
  const { src, dataset } = document.currentScript;
  const root = dataset.root ? new URL(dataset.root, document.baseURI) : new URL("../", src);
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
  const ECHO = 80; // letters of a question that are said again
  const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (place, name) => values[name] ?? place);
  const tr = (text, values = {}) => fill(globalThis.planArchiveWords?.[text] ?? text, values);
  const trMany = (one, many, count) => {
    const forms = globalThis.planArchiveWords?.[many];
    return fill(Array.isArray(forms) ? forms[planArchiveForm(count)] : count === 1 ? one : many, { count });
  };
  const pieces = (text, values) => text.split(/\{([a-z_]+)\}/).map((part, at) => (at % 2 ? values[part] : part));
  let parts = null;
  let turn = 0;
  let shown = null;

  // The engine and the drawing, fetched at the first question, and all at once: each would name the next only later.
  const load = () => {
    parts ??= Promise.all([
      import(new URL("search-find.js", src)),
      import(new URL("search-show.js", src)),
      fetch(`${root}search/words.json`).then((answer) => answer.json()),
      import(`${root}search/pagefind.js`),
      import(new URL("search-words.js", src)), // which both of the first two import
    ]).then(
      async ([find, show, words, engine]) => {
        const finder = await find.open(root, words, engine);
        const plans = form.elements.namedItem("plan");
        const titles = [...finder.words.plans].sort((a, b) => a.title.localeCompare(b.title, finder.words.language));
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
    field.value = (query.get("q") ?? "").slice(0, field.maxLength);
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

  // A question as it is said again: a long one cut behind a word.
  const echo = (words) => (words.length > ECHO ? `${words.slice(0, ECHO).replace(/\s\S*$/, "")}\u2026` : words);

  const run = async () => {
    const { words, choice } = read();
    turn += 1;
    const mine = turn;
    document.title = words ? `${echo(words)} - ${title}` : title;
    if (!words && !some(choice)) return idle();
    told.textContent = tr("Searching\u2026");
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
    told.textContent = tr("Search does not work in this browser. The lists below lead to every plan.");
    console.warn(fault);
  };

  const draw = async (found, words, choice, { finder, show }, mine) => {
    const hits = show.make("ol", { class: "pa-hits" });
    shown = { found, wanted: show.sought(found), show, finder, hits, years: choice.year, at: 0 };
    await take(FIRST, mine);
    if (mine !== turn) return;
    list.replaceChildren(...notes(found, show, finder.words.preview), ...(found.results.length ? [hits] : []));
    if (!found.results.length) list.append(nothing(found, words, choice, finder, show));
    list.hidden = false;
    plain.hidden = true;
    narrow.hidden = false;
    browse.hidden = found.results.length > 0;
    if (found.facets && some(choice)) narrow.open = true;
    await take(STEP - FIRST, mine);
    if (mine !== turn) return;
    summary();
    if (narrow.open) counts();
  };

  // So many more results; the first of them.
  const take = async (many, mine) => {
    const { found, wanted, show, finder, hits, years } = shown;
    const rows = found.results.slice(shown.at, shown.at + many);
    const all = await Promise.all(rows.map((row) => row.result.data()));
    if (mine !== turn) return null;
    let first = null;
    for (const data of all) {
      const item = show.hit(data, found, wanted, root, finder.words.notice, years);
      first ??= item;
      hits.append(item);
    }
    shown.at += rows.length;
    more.hidden = shown.at >= found.results.length;
    return first;
  };
  const summary = () => {
    const { words, choice } = read();
    const all = shown.found.results.length;
    const question = echo(words);
    const sections = trMany("{count} section", "{count} sections", all);
    if (!all && some(choice) && (shown.found.all.length || !words)) told.textContent = tr("No result with these choices.");
    else if (!all) told.textContent = tr("Nothing was found for \u201c{question}\u201d.", { question });
    else told.textContent = question ? tr("{sections} found for \u201c{question}\u201d.", { sections, question }) : tr("{sections} found.", { sections });
    if (shown.at < all) told.textContent = [told.textContent, tr("Showing {number}.", { number: shown.at })].join(" ");
  };

  // How the question was understood, in words.
  const notes = (found, show, preview) => {
    const lines = [];
    const note = (...children) => lines.push(show.make("p", { class: "pa-hit__note" }, ...children));
    const quoted = (all) => all.map((word) => tr("\u201c{word}\u201d", { word })).join(", ");
    const to = (words) => link({ q: words }, words, show);
    if (found.meant) {
      const said = tr("Not found: {words}. Did you mean {link}? That is what was searched.");
      note(...pieces(said, { words: quoted(found.unknown), link: to(found.meant) }));
    }
    if (found.begun?.length) note(tr("Also searched: words that begin with {words}.", { words: quoted(found.begun) }));
    if (found.missing.length && found.all.length) {
      note(tr("Not in any plan, and left out: {words}.", { words: quoted(found.missing) }));
      if (found.near) note(...pieces(tr("Did you mean {link}?"), { link: to(found.near) }));
    }
    if (found.also.length && found.results.length) {
      note(tr("Also searched: {words}.", { words: found.also.join(", ") }));
    }
    if (preview) note(tr("This preview searches the texts as they were when it was started."));
    return lines;
  };
  const link = (query, text, show) => show.make("a", { href: `?${new URLSearchParams(query)}` }, text);

  const nothing = (found, words, choice, finder, show) => {
    const { make } = show;
    const box = make("div", { class: "pa-nothing" });
    const lines = [];
    const narrowed = some(choice) && found.all.length;
    if (narrowed) {
      const sections = trMany("{count} section", "{count} sections", found.all.length);
      lines.push(make("li", {}, link({ q: words }, tr("Search without narrowing: {sections}", { sections }), show)));
    }
    const language = finder.words.language_name;
    // TRANSLATORS: {language} is the language of the page; a translation may name it instead.
    if (!narrowed) lines.push(make("li", {}, tr("Try fewer words, or another word for the same. The texts are in {language}.", { language })));
    for (const there of document.querySelectorAll(".pa-header__languages a[hreflang]")) {
      const other = make("a", { href: `${there.href}?${new URLSearchParams({ q: words })}`, lang: there.lang, hreflang: there.lang }, there.textContent);
      if (words) lines.push(make("li", {}, ...pieces(tr("Search the texts in another language: {link}"), { link: other })));
    }
    const list = make("a", { href: `${root}a-to-z/` }, tr("A to Z"));
    lines.push(make("li", {}, ...pieces(tr("Look in the {list}, which has every name of every plan."), { list })));
    box.append(make("ul", {}, ...lines));
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
    summary();
    first?.querySelector("a").focus();
  });
  window.addEventListener("popstate", run);

  // The lists give way, and the choices open, only when an engine has answered.
  const query = new URL(location.href).searchParams;
  if (query.get("q") || some(chosen(query))) run();
  else plain.hidden = true;
  if (!turn) form.addEventListener("focusin", () => load().then(() => turn === 0 && idle(), failed), { once: true });
})();
