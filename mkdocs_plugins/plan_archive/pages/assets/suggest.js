// Names and words offered while one types in a search box, fetched when a box is first entered. The form works without.
(() => {
  // The root of the language: another language than the main one lies below the site's.
  const { src, dataset } = document.currentScript;
  const root = dataset.root ? new URL(dataset.root, document.baseURI) : new URL("../", src);
  let list = null;
  const option = (value, label) => {
    const made = document.createElement("option");
    made.value = value;
    if (label) made.label = label;
    return made;
  };
  const offer = async () => {
    if (list) return;
    list = document.createElement("datalist");
    list.id = "pa-names";
    try {
      const words = await (await fetch(new URL("search/words.json", root))).json();
      const said = new Set();
      const add = (value, label) => {
        if (said.has(value.toLowerCase())) return;
        said.add(value.toLowerCase());
        list.append(option(value, label));
      };
      for (const plan of words.plans) {
        add(plan.title, "");
        for (const name of plan.names) add(name, plan.title);
      }
      for (const [word] of words.groups) add(word, "");
    } catch {
      return; // no network: the box works as it is
    }
    document.body.append(list);
    for (const field of document.querySelectorAll("[data-suggest]")) field.setAttribute("list", list.id);
  };
  for (const field of document.querySelectorAll("[data-suggest]")) field.addEventListener("focus", offer, { once: true });
})();
