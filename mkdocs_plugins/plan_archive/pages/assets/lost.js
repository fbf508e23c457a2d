// On the page for what was not found: offers the plans whose names come near the words of the address. The lists work without.
(() => {
  const place = document.querySelector("[data-lost]");
  // The root of the language: another language than the main one lies below the site's.
  const { src, dataset } = document.currentScript;
  const root = dataset.root ? new URL(dataset.root, document.baseURI) : new URL("../", src);
  if (!place) return;
  const SMALL = new Set("a an and the of for in on to at by www http https html htm php asp aspx pdf doc docx index default home page pages plan plans document documents download downloads council".split(" "));
  const tr = (text) => globalThis.planArchiveWords?.[text] ?? text;
  const pieces = (text, values) => text.split(/\{([a-z_]+)\}/).map((part, at) => (at % 2 ? values[part] : part));
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/['\u2018\u2019]/g, "");
  const single = (word) => (word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word);
  const tokens = (text) => (plain(text).match(/\p{L}+/gu) ?? []).map(single);
  const said = (text) => tokens(text).filter((word) => !SMALL.has(word) && word.length > 1);

  // Letters put in, left out, changed or swapped with their neighbour; whatever is more than `most` counts as far.
  const far = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    const rows = Array.from({ length: one.length + 1 }, (_, i) => [i]);
    for (let j = 1; j <= other.length; j += 1) rows[0][j] = j;
    for (let i = 1; i <= one.length; i += 1) {
      for (let j = 1; j <= other.length; j += 1) {
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[one.length][other.length];
  };
  const like = (asked, word) => {
    if (asked === word) return 1;
    if (Math.min(asked.length, word.length) > 3 && (word.startsWith(asked) || asked.startsWith(word))) return 0.8;
    const most = Math.min(asked.length, word.length) > 7 ? 2 : Math.min(asked.length, word.length) > 4 ? 1 : 0;
    return most && far(asked, word, most) <= most ? 0.7 : 0;
  };

  // How near a plan's names come to what was asked: the share of a name that is there, and of the question that it is.
  const near = (parts, plan, rare) => {
    const asked = [...new Set(parts.flatMap(said))];
    const run = parts.flatMap((part) => [tokens(part).join(""), ...tokens(part)]);
    let best = 0;
    for (const name of [plan.title, plan.id, ...plan.names]) {
      const words = said(name);
      if (!words.length) continue;
      if (run.includes(tokens(name).join("")) || words.join("").length > 4 && run.includes(words.join(""))) best = Math.max(best, 2);
      const weigh = (list) => list.reduce((sum, word) => sum + (rare.get(word) ?? 1), 0);
      const got = words.reduce((sum, word) => sum + (rare.get(word) ?? 1) * Math.max(0, ...asked.map((one) => like(one, word))), 0);
      const used = asked.reduce((sum, one) => sum + Math.max(0, ...words.map((word) => like(one, word))), 0) / asked.length;
      best = Math.max(best, (got / weigh(words)) * 0.7 + used * 0.3);
    }
    return best;
  };

  const anchor = (address, text) => Object.assign(document.createElement("a"), { href: new URL(address, root).href, textContent: text });
  // The editions of some plans, by their ids, where a year was asked for.
  const editionsOf = async (wanted) => {
    if (!wanted.length) return new Map();
    try {
      const { plans } = await (await fetch(new URL("data/catalogue.json", new URL("../", src)))).json();
      const some = plans.filter((plan) => wanted.includes(plan.id));
      return new Map(some.map((plan) => [plan.id, plan.editions.map(({ id, title }) => [id, title])]));
    } catch {
      return new Map();
    }
  };

  const offer = async () => {
    let path = location.pathname;
    try {
      path = decodeURIComponent(path);
    } catch {
      // an address that was never well made is taken as it is
    }
    if (path.startsWith(root.pathname)) path = path.slice(root.pathname.length);
    const parts = path.split("/").map((part) => part.replace(/([a-z])([A-Z])/g, "$1 $2"));
    const last = parts.findLast((part) => said(part).length);
    if (!last) return;
    let words;
    try {
      words = await (await fetch(new URL("search/words.json", root))).json();
    } catch {
      return; // a preview, or no network: the lists are there
    }
    const count = new Map();
    for (const plan of words.plans) for (const word of new Set([plan.title, ...plan.names].flatMap(said))) count.set(word, (count.get(word) ?? 0) + 1);
    const rare = new Map([...count].map(([word, many]) => [word, Math.log(1 + words.plans.length / many)]));
    // The last part of an address says most: what stands before it may be a folder's name.
    const worth = (plan) => Math.max(0.9 * near(parts, plan, rare), near([last], plan, rare));
    const found = words.plans.map((plan) => [worth(plan), plan]).filter(([much]) => much >= 0.45);
    found.sort((one, other) => other[0] - one[0] || (one[1].title < other[1].title ? -1 : 1));
    const shown = found.filter(([much]) => much >= 0.6 * found[0][0]).slice(0, 4);
    if (!shown.length) return;
    // Whoever looks for what no plan is called finds the words in the box.
    const box = document.querySelector("#pa-lost");
    if (box && !box.value) box.value = said(last).join(" ");
    const years = new Set(path.match(/(?:19|20)\d\d/g));
    const editions = await editionsOf(years.size ? shown.map(([, plan]) => plan.id) : []);
    const head = document.createElement("h2");
    head.textContent = tr("Plans with a name like this");
    const list = document.createElement("ul");
    for (const [, plan] of shown) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = new URL(`plans/${plan.id}/`, root).href;
      link.textContent = plan.title;
      item.append(...pieces(plan.in_effect ? tr("{plan} (in effect)") : tr("{plan} (no longer in effect)"), { plan: link }));
      const more = [...(editions.get(plan.id) ?? [])].filter(([id]) => years.has(id)).map(([id, title]) => anchor(`plans/${plan.id}/${id}/`, title));
      if (!plan.in_effect) more.push(anchor(`where/#plan-${plan.id}`, tr("Where did it go?")));
      if (more.length) item.append(document.createElement("br"), ...more.flatMap((each, at) => (at ? [" \u00b7 ", each] : [each])));
      list.append(item);
    }
    place.append(head, list);
  };
  offer();
})();
