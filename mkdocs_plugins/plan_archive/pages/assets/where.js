// Narrows the list of parts to what is typed. Without it the whole list is there.
(() => {
  const form = document.querySelector("[data-find]");
  if (!form) return;
  form.hidden = false;
  const field = form.querySelector("input");
  const told = form.querySelector("[data-told]");
  const choose = document.querySelector("[data-plans]");
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ").trim();
  const plans = [...document.querySelectorAll("[data-plan]")].map((box) => ({
    box,
    name: plain(box.querySelector("h2").textContent),
    parts: [...box.querySelectorAll("[data-part]")].map((line) => ({
      line,
      title: plain(line.querySelector(".pa-parts__old").textContent),
    })),
  }));
  const narrow = () => {
    const words = plain(field.value).split(" ").filter(Boolean);
    let found = 0;
    for (const plan of plans) {
      let here = 0;
      for (const part of plan.parts) {
        const text = `${plan.name} ${part.title}`;
        // A number must stand by itself: "2" does not find "12".
        const fits = words.every((word) => (/^[\d.]+$/.test(word) ? text.split(" ").includes(word) : text.includes(word)));
        part.line.hidden = !fits;
        if (fits) here += 1;
      }
      plan.box.hidden = !here;
      found += here;
    }
    choose.hidden = words.length > 0;
    const count = found === 1 ? "1 part" : `${found} parts`;
    told.textContent = words.length ? (found ? `${count} found` : "Nothing found: try fewer words, or empty the box and choose a plan") : "";
  };
  field.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
})();
