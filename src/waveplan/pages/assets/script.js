"use strict";
(() => {
  // Everything is in the page already: this hides what was not asked for, sorts tables, and moves the focus by arrows.
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const form = document.querySelector(".filters");
  const numbers = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);

  const filter = () => {
    const words = form.querySelector("#q").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = ["t", "s"].map((name) => [name, (form.querySelector("#by-" + name) || {}).value || ""]);
    const asked = words.length > 0 || wanted.some(([, value]) => value);
    const { sections, rows } = gather();
    const lots = new Set(), waves = new Set();
    let shown = 0;
    for (const wave of sections) {
      const whole = words.length > 0 && words.every((word) => wave.text.includes(word));
      for (const lot of wave.lots) {
        const kept = words.every((word) => lot.text.includes(word)) || whole;
        const visible = kept && wanted.every(([name, value]) => !value || lot[name].has(value));
        lot.element.hidden = !visible;
        if (!visible) continue;
        shown += 1;
        if (lot.place) lots.add(lot.place);
        if (wave.place) waves.add(wave.place);
      }
      wave.element.hidden = asked && !wave.lots.some((lot) => !lot.element.hidden);
    }
    for (const row of rows) {
      const ofLot = row.lot ? lots.has(row.lot) : row.waves.some((wave) => waves.has(wave));
      row.element.hidden = asked && !ofLot && !(words.length && words.every((word) => row.own.includes(word)));
    }
    for (const group of groups) group.hidden = !all(".row:not([hidden])", group).length;
    form.querySelector("output").textContent = asked
      ? form.dataset.told.replace("%lots", shown).replace("%waves", waves.size) : "";
  };

  // What is looked through is gathered when somebody first looks for something: a large page opens sooner.
  let gathered = null;
  const gather = () => (gathered ??= { sections: sectionsOf(), rows: rowsOf() });
  const sectionsOf = () => all(".wave").map((element) => ({
    element,
    place: element.dataset.w,
    text: all(":scope > h3, :scope > .intro", element).map((part) => part.textContent).join(" ").toLowerCase(),
    lots: all(".lot", element).map((lot) => ({
      element: lot, place: lot.dataset.l, text: lot.textContent.toLowerCase(),
      t: new Set(numbers(lot, "t")), s: new Set(numbers(lot, "s")),
    })),
  }));
  const rowsOf = () => all(".row[data-w], tr[data-w]").map((element) => ({
    element, lot: element.dataset.l, waves: numbers(element, "w"),
    own: element.matches("tr") ? element.textContent.toLowerCase() : element.querySelector(".name").textContent.toLowerCase(),
  }));
  const groups = all(".group");

  if (form) {
    form.hidden = false;
    let waiting = 0;
    const soon = () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
  }

  // Rows of a chart are one stop of the Tab key; arrows go from row to row.
  for (const list of all(".scroll")) {
    const links = () => all(".row:not([hidden]) > a", list);
    links().forEach((link, place) => { if (place) link.tabIndex = -1; });
    list.addEventListener("keydown", (event) => {
      const here = links(), at = here.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: here.length - 1 }[event.key];
      if (at < 0 || to === undefined || !here[to]) return;
      event.preventDefault();
      here[at].tabIndex = -1;
      here[to].tabIndex = 0;
      here[to].focus();
    });
  }

  // A link to a lot unfolds it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
  addEventListener("beforeprint", () => all("details").forEach((each) => { each.open = true; }));

  // Columns sort by what a cell stands for, else by its words.
  const language = document.documentElement.lang;
  const order = new Intl.Collator(language, { numeric: true }).compare;
  const key = (row, place) => row.cells[place].dataset.v || row.cells[place].textContent;
  for (const table of all("table.sort")) {
    all("thead th", table).forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        all("th[aria-sort]", table).forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const body = table.tBodies[0];
        const sorted = [...body.rows].sort((one, other) => order(key(one, place), key(other, place)) * (down ? -1 : 1));
        body.append(...sorted);
      });
    });
  }
})();
