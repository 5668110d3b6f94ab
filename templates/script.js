"use strict";
// Comfort only: without this script the page shows the same, and every passage still links to its counterpart.
(() => {
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];

  // A passage and its counterpart are lit together, under the pointer or the focus. A page that scrolls under a resting
  // pointer tells of "mouseover", but not of "mousemove": what was followed stays lit.
  let lit = [];
  let last = null;
  function light(segment) {
    if (segment === last) return;
    last = segment;
    lit.forEach((each) => each.classList.remove("lit"));
    const pair = segment && segment.closest(".pair");
    lit = pair ? segment.dataset.span.split(" ").flatMap((number) => all(`[data-span~="${number}"]`, pair)) : [];
    lit.forEach((each) => each.classList.add("lit"));
  }
  const passage = (node) => (node instanceof Element ? node.closest("[data-span]") : null);
  document.addEventListener("mousemove", (event) => light(passage(event.target) || passage(document.activeElement)));
  document.addEventListener("focusin", (event) => light(passage(event.target)));
  document.addEventListener("focusout", () => light(null));

  // Click or Enter brings the counterpart beside the passage and takes the focus there: the same again leads back.
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  function follow(link) {
    const end = document.getElementById(link.hash.slice(1));
    if (!end) return;
    const pane = end.closest(".text");
    const own = link.closest(".text").getBoundingClientRect();
    const other = pane.getBoundingClientRect();
    const beside = Math.abs(own.top - other.top) < 1;
    const wanted = beside ? link.getBoundingClientRect().top : other.top + other.height / 4;
    const smooth = beside && !calm.matches;
    pane.scrollBy({ top: end.getBoundingClientRect().top - wanted, behavior: smooth ? "smooth" : "auto" });
    if (!beside) pane.scrollIntoView({ block: "nearest" });
    const number = link.hash.match(/\d+$/)[0];
    const target = all(`a[data-span~="${number}"]`, pane)[0];
    if (target) target.focus({ preventScroll: true });
    // A passage used more than once leads to each of its counterparts in turn.
    const numbers = link.dataset.span.split(" ");
    link.hash = link.hash.replace(/\d+$/, numbers[(numbers.indexOf(number) + 1) % numbers.length]);
  }
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[data-span]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(link);
  });

  // The table: a filter by verdict and name, and headings that sort, figures with the largest first.
  const table = document.querySelector(".matches");
  const body = table && table.tBodies[0];
  if (!body || body.rows.length < 2) return;
  const rows = [...body.rows];
  const verdict = document.getElementById("filter-verdict");
  const text = document.getElementById("filter-text");
  const names = new Map(rows.map((row) => [row, row.querySelector(".names").textContent.toLowerCase()]));
  function filter() {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !((!verdict.value || row.dataset.verdict === verdict.value) && names.get(row).includes(wanted));
      shown += !row.hidden;
    }
    document.getElementById("filter-count").textContent = `${shown} of ${rows.length} matches`;
  }
  verdict.addEventListener("change", filter);
  text.addEventListener("input", filter);
  document.querySelector(".filter").hidden = false;
  filter();

  all("thead th", table).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const key = (row) => row.cells[column].dataset.sort;
      const figures = key(rows[0]) !== undefined;
      const up = head.hasAttribute("aria-sort") ? head.getAttribute("aria-sort") !== "ascending" : !figures || !column;
      const order = (a, b) => (figures ? key(a) - key(b) : names.get(a).localeCompare(names.get(b)));
      rows.sort((a, b) => (up ? order(a, b) : order(b, a)));
      all("thead th", table).forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...rows);
    });
  });
})();
