// Narrows the list to the plans and parts that are meant by what is typed. Without it the whole list is there, folded.
(() => {
  const form = document.querySelector("[data-find]");
  if (!form) return;
  form.hidden = false;
  const field = form.querySelector("input");
  const told = form.querySelector("[data-told]");
  const aside = document.querySelectorAll("[data-plans], [data-key], .pa-parts__about");
  const module = new URL("search-words.js", document.currentScript.src);
  // Words that say too little to choose by: someone may remember only "the behaviour plan".
  const small = new Set(["a", "an", "and", "for", "in", "my", "of", "old", "on", "our", "plan", "plans", "the", "to"]);
  const plain = (text) => {
    const letters = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'\u2019]/g, "");
    return letters.replace(/[^\p{L}\p{N}.]+/gu, " ").replace(/\.(?= |$)/g, "").trim();
  };
  // A number must stand by itself: "2" does not find "12". A word is found by its beginning.
  const fits = (text, words) =>
    words.every((word) => ` ${text} `.includes(/^[\d.]+$/.test(word) ? ` ${word} ` : ` ${word}`));
  const plans = [...document.querySelectorAll("[data-plan]")].map((box) => ({
    box,
    fold: box.querySelector("[data-fold]"),
    names: plain(box.dataset.names),
    parts: [...box.querySelectorAll("[data-part]")].map((line) => ({
      line,
      title: plain(line.querySelector(".pa-parts__old").textContent),
    })),
  }));
  const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (place, name) => values[name] ?? place);
  const tr = (text, values = {}) => fill(globalThis.planArchiveWords?.[text] ?? text, values);
  const trMany = (one, many, count) => {
    const forms = globalThis.planArchiveWords?.[many];
    return fill(Array.isArray(forms) ? forms[planArchiveForm(count)] : count === 1 ? one : many, { count });
  };
  const pieces = (text, values) => text.split(/\{([a-z_]+)\}/).map((part, at) => (at % 2 ? values[part] : part));
  const many = (plans, parts) => {
    if (!parts) return trMany("{count} plan found", "{count} plans found", plans);
    if (!plans) return trMany("{count} part found", "{count} parts found", parts);
    const both = { plans: trMany("{count} plan", "{count} plans", plans), parts: trMany("{count} part", "{count} parts", parts) };
    return tr("{plans} and {parts} found", both);
  };
  const known = new Set(plans.flatMap((plan) => [plan.names, ...plan.parts.map((part) => part.title)]).flatMap((text) => text.split(" ")));
  // What is typed, as far as it says something. A year is left out where no name or title has it: an edition's, perhaps.
  const read = () => {
    const typed = plain(field.value).split(" ").filter(Boolean);
    const telling = typed.filter((word) => !small.has(word) && (known.has(word) || !/^(19|20)\d\d$/.test(word)));
    return telling.length ? telling : typed;
  };
  let turn = 0;
  const narrow = async () => {
    turn += 1;
    const mine = turn;
    const words = read();
    if (show(words) || !words.length) return;
    // Nothing has them: those that no plan knows may be misspelt.
    const { nearest } = await import(module);
    if (mine !== turn) return;
    const meant = words.map((word) => ([...known].some((other) => other.startsWith(word)) ? word : (nearest(word, known) ?? word)));
    if (meant.join() !== words.join() && show(meant)) {
      told.textContent = tr("Nothing found for \u201c{typed}\u201d. For \u201c{meant}\u201d: {found}", { typed: words.join(" "), meant: meant.join(" "), found: told.textContent });
    } else show(words);
  };
  // Show what the words mean, and say how much that is; whether anything is.
  const show = (words) => {
    let named = 0;
    let found = 0;
    for (const plan of plans) {
      // A plan that is meant by its name stays folded, with all its parts.
      const whole = fits(plan.names, words);
      let here = 0;
      for (const part of plan.parts) {
        const shown = whole || fits(`${plan.names} ${part.title}`, words);
        part.line.hidden = !shown;
        if (shown && !whole) here += 1;
      }
      plan.box.hidden = !whole && !here;
      plan.fold.open = words.length > 0 && !whole && here > 0;
      if (whole && words.length) named += 1;
      found += here;
    }
    for (const part of aside) part.hidden = words.length > 0;
    told.textContent = "";
    if (!words.length) return false;
    if (named || found) {
      told.textContent = many(named, found);
      return true;
    }
    const link = document.createElement("a");
    link.href = `${form.dataset.search}?q=${encodeURIComponent(field.value.trim())}`;
    link.textContent = tr("search all texts");
    told.append(...pieces(tr("Nothing found: try fewer words, or {link}"), { link }));
    return false;
  };
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const plan = plans.find((each) => each.box.contains(target));
    if (plan) plan.fold.open = true;
  };
  field.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", open);
  open();
})();
