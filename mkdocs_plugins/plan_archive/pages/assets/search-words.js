// What a question asks for: plans by name, numbers, words and other words for them. It touches no page and fetches nothing.

// Words that say nothing in a question, and "plan", which everything here is.
const SMALL = new Set(
  ("a about after all also am an and any anyone are as at be because been before being but by can could did do does " +
    "doing for from get gets getting give given go goes going got had has have having he her hers him his how i if in " +
    "into is isnt it its just like long look looking many may me mine much must my near need needs no not of off often " +
    "on or our out over please shall she should so some tell than that the their them then there these they this " +
    "those to too up us use used very want wants was we were what whats when where which while who whom whose why will " +
    "with would you your plan plans find say says said anybody else happen happens please someone still take takes thing things think way why").split(" "),
);
// Who asks, and for whom: it says little beside what is asked, and is searched with little weight.
const EVERYDAY = new Set("aunt boy brother dad daughter friend girl grandad grandchild grandma help husband know mother father neighbour sister son stepdaughter stepson teen teenager uncle wife".split(" "));
// Everyday and irregular forms of one word, the one that plans use first.
const FORMS = { child: ["children", "child", "kid", "kids", "kiddies"], mother: ["mothers", "mother", "mum", "mums", "mam", "mummy"], father: ["fathers", "father", "dad", "dads", "daddy"], ill: ["ill", "sick", "poorly"] };
const FORM = new Map(Object.entries(FORMS).flatMap(([one, all]) => all.map((word) => [word, one])));
// What is asked about a plan and not of its text: its own page says it.
const STANDING = new Set(
  "replaced replace replaces superseded became become ended end ends effect current latest newest edition version old".split(" "),
);
const REF = /^[a-z]{1,4}\d{1,3}[a-z]?$/;
// What makes a number before it an amount and no section's number: 3 year olds, 14 to 19.
const AMOUNT = new Set("a and day days hour hours hundred million month months or per pounds thousand to week weeks year years".split(" "));
const TAG = /<\/?[a-z][^>]*>/gi;

/** A question as one would say it: without the tags of a page that it was copied from. */
export const bare = (question) => question.replace(TAG, " ");

/** Small letters without accents; every apostrophe gone, so that children's is childrens. */
export const plain = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/['\u2018\u2019]/g, "");

/** The words of a text, plain. */
export const tokens = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

// A word without its English plural ending.
const singular = (word) => {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
};
const single = (word) => FORM.get(singular(word)) ?? singular(word);
const STEM = /(?:ations?|ions?|ings?|ers?|ed|es|e|s)$/;
const stem = (word) => (word.length > 4 ? single(word).replace(STEM, "").replace(/i$/, "y") : single(word));

// Whether two words are forms of one: excluded, excludes, exclude.
const alike = (one, other) =>
  one === other || single(one) === single(other) || (stem(one).length > 3 && stem(one) === stem(other));

// How words are compared: in English by what is left without endings, in any other language as they stand.
// `joining` are small words of one letter that follow a name in the middle of a question: "rhan o'r cynllun".
const ENGLISH = { small: SMALL, standing: STANDING, joining: "", everyday: EVERYDAY, single, alike };
const ANY = { small: new Set(), standing: new Set(), everyday: new Set(), joining: "", single: (word) => word, alike: (one, other) => one === other };
const WELSH = { ...ANY, joining: "aioy", small: new Set("a ac am ar at beth ble dan dros drwy ei eich ein er eu fy gan gyda heb hyd i ir mae mewn na neu o oedd oes or pa pan pam pryd pwy sut sydd sy y yn yr yw ydy cynllun cynlluniau".split(" ")) };
const comparing = (language) => ({ en: ENGLISH, cy: WELSH })[language] ?? ANY;

const keyed = (single_) => (text) => tokens(text).map(single_).join(" ");

/** The words that the page knows, turned so that a question can be held against them. */
export const lexicon = (words) => {
  const forms = comparing(words.language);
  const key = keyed(forms.single);
  const groups = new Map();
  for (const [number, all] of words.groups.entries()) {
    for (const word of all) groups.set(key(word), [...(groups.get(key(word)) ?? []), { number, all }]);
  }
  const names = new Map();
  for (const plan of words.plans) {
    for (const name of [plan.title, ...plan.names]) names.set(key(name), [...(names.get(key(name)) ?? []), plan]);
  }
  const said = [
    ...words.groups.flat(),
    ...words.plans.flatMap((plan) => [plan.title, ...plan.names]),
    ...Object.values(words.facets).flatMap((values) => Object.values(values)),
  ];
  const known = new Set(said.flatMap(tokens));
  const own = new Set(tokens(words.authority).map(forms.single));
  const kinds = words.numbered ?? {};
  return { groups, names, known, own, forms, kinds, numbered: numbering(kinds, forms.joining) };
};

// "section 2" in the language of the page: one of the words that stand before a number, and the number.
const numbering = (kinds, joining) => {
  const names = Object.keys(kinds);
  if (!names.length) return null;
  const letter = joining ? `[${joining}](?=\\W*$)|(?![${joining}])[a-z]` : "[a-z]";
  return new RegExp(`\\b(${names.join("|")})\\s+(\\d{1,2}|${letter})\\b(?!')`);
};

// The longest run of words from a place on that a map holds.
const longest = (map, parts, from, taken) => {
  for (let to = Math.min(parts.length, from + 9); to > from; to -= 1) {
    if (taken.slice(from, to).some(Boolean)) continue;
    const found = map.get(parts.slice(from, to).join(" "));
    if (found) return [to, found];
  }
  return null;
};

// Where a number stands for a section and none is named: "2 Exclusions", "4.2 Home tuition", "Behaviour Support Plan 7".
const numbered = (text, parts, taken) => {
  const at = parts.findIndex((part, place) => /^\d{1,2}$/.test(part) && !taken[place] && (place === 0 || taken[place - 1]));
  if (at < 0) return null;
  let to = at + 1;
  while (/^\d{1,2}$/.test(parts[to] ?? "") && text.includes(parts.slice(at, to + 1).join("."))) to += 1;
  const lone = to === parts.length && at === 0 && to === 1;
  return lone || AMOUNT.has(parts[to]) || /^\d/.test(parts[to] ?? "") || taken[to] ? null : [at, to];
};

/**
 * A question taken apart: `plans` it names, `years` beside them, and `wanted`: each thing that a result should say,
 * with the question's own words for it first and then other words for the same; `pairs` of words stand side by side.
 * What is `slight` says little. `dated` are all years in it, whether they are wanted or not.
 */
export const understand = (asked, lexicon_) => {
  const { small, standing, everyday, single } = lexicon_.forms;
  const key = keyed(single);
  const question = bare(asked);
  const text = plain(question);
  const parts = tokens(question);
  const keys = parts.map(single);
  const taken = parts.map(() => false);
  const plans = [];
  for (let at = 0; at < parts.length; at += 1) {
    const found = longest(lexicon_.names, keys, at, taken);
    if (!found) continue;
    for (const plan of found[1]) if (!plans.includes(plan)) plans.push(plan);
    taken.fill(true, at, found[0]);
    at = found[0] - 1;
  }
  const named = taken.slice();
  if (plans.length) keys.forEach((word, at) => standing.has(parts[at]) && (taken[at] = true));
  const wanted = [];
  const number = lexicon_.numbered && text.match(lexicon_.numbered);
  if (number) {
    const said = tokens(number[0]);
    const at = parts.findIndex((part, place) => part === said[0] && parts[place + 1] === said[1] && !taken[place]);
    if (at >= 0) {
      wanted.push({ own: [number[0]], also: [], number: lexicon_.kinds[number[1]] + number[2] });
      taken.fill(true, at, at + 2);
    }
  }
  const place = number ? null : numbered(text, parts, taken);
  if (place) {
    wanted.push({ own: [], also: [], number: `section${parts[place[0]]}`, slight: true });
    taken.fill(true, ...place);
  }
  for (let at = 0; at < parts.length; at += 1) {
    const found = taken[at] ? null : longest(lexicon_.groups, keys, at, taken);
    if (!found) continue;
    const own = parts.slice(at, found[0]).join(" ");
    const also = found[1].flatMap((group) => group.all).filter((word) => key(word) !== key(own));
    wanted.push({ own: [own], also: distinct(also, key), groups: [...new Set(found[1].map((group) => `also${String(group.number).padStart(4, "0")}`))] });
    taken.fill(true, at, found[0]);
    at = found[0] - 1;
  }
  const years = plans.length ? parts.filter((part, at) => !taken[at] && /^(?:19|20)\d\d$/.test(part)) : [];
  const rest = parts.filter((part, at) => !taken[at] && !years.includes(part));
  let saying = rest.filter((part) => ![part, single(part)].some((word) => small.has(word)) && !lexicon_.own.has(single(part)));
  if (!saying.length && !wanted.length && !plans.length) saying = rest;
  for (const word of distinct(saying, key)) {
    const forms = lexicon_.forms === ENGLISH ? (FORMS[single(word)] ?? []).slice(0, 2) : [];
    const also = forms.includes(word) ? [] : forms.slice(0, 1);
    wanted.push({ own: [word], forms, also, ref: REF.test(word), slight: everyday.has(word) || everyday.has(single(word)) });
  }
  const pairs = [];
  for (let at = 1; at < parts.length; at += 1) {
    if (saying.includes(parts[at - 1]) && saying.includes(parts[at]) && !taken[at] && !taken[at - 1]) pairs.push(`${parts[at - 1]} ${parts[at]}`);
  }
  const name = parts.filter((part, at) => named[at] && !small.has(part));
  const dated = parts.filter((part) => /^(?:19|20)\d\d$/.test(part));
  return { question, plans, years, dated, wanted, pairs, name: distinct(name, key) };
};

const distinct = (words, key) => {
  const seen = new Set();
  return words.filter((word) => !seen.has(key(word)) && seen.add(key(word)));
};

/** The known words that begin with what was typed, the shortest first; of one word only one form. */
export const beginning = (typed, { known, forms }) =>
  typed.length < 4 ? [] : distinct([...known].filter((word) => word.startsWith(typed)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1)), keyed(forms.single)).slice(0, 4);

/**
 * The known word nearest to one that nobody knows; null where none is near. `sure` is one that differs by a single slip
 * in a long word. A short word may be any other, and so may one with a figure: for these none is near.
 */
export const nearest = (word, known, sure = false) => {
  if (word.length < (sure ? 6 : 4) || /\d/.test(word)) return null;
  const most = sure || word.length < 5 ? 1 : 2;
  let best = null;
  let least = most + 1;
  for (const other of known) {
    if (Math.abs(other.length - word.length) > most || other.length < 4) continue;
    const far = distance(word, other) + (other[0] === word[0] ? 0 : 0.5);
    if (far < least && !(sure && far > 1)) [best, least] = [other, far];
  }
  return best;
};

// Letters put in, left out, changed or swapped with their neighbour.
const distance = (one, other) => {
  const rows = Array.from({ length: one.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= other.length; j += 1) rows[0][j] = j;
  for (let i = 1; i <= one.length; i += 1) {
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[one.length][other.length];
};
