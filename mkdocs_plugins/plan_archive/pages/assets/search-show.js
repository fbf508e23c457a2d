// Draws results: only nodes and text, never markup from data.
import { tokens } from "./search-words.js";

const WINDOW = 34; // words of an excerpt
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

// Where the most different words stand close together: from which word on, and whether any stands there at all.
const best = (words, hits) => {
  let from = 0;
  let most = 0;
  for (let at = 0; at < words.length; at += 1) {
    if (!hits[at]) continue;
    const inside = hits.slice(at, at + WINDOW).filter(Boolean);
    const worth = new Set(inside).size * 10 + Math.min(inside.length, 9);
    if (worth > most) [from, most] = [at, worth];
  }
  return [Math.max(0, Math.min(from - 6, words.length - WINDOW)), most > 0];
};

/** The part of a text that answers best, with its words marked; `early` where only an earlier edition has them. */
export const excerpt = (content, card, wanted, alike) => {
  const words = content.split(/\s+/).slice(card.lead);
  const hits = matched(words, wanted, alike);
  const latest = words.slice(0, card.latest);
  let [from, any] = best(latest, hits.slice(0, card.latest));
  let shown = latest;
  let early = false;
  if (!any && card.latest < words.length) {
    const [place, there] = best(words.slice(card.latest), hits.slice(card.latest));
    if (there) [from, shown, early] = [card.latest + place, words, true];
  }
  const to = Math.min(from + WINDOW, shown.length);
  const made = make("p", { class: "pa-hit__text" });
  if (early) made.append(tr("In an earlier edition:"), " ");
  if (from > 0) made.append("\u2026 ");
  const surface = new Set();
  for (let at = from; at < to; at += 1) {
    const [, before, inside, after] = shown[at].match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u);
    made.append(at > from ? " " : "", before, hits[at] ? make("mark", {}, inside) : inside, after);
    if (hits[at]) surface.add(tokens(inside).join(" "));
  }
  if (to < shown.length) made.append(" \u2026");
  for (const [at, hit] of hits.entries()) if (hit && surface.size < 8) surface.add(tokens(words[at]).join(" "));
  return { made: words.length ? made : null, marked: [...surface] };
};

/** One result: a plan, or a section with its editions. */
export const hit = (data, found, wanted, root, notice) => {
  const card = JSON.parse(data.meta.card);
  const { made, marked: said } = excerpt(data.raw_content ?? data.content, card, wanted, found.alike);
  const title = data.meta.title.split(/\s+/);
  const hits = matched(title, wanted, found.alike);
  const marked = said.length ? said : title.filter((_, at) => hits[at]).flatMap(tokens);
  const year = found.asked.years.find((one) => card.editions.some(([id]) => id === one));
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
  const main = card.editions.find(([id]) => id === year)?.[1] ?? card.address;
  const titles = [...(card.above ?? []), data.meta.title].join(" \u203a ");
  const item = make("li", { class: `pa-hit pa-hit--${card.status}`, "data-hit": card.address });
  item.append(make("h2", { class: "pa-hit__title" }, make("a", { href: to(card.kind === "plan" ? card.address : main, true), ...spoken }, data.meta.title)));
  const where = card.kind === "plan" ? tr("Plan") : card.edition + (card.above.length ? `, ${card.above.join(" \u203a ")}` : "");
  item.append(make("p", { class: "pa-hit__plan", title: titles }, notice ? tr("Fictional example.") : "", notice ? " " : "", where));
  item.append(
    make("p", { class: `pa-badge pa-badge--${card.status}` }, make("span", { class: "pa-shape", "aria-hidden": "true" }, card.shape), ` ${card.label}`),
  );
  for (const now of card.now ?? []) {
    const text = now.address ? make("a", { href: new URL(now.address, root).href, ...led(now.address) }, now.text) : now.text;
    item.append(make("p", { class: "pa-hit__now" }, `${now.lead}${now.address ? " " : ": "}`, text, now.rest ?? ""));
  }
  if (made) item.append(made);
  if (made && card.language) made.lang = card.language;
  if (card.editions.length > 1 || card.kind === "plan") item.append(editions(card, to, led));
  return { item, count: Math.max(card.editions.length, 1) };
};

const editions = (card, to, led) => {
  const made = make("p", { class: "pa-hit__editions" }, card.kind === "plan" ? tr("Editions:") : tr("This section in:"), " ");
  if (!card.editions.length) return make("p", { class: "pa-hit__editions" }, tr("No edition is in this archive."));
  [...card.editions].reverse().forEach(([id, address], at) => {
    made.append(at ? ", " : "", make("a", { href: to(address, false), ...led(address) }, id));
  });
  return made;
};
