"use strict";
// Comfort only: without this script the page shows the same, and every passage still links to its counterpart.
(() => {
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const element = (node) => (node instanceof Element ? node : null);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const enable = () => all(".legend [hidden], .steps, .filter, .keys").forEach((each) => { each.hidden = false; });
  enable();

  // A passage and its counterpart are lit together, in the texts and on the ribbon, under the pointer or the focus. A page
  // that scrolls under a resting pointer tells of "mouseover", but not of "mousemove": what was followed stays lit.
  let lit = [];
  let last = null;
  function light(segment) {
    if (segment === last) return;
    last = segment;
    lit.forEach((each) => each.classList.remove("lit"));
    const pair = segment && segment.closest(".pair");
    const numbers = pair ? segment.dataset.span.split(" ") : [];
    lit = numbers.flatMap((number) => all(`[data-span~="${number}"]`, pair));
    lit.forEach((each) => each.classList.add("lit"));
    if (pair) tell(pair, numbers);
  }
  function tell(pair, numbers) {
    const titles = numbers.map((number) => pair.querySelector(`.ribbon [data-span="${number}"]`)?.textContent);
    const place = pair.querySelector(".told");
    if (place) place.textContent = titles.filter(Boolean).join("; ");
  }
  const passage = (node) => element(node) && element(node).closest("[data-span]");
  document.addEventListener("mousemove", (event) => light(passage(event.target) || passage(document.activeElement)));
  document.addEventListener("focusin", (event) => light(passage(event.target)));
  document.addEventListener("focusout", () => light(null));

  // Click or Enter brings the counterpart beside the passage and takes the focus there: the same again leads back. On a
  // narrow screen one text stands above the other, both at full height, and the page itself goes there.
  const beside = (pair) => {
    const [left, right] = all(".text", pair).map((each) => each.getBoundingClientRect());
    return Math.abs(left.top - right.top) < 1;
  };
  function bring(link, number) {
    const end = document.getElementById(link.hash.slice(1));
    if (!end) return null;
    const pane = end.closest(".text");
    const [target] = all(`a[data-span~="${number}"]`, pane);
    if (beside(link.closest(".pair"))) {
      const far = end.getBoundingClientRect().top - link.getBoundingClientRect().top;
      pane.scrollBy({ top: far, behavior: calm.matches ? "auto" : "smooth" });
    } else (target || end).scrollIntoView({ block: "center" });
    return target;
  }
  function follow(link) {
    const number = link.hash.match(/\d+$/)[0];
    const target = bring(link, number);
    if (target) target.focus({ preventScroll: true });
    // A passage used more than once leads to each of its counterparts in turn.
    const numbers = link.dataset.span.split(" ");
    link.hash = link.hash.replace(/\d+$/, numbers[(numbers.indexOf(number) + 1) % numbers.length]);
  }

  // Next and previous passage, in the order of the text on the left, those of kinds switched off left out.
  const current = () => {
    const focused = document.activeElement.closest(".pair");
    const seen = ({ top, bottom }) => bottom > 80 && top < innerHeight / 2;
    return focused || all(".pair").find((pair) => seen(pair.getBoundingClientRect()));
  };
  const places = new WeakMap();
  function step(pair, by) {
    if (!pair) return;
    const on = (link) => ![...link.classList].some((kind) => pair.classList.contains(`no-${kind}`));
    const starts = all(".text", pair)[0] ? all("a[data-n]", all(".text", pair)[0]).filter(on) : [];
    if (!starts.length) return;
    const here = passage(document.activeElement);
    if (here && pair.contains(here) && here.hash) {
      const number = here.hash.match(/\d+$/)[0];
      const same = starts.includes(here) ? here : starts.find((link) => link.dataset.n.split(" ").includes(number));
      if (same) places.set(pair, same);
    }
    const before = starts.indexOf(places.get(pair));
    const link = starts[before < 0 ? (by > 0 ? 0 : starts.length - 1) : (before + by + starts.length) % starts.length];
    places.set(pair, link);
    link.focus({ preventScroll: true });
    light(link);
    if (!beside(pair)) {
      link.scrollIntoView({ block: "center" });
      return;
    }
    const pane = link.closest(".text");
    pane.scrollTop += link.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 4;
    pane.scrollIntoView({ block: "nearest" });
    bring(link, link.hash.match(/\d+$/)[0]);
  }

  // Words inside a passage: what is not kept is dropped (on the left), added (on the right) or, where both sides have
  // something else in the same place, changed. Sentences in wholly other words (counterparts) are left as they are. A word
  // that stands elsewhere in the passage was moved, and is kept. Function words alone, or at either end of what changed, are
  // let be, for the facts to be seen; a capital within a sentence makes a name of one.
  const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+(?:['’.,-][\p{L}\p{M}\p{N}]+)*/gu;
  const OPENING = /(?:^|[.!?…:]["'”’»)\]]*\s+|[\r\n]\s*)["'“‘„«([]*$/u;
  const SHORT = 24; // characters up to which what was changed is not broken over lines
  const LONGEST = 4e6; // cells of the table of two passages' words; beyond, a copy of a whole book is left as it is
  function isPlain(plain, key, { 0: word, index, input }) {
    if (!plain.has(key) || (word.length > 1 && word === word.toUpperCase())) return false;
    return word === word.toLowerCase() || OPENING.test(input.slice(Math.max(0, index - 9), index));
  }
  function words(pane, number) {
    const found = [];
    const plain = new Set((pane.closest(".pair").dataset.plain || "").split(" "));
    for (const segment of all(`[data-span~="${number}"]`, pane)) {
      if (segment.dataset.span !== number && (!segment.hash || segment.hash.match(/\d+$/)[0] !== number)) continue;
      for (const node of segment.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue;
        for (const word of node.data.matchAll(WORD)) {
          const key = word[0].normalize("NFKC").toLowerCase();
          found.push({ node, start: word.index, end: word.index + word[0].length, key, plain: isPlain(plain, key, word) });
        }
      }
    }
    return found;
  }
  function compare(left, right) {
    let first = 0;
    while (first < left.length && first < right.length && left[first].key === right[first].key) first += 1;
    const a = left.slice(first);
    const b = right.slice(first);
    if (a.length * b.length > LONGEST) return;
    const wide = b.length + 1;
    const table = new Uint16Array((a.length + 1) * wide); // the longest common run of words from each pair of places on
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        const at = i * wide + j;
        table[at] = a[i].key === b[j].key ? table[at + wide + 1] + 1 : Math.max(table[at + wide], table[at + 1]);
      }
    }
    const gaps = [[[], []]];
    for (let i = 0, j = 0; i < a.length || j < b.length;) {
      const at = i * wide + j;
      if (i < a.length && j < b.length && a[i].key === b[j].key) {
        gaps.push([[], []]);
        i += 1;
        j += 1;
      } else if (j >= b.length || (i < a.length && table[at + wide] >= table[at + 1])) gaps.at(-1)[0].push(a[i++]);
      else gaps.at(-1)[1].push(b[j++]);
    }
    const here = new Map();
    gaps.forEach(([, added]) => added.forEach((word) => here.set(word.key, [...(here.get(word.key) || []), word])));
    const moved = new Set();
    gaps.forEach(([dropped]) => dropped.forEach((word) => {
      const twin = (here.get(word.key) || []).pop();
      if (twin) moved.add(word).add(twin);
    }));
    for (const [dropped, added] of gaps) {
      const gone = dropped.filter((word) => !moved.has(word));
      const come = added.filter((word) => !moved.has(word));
      const both = gone.length && come.length;
      gone.forEach((word) => { word.fate = both ? "mark" : "del"; });
      come.forEach((word) => { word.fate = both ? "mark" : "ins"; });
    }
  }
  function wrap(found) {
    const nodes = new Map();
    found.forEach((word) => nodes.set(word.node, [...(nodes.get(word.node) || []), word]));
    for (const [node, within] of nodes) {
      const parts = document.createDocumentFragment();
      let done = 0;
      for (let at = 0; at < within.length; at += 1) {
        const { fate } = within[at];
        if (!fate) continue;
        const run = [within[at]]; // with the spaces between its words
        while (within[at + 1]?.fate === fate) run.push(within[at += 1]);
        const first = run.find((word) => !word.plain);
        if (!first) continue;
        const { start } = first;
        const { end } = run.findLast((word) => !word.plain);
        const tag = document.createElement(fate);
        tag.append(node.data.slice(start, end));
        if (fate === "mark" && end - start <= SHORT) tag.className = "short";
        parts.append(node.data.slice(done, start), tag);
        done = end;
      }
      if (done) { parts.append(node.data.slice(done)); node.replaceWith(parts); }
    }
  }
  function wordByWord(pair) {
    if (pair.dataset.words) return;
    pair.dataset.words = "done";
    const [left, right] = all(".text", pair);
    for (const band of all(".ribbon [data-span]:not(.counterpart)", pair)) {
      const sides = [words(left, band.dataset.span), words(right, band.dataset.span)];
      compare(...sides);
      sides.forEach(wrap);
    }
  }
  const near = new IntersectionObserver((seen) => seen.forEach((each) => {
    if (!each.isIntersecting) return;
    near.unobserve(each.target);
    wordByWord(each.target);
  }), { rootMargin: "600px" });
  all(".pair").forEach((pair) => near.observe(pair));

  // Switches: a kind of passage, the words inside them, quotations, what is original; on the map the ties of one event.
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox") return;
    const part = box.closest(".pair, #map");
    if (box.value === "is-original") part.classList.toggle("originals", box.checked);
    else part.classList.toggle(`no-${box.value}`, !box.checked);
    all(`input[value="${box.value}"]`, part).forEach((each) => { each.checked = box.checked; }); // that of the other text
  });

  // Printing: one match as its sheet, or all of it; either way with the words compared.
  addEventListener("beforeprint", () => all(document.querySelector(".alone") ? ".alone" : ".pair").forEach(wordByWord));
  addEventListener("afterprint", () => {
    all(".alone").forEach((each) => each.classList.remove("alone"));
    document.body.classList.remove("one");
  });
  function printOne(pair) {
    pair.classList.add("alone");
    document.body.classList.add("one");
    print();
  }

  // A link leads to the head of its match, whatever the filter. Of many matches those not yet seen are as high as was guessed
  // and grow when they come near, so we go there again until nothing moves, unless the reader does.
  let landing = 0;
  function uncover(hash) {
    const place = document.getElementById(hash.slice(1));
    place?.closest(".pair")?.classList.remove("off");
    return place;
  }
  function land(hash) {
    const place = uncover(hash);
    landing += 1;
    if (!place) return;
    const own = landing;
    let still = 0;
    let frames = 0;
    let before = null;
    (function again() {
      if (own !== landing) return;
      place.scrollIntoView({ behavior: "instant" });
      const now = `${scrollY} ${place.getBoundingClientRect().top}`;
      still = now === before ? still + 1 : 0;
      before = now;
      frames += 1;
      if (still < 10 && frames < 120) requestAnimationFrame(again);
    })();
  }
  ["wheel", "touchstart", "pointerdown", "keydown"].forEach((name) => {
    addEventListener(name, () => { landing += 1; }, { capture: true, passive: true });
  });

  document.addEventListener("click", (event) => {
    const target = element(event.target);
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const pair = target.closest(".pair");
    const link = target.closest("a[data-span]");
    const band = target.closest(".ribbon [data-span]");
    const tie = target.closest("[data-href]");
    const button = target.closest("button");
    const leads = target.closest('a[href^="#"]:not([data-span]), [data-href^="#"]');
    if (leads) {
      const hash = leads.hash || leads.dataset.href;
      uncover(hash);
      setTimeout(land, 0, hash); // once the browser has gone there
    }
    if (link) { event.preventDefault(); follow(link); }
    else if (band) follow(document.getElementById(`${pair.id}a${band.dataset.span}`));
    else if (tie) location.assign(tie.dataset.href);
    else if (button && button.dataset.step) step(pair, Number(button.dataset.step));
    else if (button && "print" in button.dataset) printOne(pair);
  });

  // The table: filters by verdict, outlet, name and probability, headings that sort (figures with the largest first).
  const table = document.querySelector(".matches");
  const body = table && table.tBodies[0];
  const ties = all(".map [data-rows]").map((each) => [each, each.dataset.rows.split(" ")]);
  let rows = [];
  const about = new Map();
  const control = (name) => document.getElementById(`filter-${name}`);
  const called = new Map(all("#filter-outlet option").map((each) => [each.value, each.text.toLowerCase()]));
  function take() {
    rows = body ? [...body.rows] : [];
    for (const row of rows.filter((each) => !about.has(each))) {
      const names = row.querySelector(".names");
      const outlets = (row.dataset.outlets || "").split(" ").filter(Boolean);
      about.set(row, {
        names: all("bdi", names).map((each) => each.textContent.toLowerCase()).join("\n"),
        said: [names.textContent.toLowerCase(), ...outlets.map((each) => called.get(each))],
        keys: row.dataset.keys.split(" ").map(Number),
        outlets,
      });
    }
  }
  take();
  function filter() {
    const wanted = control("text").value.trim().toLowerCase();
    const verdict = control("verdict").value;
    const outlet = control("outlet") ? control("outlet").value : "";
    const least = Number(control("probability").value);
    const left = new Set();
    for (const row of rows) {
      const { said, keys, outlets } = about.get(row);
      const listed = (!verdict || row.dataset.verdict.split(" ").includes(verdict)) && (!outlet || outlets.includes(outlet));
      const hidden = !(listed && keys[1] >= least && said.some((each) => each.includes(wanted)));
      if (row.hidden !== hidden) {
        row.hidden = hidden;
        document.getElementById(`m${row.dataset.row}`)?.classList.toggle("off", hidden);
      }
      if (hidden) left.add(row.dataset.row);
    }
    ties.forEach(([tie, numbers]) => tie.classList.toggle("off", numbers.every((each) => left.has(each))));
    const shown = rows.length - left.size;
    control("least").textContent = least.toFixed(2);
    const many = `${rows.length.toLocaleString("en")} matches`;
    const told = left.size ? `${shown.toLocaleString("en")} of ${many}` : many;
    control("count").textContent = shown ? told : "Nothing matches this filter";
    control("clear").hidden = !left.size;
    table.tHead.hidden = !shown;
  }
  function clear() {
    ["verdict", "outlet", "text", "probability"].forEach((name) => {
      if (control(name)) control(name).value = name === "probability" ? "0" : "";
    });
    filter();
    control("verdict").focus(); // as the button is gone
  }
  const sifted = body && control("text"); // one match alone has no filter and nothing to sort
  const narrow = matchMedia("(max-width: 50rem)"); // there the filter is folded, until it is asked for
  const fold = () => { document.querySelector(".filter").open = !narrow.matches; };
  if (sifted) {
    fold();
    narrow.addEventListener("change", fold);
    control("clear").addEventListener("click", clear);
    ["verdict", "outlet", "text", "probability"].forEach((name) => control(name)?.addEventListener("input", filter));
    filter();
    const order = [0, 1, null, 2, 3]; // which of a row's keys a column sorts by
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const key = order[column];
        const before = head.getAttribute("aria-sort");
        const up = before ? before !== "ascending" : key === null || key === 0;
        const byName = (a, b) => about.get(a).names.localeCompare(about.get(b).names);
        const byKey = (a, b) => about.get(a).keys[key] - about.get(b).keys[key];
        rows.sort(key === null ? byName : byKey);
        if (!up) rows.reverse();
        all("thead th", table).forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        body.append(...rows);
      });
    });
  }

  // Past the first matches the page carries their views, and past some hundreds their rows and digests, compressed.
  async function unfold(folded) {
    const bytes = Uint8Array.from(atob(folded.textContent), (each) => each.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    folded.insertAdjacentHTML("beforebegin", await new Response(plain).text());
    folded.remove();
    take();
    if (sifted) filter();
    enable();
    all(".pair").forEach((pair) => near.observe(pair));
    rows.forEach((row) => document.getElementById(`m${row.dataset.row}`)?.classList.toggle("off", row.hidden));
    land(location.hash);
  }
  const folded = all(".folded");
  if (document.querySelector("main > .folded")) document.querySelector("main").classList.add("many");
  folded.forEach(unfold);
  addEventListener("hashchange", () => land(location.hash));

  // Back to the row that led to a match; where the filter hides it, or there is no match, to the table.
  function toTable(pair) {
    const row = pair && rows.find((each) => `m${each.dataset.row}` === pair.id && !each.hidden);
    if (row) row.querySelector(".names a").focus();
    else document.getElementById("matches").scrollIntoView();
  }

  // Keys, but never while something is being written.
  document.addEventListener("keydown", (event) => {
    const target = element(event.target);
    const writing = target && target.matches("input:not([type=checkbox]), select");
    if (!target || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = target.closest(".matches tbody tr");
    const moves = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    if (row && event.key in moves) {
      const visible = rows.filter((each) => !each.hidden);
      const at = Math.min(Math.max(visible.indexOf(row) + moves[event.key], 0), visible.length - 1);
      visible[at].querySelector(".names a, .names code").focus();
    } else if (event.key === "/" && sifted) { control("text").closest("details").open = true; control("text").focus(); }
    else if (event.key === "t" && body) toTable(current());
    else if (event.key === "n" || event.key === "p") step(current(), event.key === "n" ? 1 : -1);
    else return;
    event.preventDefault();
  });
})();
