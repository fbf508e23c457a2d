// Draws results: only nodes and text, never markup from data.
import { tokens } from "./search-words.js";

const WINDOW = 34; // words of an excerpt
const SHORT = 12; // an excerpt that would be no longer begins earlier
const BACK = 14; // so many words before the first that is marked, at most, where a sentence begins
const ENDING = /[.?!]["'\u2019\u201d)\]]*$/; // of a word that ends a sentence
const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (place, name) => values[name] ?? place);
const tr = (text, values = {}) => fill(globalThis.planArchiveWords?.[text] ?? text, values);
const pieces = (text, values) => text.split(/\{([a-z_]+)\}/).map((part, at) => (at % 2 ? values[part] : part));

/** An element with attributes and children; a child may be a text. */
export const make = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
};

/** What is marked, as runs of words: the question's own words one by one, other words for them only as they stand. */
export const sought = (found) => {
  const own = [...found.asked.wanted.flatMap((thing) => thing.own), ...(found.asked.name ?? [])].flatMap(tokens);
  const saying = own.filter((word) => word.length > 2 && !["the", "and", "for", "with", "from"].includes(word));
  return [...new Set([...saying, ...found.also])].map(tokens);
};

// For each word which of the sought runs it belongs to, or null.
const matched = (words, wanted, alike) => {
  const firsts = words.map((word) => tokens(word));
  const hits = words.map(() => null);
  for (const run of wanted) {
    for (let at = 0; at + run.length <= words.length; at += 1) {
      const fits = run.every((part, by) => firsts[at + by].some((word) => alike(word, part)));
      if (fits) for (let by = 0; by < run.length; by += 1) hits[at + by] ??= run[0];
    }
  }
  return hits;
};

// Where the most different words stand close together: at which word, and whether any stands there at all.
const best = (hits) => {
  let from = 0;
  let most = 0;
  for (let at = 0; at < hits.length; at += 1) {
    if (!hits[at]) continue;
    const inside = hits.slice(at, at + WINDOW).filter(Boolean);
    const worth = new Set(inside).size * 10 + Math.min(inside.length, 9);
    if (worth > most) [from, most] = [at, worth];
  }
  return [from, most > 0];
};

// Where an excerpt begins that shows the word at a place: where its sentence does, if that is near.
const start = (words, seen, at) => {
  const near = seen.length - at < SHORT ? Math.max(0, Math.min(at, seen.length - WINDOW)) : at;
  const begins = (place) => place === 0 || seen[place - 1] !== seen[place] - 1 || ENDING.test(words[seen[place - 1]]);
  for (let place = near; place >= Math.max(0, near - BACK); place -= 1) if (begins(place)) return [place, true];
  return [Math.max(0, near - 6), false];
};

/** The part of a text that answers best, with its words marked; it says where only an earlier edition has them. */
export const excerpt = (content, card, wanted, alike) => {
  const words = content.split(/\s+/).slice(card.lead);
  const figures = new Set(card.figures.flatMap(([from, to]) => Array.from({ length: to - from }, (_, by) => from + by)));
  const seen = words.map((_, at) => at).filter((at) => !figures.has(at));
  const latest = seen.filter((at) => at < card.latest);
  const older = seen.slice(latest.length);
  const found = matched(seen.map((at) => words[at]), wanted, alike);
  let [place, any] = best(found.slice(0, latest.length));
  let [shown, hits, early] = [latest, found, false];
  if (!any && older.length) {
    const [there, some] = best(found.slice(latest.length));
    if (some || !latest.length) [place, shown, hits, early] = [there, older, found.slice(latest.length), true];
  }
  const made = make("p", { class: "pa-hit__text" });
  const [from, whole] = start(words, shown, place);
  const to = Math.min(Math.max(from + WINDOW, place + 8), shown.length);
  if (early) made.append(tr("In an earlier edition:"), " ");
  if (!whole) made.append("\u2026 ");
  const surface = new Set();
  for (let at = from; at < to; at += 1) {
    const [, before, inside, after] = words[shown[at]].match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u);
    // A row ends where its figures are left out.
    if (at > from) made.append(shown[at] === shown[at - 1] + 1 ? " " : "; ");
    made.append(before, hits[at] ? make("mark", {}, inside) : inside, after);
    if (hits[at]) surface.add(tokens(inside).join(" "));
  }
  if (to < shown.length) made.append(" \u2026");
  for (const [at, hit] of matched(words, wanted, alike).entries()) if (hit && surface.size < 8) surface.add(tokens(words[at]).join(" "));
  return { made: shown.length ? made : null, marked: [...surface] };
};

// What is said below a heading that has no words of its own: the first words inside it.
const inside = (text) => {
  const words = text.split(/\s+/);
  return make("p", { class: "pa-hit__text" }, words.slice(0, WINDOW).join(" "), words.length > WINDOW ? " \u2026" : "");
};

// The edition of a year that was asked for, by its name or else by the years it is about; null where it is what is shown.
const dated = (card, years) => {
  for (const year of years) {
    const named = card.editions.find((edition) => edition.id === year);
    const about = card.editions.filter(({ years: [from, to] }) => from <= Number(year) && Number(year) <= to).pop();
    const edition = named ?? about;
    if (edition) return edition.parts.some(([, address]) => address === card.address) ? null : { year, edition };
  }
  return null;
};

/** One result: a plan, or a section with its editions. `years` were chosen, beside those that the question says. */
export const hit = (data, found, wanted, root, notice, years = []) => {
  const card = JSON.parse(data.meta.card);
  const { made, marked: said } = excerpt(data.raw_content ?? data.content, card, wanted, found.alike);
  const title = data.meta.title.split(/\s+/);
  const hits = matched(title, wanted, found.alike);
  const marked = said.length ? said : title.filter((_, at) => hits[at]).flatMap(tokens);
  const row = (card.refs ?? []).find((ref) => wanted.some(([word]) => word === ref.toLowerCase()));
  const to = (address, exact) => {
    const url = new URL(address, root);
    if (marked.length && card.kind === "section") url.searchParams.set("q", marked.join(" "));
    if (exact && row) url.hash = `ref-${row.toLowerCase()}`;
    return url.href;
  };
  // In which language a page is that has none in the reader's, and the words of a plan that has no others.
  const led = (address) => (card.main && address.startsWith("../") ? { hreflang: card.main } : {});
  const spoken = card.language ? { lang: card.language } : {};
  const titles = [...(card.above ?? []), data.meta.title].join(" \u203a ");
  const item = make("li", { class: `pa-hit pa-hit--${card.status}`, "data-hit": card.address });
  item.append(make("h2", { class: "pa-hit__title" }, make("a", { href: to(card.address, true), ...spoken }, data.meta.title)));
  const where = card.kind === "plan" ? tr("Plan") : card.edition + (card.above.length ? `, ${card.above.join(" \u203a ")}` : "");
  item.append(make("p", { class: "pa-hit__plan", title: titles }, notice ? tr("Fictional example.") : "", notice ? " " : "", where));
  item.append(
    make("p", { class: `pa-badge pa-badge--${card.status}` }, make("span", { class: "pa-shape", "aria-hidden": "true" }, card.shape), ` ${card.label}`),
  );
  const then = dated(card, [...years, ...(found.asked.dated ?? [])]);
  if (then) item.append(asked(then, card, to));
  for (const now of card.now ?? []) {
    const text = now.address ? make("a", { href: new URL(now.address, root).href, ...led(now.address) }, now.text) : now.text;
    item.append(make("p", { class: "pa-hit__now" }, `${now.lead}${now.address ? " " : ": "}`, text, now.rest ?? ""));
  }
  const shown = made ?? (card.inside ? inside(card.inside) : null);
  if (shown) item.append(shown);
  if (shown && card.language) shown.lang = card.language;
  if (card.editions.length > 1 || card.kind === "plan") item.append(editions(card, data.meta.title, to, led));
  return item;
};

// The way to the edition that was asked for, which is not the one shown, and how that one stands.
const asked = ({ year, edition }, card, to) => {
  const name = card.kind === "plan" ? tr("this plan in {edition}", { edition: edition.id }) : tr("this section in {edition}", { edition: edition.id });
  const link = make("a", { href: to(edition.parts[0][1], false) }, name);
  const said = tr("You asked for {year}: {link}. {standing}.", { year, standing: edition.label });
  return make("p", { class: "pa-hit__asked" }, ...pieces(said, { link }));
};

// Every edition with the section, the latest first; where it had another heading, or several became one, it says which.
const editions = (card, title, to, led) => {
  if (!card.editions.length) return make("p", { class: "pa-hit__editions" }, tr("No edition is in this archive."));
  const made = make("p", { class: "pa-hit__editions" }, card.kind === "plan" ? tr("Editions:") : tr("This section in:"), " ");
  const all = [...card.editions].reverse();
  for (const [at, { id, parts }] of all.entries()) {
    const [[name, address], ...others] = parts;
    made.append(at ? " " : "", make("a", { href: to(address, false), ...led(address) }, id));
    const next = all[at + 1]?.parts;
    const same = next && !others.length && next.length === 1 && next[0][0] === name;
    const other = name && name !== title ? [tr("\u201c{word}\u201d", { word: name })] : [];
    const linked = others.map(([word, there]) => make("a", { href: to(there, false), ...led(there) }, tr("\u201c{word}\u201d", { word })));
    const headings = make("span", {}, ...[...other, ...linked].flatMap((heading, by) => (by ? [", ", heading] : [heading])));
    // What several editions in a row call it is said behind the last of them.
    if (headings.childNodes.length && !same) {
      made.append(" ", ...pieces(other.length ? tr("(as {headings})") : tr("(also as {headings})"), { headings }));
    }
    if (next) made.append(same ? "," : ";");
  }
  return made;
};
