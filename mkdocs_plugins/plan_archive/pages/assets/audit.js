/* Step 3 of the audit page: hash a page or a file in the browser, and hold it against the site's manifest. */
(() => {
  const form = document.querySelector("[data-check]");
  if (!form) return;
  form.hidden = false;
  const told = form.querySelector("[data-told]");
  const page = form.querySelector("#check-page");
  const file = form.querySelector("#check-file");
  const base = new URL("../", document.baseURI);
  // A copy of the site is asked about by the address that is cited, too: that is its own in the body's name.
  const cited = document.querySelector("link[rel=canonical]")?.href;
  const bases = cited ? [base, new URL("../", cited)] : [base];
  const fill = (text, values) => text.replace(/\{([a-z_]+)\}/g, (place, name) => values[name] ?? place);
  const tr = (text, values = {}) => fill(globalThis.planArchiveWords?.[text] ?? text, values);
  let turn = 0;

  const say = (verdict, words) => {
    told.dataset.verdict = verdict;
    told.textContent = words;
  };

  const load = async (name) => {
    const answer = await fetch(new URL(name, base), { cache: "no-store" });
    if (!answer.ok) throw new Error(tr("{file} could not be read ({status})", { file: name, status: answer.status }));
    return answer.arrayBuffer();
  };

  const sha256 = async (bytes) => {
    if (!crypto.subtle) throw new Error(tr("this browser works out hashes only on https:// or localhost: use step 2"));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  let listed = null;
  const manifest = async () => {
    listed ??= load("manifest.json").then((bytes) => {
      const files = JSON.parse(new TextDecoder().decode(bytes)).files;
      const choices = Object.keys(files).filter((name) => name.endsWith("index.html"));
      form.querySelector("datalist").replaceChildren(
        ...choices.map((name) => Object.assign(document.createElement("option"), { value: name.replace(/index\.html$/, "") || "/" })),
      );
      return files;
    });
    try {
      return await listed;
    } catch (error) {
      listed = null;
      throw error;
    }
  };

  const seals = async () => {
    try {
      const text = new TextDecoder().decode(await load("data/seals.sha256"));
      return new Map(text.split("\n").filter(Boolean).map((line) => [line.slice(0, 64), line.slice(66)]));
    } catch {
      return new Map();
    }
  };

  const nameOf = (typed) => {
    if (!typed.trim()) throw new Error(tr("write an address first, such as {example}", { example: "plans/" }));
    const url = new URL(typed.trim().replace(/^\/+/, ""), base);
    const own = bases.find((each) => url.origin === each.origin && url.pathname.startsWith(each.pathname));
    if (!own) throw new Error(tr("that is not an address of this site"));
    const name = decodeURIComponent(url.pathname.slice(own.pathname.length));
    return name === "" || name.endsWith("/") ? `${name}index.html` : name;
  };

  const address = async () => {
    const files = await manifest();
    let name = nameOf(page.value);
    if (!(name in files) && `${name}/index.html` in files) name = `${name}/index.html`;
    if (!(name in files)) return ["altered", tr("\u2717 Not in the manifest: {file} is not a file of this build.", { file: name })];
    const digest = await sha256(await load(name.replace(/index\.html$/, "")));
    return digest === files[name]
      ? ["intact", tr("\u2713 Intact: {file} has the SHA-256 of this build's manifest, {digest}", { file: name, digest })]
      : ["altered", tr("\u2717 Altered: {file} has the SHA-256 {digest}; the manifest says {listed}", { file: name, digest, listed: files[name] })];
  };

  const saved = async () => {
    const digest = await sha256(await file.files[0].arrayBuffer());
    const files = await manifest();
    const name = Object.keys(files).find((each) => files[each] === digest);
    if (name) return ["intact", tr("\u2713 Intact: this is {file} of this build, {digest}", { file: name, digest })];
    const sealed = (await seals()).get(digest);
    if (sealed) return ["intact", tr("\u2713 Intact: this is the text sealed as {file}, {digest}", { file: sealed, digest })];
    return ["altered", tr("\u2717 Not known: no file of this build and no sealed text has the SHA-256 {digest}", { digest })];
  };

  const run = async (work) => {
    const mine = ++turn;
    say("", tr("Checking\u2026"));
    try {
      const answer = await work();
      if (mine === turn) say(...answer);
    } catch (error) {
      if (mine === turn) say("unknown", tr("Could not check: {fault}", { fault: error.message }));
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(address);
  });
  file.addEventListener("change", () => file.files.length && run(saved));
  page.addEventListener("focus", () => manifest().catch(() => {}), { once: true });
})();
