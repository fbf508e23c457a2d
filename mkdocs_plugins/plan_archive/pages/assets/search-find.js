// Finds and ranks: asks Pagefind for each word by itself, in both bundles, and weighs what it answers. No page in here.
import { bare, beginning, lexicon, nearest, tokens, understand } from "./search-words.js";

/** What counts how much; tests/search/questions.yml is what it was tried on. */
export const weights = {
  other: 0.7, // another word for the same, beside the question's own
  share: 2, // how hard it falls if a result has only a share of what is asked
  enough: 0.4, // what is in effect comes first where it answers at least so well as the best there is,
  as_much: 0.75, // and has at least this share of what the best has of what is asked
  least: 0.5, // what has less than this share of what the best has is no result
  pair: 1, // two words of the question that stand side by side in the text too, beside the words themselves
  slight: 0.25, // who asks, and for whom: "my son"
  plan: 1.25, // a plan's own page, beside its texts
  ranking: { termSimilarity: 10, metaWeights: { title: 0 } },
};

const rarity = (all, having) => Math.log(1 + (all - having + 0.5) / (having + 0.5));

/** The search over the site at `root` with its words and Pagefind; it throws where the browser cannot run it. */
export const open = async (root, words, engine) => {
  const bundles = Object.keys(words.sizes).filter((name) => words.sizes[name]);
  const [first, ...others] = bundles.map((name) => new URL(`search/${name}/`, root).pathname);
  await engine.options({ basePath: first, ranking: weights.ranking });
  await engine.init();
  await engine.filters(); // the first answer: where WebAssembly is blocked this throws, and merging would wait for ever
  await Promise.all(others.map((path) => engine.mergeIndex(path, { ranking: weights.ranking })));
  return new Finder(root, words, bundles, engine);
};

// In which bundle a result is: en_current-3f9c2e17-1k.
const bundleOf = (id) => id.slice(id.indexOf("_") + 1, id.indexOf("-"));

class Finder {
  constructor(root, words, bundles, engine) {
    Object.assign(this, { root, words, bundles, engine, lexicon: lexicon(words), asked: new Map(), narrowing: null });
    this.own = new Set(words.plans.map((plan) => plan.result));
    this.total = bundles.reduce((sum, name) => sum + words.sizes[name], 0);
  }

  /** By what each result can be narrowed; fetched once, when first needed. */
  facets() {
    this.narrowing ??= Promise.all(
      this.bundles.map(async (name) => (await fetch(new URL(`search/${name}/facets.json`, this.root))).json()),
    ).then((files) => {
      const found = new Map();
      for (const { lists, results } of files) {
        const names = Object.keys(lists);
        for (const [id, row] of Object.entries(results)) {
          found.set(id, Object.fromEntries(names.map((name, at) => [name, lists[name][row[at]]])));
        }
      }
      return found;
    });
    return this.narrowing;
  }

  // Which results have a word or phrase, by id: with its weight in each, and whether it stands in what is in effect.
  ask(text) {
    if (!this.asked.has(text)) this.asked.set(text, this.answer(text));
    return this.asked.get(text);
  }

  async answer(text) {
    const found = new Map();
    const parts = text.split(" ");
    // Pagefind takes a word that it does not know for one that begins alike; only in quotes it means the word itself.
    const [exact, ...weighed] = await Promise.all([
      this.engine.search(`"${text}"`),
      ...(parts.length > 1 ? parts.map((part) => this.ask(part)) : [this.engine.search(text)]),
    ]);
    if (parts.length > 1) {
      for (const result of exact.results) {
        const sum = weighed.reduce((all, word) => all + (word.get(result.id)?.weight ?? 0), 0);
        found.set(result.id, { result, bundle: bundleOf(result.id), weight: sum / parts.length });
      }
      return found;
    }
    const having = new Set(exact.results.map((result) => result.id));
    const all = Object.fromEntries(this.bundles.map((name) => [name, weighed[0].results.filter((one) => bundleOf(one.id) === name)]));
    for (const [bundle, results] of Object.entries(all)) {
      // How rare a word is, is told of each bundle by itself: what is left of a score is how well a text has the word.
      const rare = Math.max(rarity(this.words.sizes[bundle], results.length), 0.005);
      for (const result of results) {
        if (having.has(result.id)) found.set(result.id, { result, bundle, weight: result.score / rare });
      }
    }
    return found;
  }

  /** What is found for a question: ranked results, and how it was understood. */
  async find(question, chosen = {}) {
    const asked = understand(question, this.lexicon);
    const first = await this.weigh(asked);
    if (!first.missing.length) return { ...(await this.rank(asked, first, chosen)), meant: null };
    const other = await this.instead(first);
    const unknown = first.missing.filter((word) => other.right.has(word));
    const left = first.missing.filter((word) => !other.right.has(word) && !other.begun.has(word));
    const spoken = (by) => tokens(bare(question)).map((word) => by.get(word) ?? word).filter(Boolean).join(" ");
    const meant = unknown.length ? spoken(other.right) : null;
    const again = meant === null ? asked : understand(meant, this.lexicon);
    for (const thing of again.wanted) {
      const begun = other.begun.get(thing.own[0]);
      if (begun) Object.assign(thing, { forms: begun, typed: thing.own, own: begun });
    }
    const found = await this.rank(again, await this.weigh(again), chosen);
    const near = other.near.size ? spoken(other.near) : null;
    return { ...found, missing: left, meant, unknown, near, begun: [...other.begun.keys()] };
  }

  // What is searched for each word that nothing has: the words it begins, or the word meant; and what may be meant.
  async instead({ missing, things }) {
    const [right, begun, near] = [new Map(), new Map(), new Map()];
    const enough = things.some((thing) => !thing.slight);
    for (const word of missing) {
      const welsh = this.words.welsh[word];
      const longer = welsh === undefined ? await this.longer(word) : [];
      const sure = welsh ?? nearest(word, this.lexicon.known, enough);
      // What was asked is not turned into something else while its other words find what they say.
      if (longer.length) begun.set(word, longer);
      else if (sure !== null) right.set(word, sure);
      else if (nearest(word, this.lexicon.known)) near.set(word, nearest(word, this.lexicon.known));
    }
    return { right, begun, near };
  }

  // The words that begin with what was typed: names and words for things or, where there are none, of the texts.
  async longer(typed) {
    const known = beginning(typed, this.lexicon);
    if (known.length || typed.length < 4) return known;
    // Pagefind gives longer words where it has any, and shorter ones where it has none: its first answer tells which.
    const [first] = (await this.engine.search(typed)).results;
    const said = first ? tokens((await first.data()).raw_content ?? "") : [];
    return said.filter((word) => word.startsWith(typed)).slice(0, 1);
  }

  // Each wanted thing with the results that have it.
  async weigh(asked) {
    const wanted = asked.plans.length && !asked.wanted.length ? asked.name.map((own) => ({ own: [own], also: [] })) : asked.wanted;
    const missing = [];
    const things = [];
    const asking = (thing) => [...new Set([...thing.own, ...(thing.forms ?? [])])];
    // All words at once: each is asked only once, and what the loop below waits for is on its way.
    for (const thing of wanted) {
      for (const word of [...(thing.number ? [thing.number] : asking(thing)), ...(thing.groups ?? [])]) {
        this.ask(tokens(word).join(" ")).catch(() => {});
      }
    }
    for (const thing of wanted) {
      const by = new Map();
      const add = (found, factor) => {
        for (const [id, one] of found) {
          if (factor * one.weight > (by.get(id)?.weight ?? 0)) by.set(id, { ...one, weight: factor * one.weight });
        }
      };
      if (thing.number) add(await this.ask(thing.number), 1);
      if (!by.size) for (const word of asking(thing)) add(await this.ask(tokens(word).join(" ")), 1);
      if (!by.size && !thing.also.length && !thing.number && !thing.slight) missing.push(...thing.own);
      // The index has one word for each group of words that mean the same.
      for (const found of await Promise.all((thing.groups ?? []).map((word) => this.ask(word)))) add(found, weights.other);
      if (by.size) things.push({ ...thing, by, rare: rarity(this.total, by.size) * (thing.slight ? weights.slight : 1) });
    }
    // Who asks for nothing but "son" is told that nothing has it.
    if (!things.length && !missing.length) missing.push(...wanted.flatMap((thing) => thing.own));
    return { things, missing };
  }

  // The pages of the plans that are named, whatever else is asked.
  async pages(asked) {
    const found = new Map();
    const pages = new Set(asked.plans.map((plan) => plan.result));
    for (const word of asked.name) {
      for (const [id, one] of await this.ask(word)) if (pages.has(id)) found.set(id, one);
    }
    return found;
  }

  /** Everything that fits what was chosen, where no word is asked. */
  async browse(chosen) {
    const facets = await this.facets();
    const rows = [];
    for (const result of (await this.engine.search(null)).results) {
      rows.push({ id: result.id, result, current: bundleOf(result.id) === "current", worth: 0 });
    }
    const plan = (row) => facets.get(row.id)?.plan[0] ?? "";
    rows.sort((a, b) => b.current - a.current || (plan(a) < plan(b) ? -1 : plan(a) > plan(b) ? 1 : a.id < b.id ? -1 : 1));
    const asked = { plans: [], years: [], wanted: [] };
    return this.narrowed({ asked, all: rows, also: [], missing: [], meant: null, facets }, chosen);
  }

  narrowed(found, chosen) {
    const narrow = Object.entries(chosen).filter(([, values]) => values.length);
    const fits = ({ id }) => narrow.every(([name, values]) => found.facets.get(id)?.[name].some((one) => values.includes(one)));
    return { ...found, alike: this.lexicon.forms.alike, results: narrow.length ? found.all.filter(fits) : found.all };
  }

  async rank(asked, { things, missing }, chosen) {
    const narrow = Object.values(chosen).some((values) => values.length);
    const facets = narrow ? await this.facets() : null;
    const found = new Map();
    const sum = things.reduce((all, thing) => all + thing.rare, 0);
    for (const thing of things) {
      for (const [id, one] of thing.by) {
        const row = found.get(id) ?? { id, result: one.result, current: one.bundle === "current", score: 0, share: 0, main: 0 };
        row.score += thing.rare * one.weight;
        row.share += thing.rare / sum;
        if (!thing.slight) row.main += thing.rare / sum;
        found.set(id, row);
      }
    }
    for (const pair of things.length > 1 ? asked.pairs : []) {
      const side = await this.ask(pair);
      for (const [id, one] of side) {
        if (found.has(id)) found.get(id).score += weights.pair * rarity(this.total, side.size) * one.weight;
      }
    }
    for (const [id, one] of await this.pages(asked)) {
      if (!found.has(id)) found.set(id, { id, result: one.result, current: one.bundle === "current", score: 0, share: 0, main: 0 });
    }
    const rows = [...found.values()];
    for (const row of rows) row.worth = row.score * row.share ** weights.share * (this.own.has(row.id) ? weights.plan : 1);
    const share = Math.max(0, ...rows.map((row) => row.share));
    const best = Math.max(0, ...rows.map((row) => row.worth));
    // Of what is asked, for what is slight does not keep back what is in effect.
    const main = Math.max(0, ...rows.map((row) => row.main));
    const asMuch = (row) => row.current && row.main >= weights.as_much * main;
    // Each text has a word for its plan in the index.
    const texts = asked.wanted.length ? asked.plans.map((plan) => this.ask(`of${plan.id.replaceAll("-", "")}`)) : [];
    const of = new Set((await Promise.all(texts)).flatMap((found) => [...found.keys()]));
    const pages = new Map(asked.plans.map((plan) => [plan.result, plan]));
    const only = asked.wanted.length === 0;
    const tier = (row) => {
      if (pages.has(row.id)) return only ? 0 : 2;
      if (of.has(row.id)) return row.share > 0.6 * share ? 1 : 2;
      return asMuch(row) && row.worth >= weights.enough * best ? 3 : 4;
    };
    const kept = rows.filter((row) => row.share >= weights.least * share || pages.has(row.id));
    for (const row of kept) row.tier = tier(row);
    kept.sort((a, b) => a.tier - b.tier || b.worth - a.worth || (a.id < b.id ? -1 : 1));
    // Where what answers best is old, what is in effect comes right behind it.
    const now = asked.plans.length || kept[0]?.current ? -1 : kept.findIndex(asMuch);
    if (now > 1) kept.splice(1, 0, ...kept.splice(now, 1));
    const also = [...new Set(things.flatMap((thing) => thing.also))];
    return this.narrowed({ asked, all: kept, also, missing, facets }, chosen);
  }
}
