/* The one script of the pages. Everything works without it but for the keyboard, suggestions, and text and page
   picture following each other. Offsets are code points of the contract's text, as everywhere in Qiyue; where the
   browser counts UTF-16 units they are converted (`points`). Text is only ever put in as text, never as markup. */
"use strict";
(() => {
  const one = (query, from = document) => from.querySelector(query);
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const points = (text) => Array.from(text).length;
  const csrf = () => one('meta[name="csrf"]')?.content ?? "";
  const tell = (words) => {
    const box = one("#told");
    if (!box) return;
    box.textContent = words;
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => { box.textContent = ""; }, 2500);
  };
  const ask = (address, options = {}) => fetch(address, {
    ...options,
    headers: { Accept: "application/json", "X-CSRF-Token": csrf(), ...options.headers },
  });

  /* ---- an input method is composing: no key means anything but to it ---- */
  let composing = false;
  document.addEventListener("compositionstart", () => { composing = true; }, true);
  document.addEventListener("compositionend", () => { setTimeout(() => { composing = false; }, 0); }, true);
  document.addEventListener("keydown", (event) => { if (!event.isComposing && event.keyCode !== 229) composing = false; }, true);
  const isComposing = (event) => composing || event.isComposing || event.keyCode === 229;
  document.addEventListener("submit", (event) => { if (composing) event.preventDefault(); }, true);

  /* ---- suggestions ---- */
  const suggestions = () => {
    const input = one('#q'), list = one("#suggestions");
    if (!input || !list) return;
    let chosen = -1, asked = 0, timer;
    const close = () => { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const take = (item) => { input.value = item.textContent; close(); input.form.requestSubmit(); };
    const choose = (place) => {
      const items = all("li", list);
      chosen = (place + items.length + 1) % (items.length + 1);
      if (chosen === items.length) chosen = -1;
      items.forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
      if (chosen >= 0) input.setAttribute("aria-activedescendant", items[chosen].id);
      else input.removeAttribute("aria-activedescendant");
    };
    const load = async () => {
      const typed = input.value, turn = ++asked;
      if (!typed.trim()) { close(); return; }
      const answer = await ask(`/v1/suggestions?q=${encodeURIComponent(typed)}`).catch(() => null);
      if (!answer?.ok || turn !== asked || document.activeElement !== input) return;
      const words = (await answer.json()).suggestions.map((entry) => entry.text ?? entry);
      list.replaceChildren(...words.map((text, n) => {
        const item = document.createElement("li");
        item.id = `suggestion-${n}`;
        item.role = "option";
        item.setAttribute("aria-selected", "false");
        item.textContent = text;
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(item); });
        return item;
      }));
      chosen = -1;
      list.hidden = !words.length;
      input.setAttribute("aria-expanded", String(!!words.length));
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(load, 120); };
    input.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
    input.addEventListener("compositionend", soon);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (isComposing(event) || list.hidden) return;
      if (event.key === "ArrowDown") { choose(chosen + 1); event.preventDefault(); }
      else if (event.key === "ArrowUp") { choose(chosen < 0 ? all("li", list).length - 1 : chosen - 1); event.preventDefault(); }
      else if (event.key === "Escape") { close(); event.stopPropagation(); event.preventDefault(); }
      else if (event.key === "Enter" && chosen >= 0) { take(all("li", list)[chosen]); event.preventDefault(); }
    });
  };

  /* ---- moving through lists ---- */
  const step = (items, by) => {
    const shown = items.filter((item) => item.offsetParent !== null);
    if (!shown.length) return null;
    const now = shown.findIndex((item) => item === document.activeElement || item.classList.contains("on"));
    const next = shown[Math.min(Math.max(now < 0 ? (by > 0 ? 0 : shown.length - 1) : now + by, 0), shown.length - 1)];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return next;
  };
  const back = () => {
    const link = one("[data-back]");
    if (!link) return;
    if (document.referrer.startsWith(`${location.origin}/`) && history.length > 1) history.back();
    else location.assign(link.href);
  };

  /* ---- dialogs ---- */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) one(`#${opener.dataset.open}`)?.showModal();
    const closer = event.target.closest("dialog [data-close]");
    if (closer) { event.preventDefault(); closer.closest("dialog").close(); }
    const link = event.target.closest("a[data-back]");
    if (link && !event.ctrlKey && !event.metaKey && document.referrer.startsWith(`${location.origin}/`)) { event.preventDefault(); back(); }
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches('.correct select[name="field"]')) field.form.elements.value.value = field.selectedOptions[0].dataset.value;
    if (field.matches("[data-submit]")) field.form.requestSubmit();
  });

  /* ---- text and page pictures ---- */
  const reader = () => {
    const sheets = one(".sheets[data-contract]");
    if (!sheets) return null;
    const contract = sheets.dataset.contract, inspector = one("#inspector"), text = one('[data-panel="text"]');
    const blocks = all("[data-s][data-e]", text).filter((block) => !block.matches("table"));
    const rows = new Map(all("tr.fact").map((row) => [row.dataset.fact, row]));
    const span = (row) => row.dataset.go.split(",").map(Number);
    let map = { text: "", pages: [], lines: [], cells: [] }, chars = [], current = null, hitAt = -1;

    const weight = (from, to) => {
      let sum = 0;
      for (let n = from; n < to; n += 1) sum += /[\u0000-\u2013\u2020-\u2e7f]/.test(chars[n]) ? 0.52 : 1;
      return sum;
    };
    const boxesOf = (start, end) => map.lines.filter((line) => line[0] < end && start < line[1]).map((line) => {
      const [s, e, page, x0, y0, x1, y1] = line, whole = weight(s, e) || 1;
      const left = x0 + (x1 - x0) * weight(s, Math.max(s, start)) / whole;
      const right = x0 + (x1 - x0) * weight(s, Math.min(e, end)) / whole;
      return { page, box: [left, y0, right, y1] };
    });
    const draw = (places, kind) => places.map(({ page, box }) => {
      const svg = one(`#page-${page} .boxes`);
      if (!svg) return null;
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const [x0, y0, x1, y1] = box;
      for (const [name, value] of Object.entries({ x: x0 - 1, y: y0 - 1, width: x1 - x0 + 2, height: y1 - y0 + 2, rx: 1.5 })) rect.setAttribute(name, value);
      rect.setAttribute("class", kind);
      return svg.appendChild(rect);
    }).filter(Boolean);
    const wipe = (kinds) => all(kinds, sheets).forEach((rect) => rect.remove());
    let shown = null;
    const toPage = (start, end, around) => {
      shown = [start, end, around];
      wipe("rect.now, rect.around");
      if (around) draw(boxesOf(...around), "around");
      const cells = map.cells.filter((cell) => cell[0] <= start && end <= cell[1] && cell[0] < cell[1]);
      draw(cells.map(([, , page, ...box]) => ({ page, box })), "around");
      const drawn = draw(boxesOf(start, end), "now");
      const first = drawn[0];
      if (!first) return;
      const frame = sheets.getBoundingClientRect(), place = first.getBoundingClientRect();
      if (place.top < frame.top + 20 || place.bottom > frame.bottom - 20) sheets.scrollTop += place.top - frame.top - frame.height / 3;
    };
    const tab = (name) => {
      all("[data-panel]").forEach((panel) => { panel.hidden = panel.dataset.panel !== name; });
      all("[data-tab]").forEach((link) => { if (link.dataset.tab === name) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current"); });
      one(".columns").dataset.shown = name;
      const address = new URL(location);
      address.searchParams.set("tab", name);
      history.replaceState(null, "", address);
    };
    const clear = () => {
      all(".on, .here").forEach((node) => node.classList.remove("on", "here"));
      wipe("rect.now, rect.around");
      inspector.hidden = true;
      current = shown = null;
    };
    const blockAt = (offset) => blocks.filter((block) => +block.dataset.s <= offset && offset < +block.dataset.e)
      .sort((a, b) => (a.dataset.e - a.dataset.s) - (b.dataset.e - b.dataset.s))[0];
    const citeAt = (offset) => blockAt(offset)?.closest("[data-cite]")?.dataset.cite ?? "";
    const markTree = (block) => {
      const link = block?.closest("[id]") && one(`.tree a[href="#${CSS.escape(block.closest("[id]").id)}"]`);
      if (link) { link.classList.add("here"); link.scrollIntoView({ block: "nearest" }); }
    };
    const inspect = (words, place, page, rule) => {
      const box = one(".inspected", inspector), head = document.createElement("strong"), foot = document.createElement("p");
      head.textContent = words;
      foot.className = "soft";
      foot.textContent = [place, page && inspector.dataset.page.replace("{number}", page), rule].filter(Boolean).join(" · ");
      box.replaceChildren(head, foot);
      all("[data-act]", inspector).forEach((button) => { if (!["cite", "close"].includes(button.dataset.act)) button.hidden = !current?.fact; });
      inspector.hidden = false;
    };
    const scrollTo = (node) => {
      const frame = one(".middle"), outer = frame.getBoundingClientRect(), inner = node.getBoundingClientRect();
      if (inner.top < outer.top + 10 || inner.bottom > outer.bottom - 10) frame.scrollTop += inner.top - outer.top - outer.height / 3;
    };
    const pickFact = (id, { follow = true } = {}) => {
      const row = rows.get(id);
      if (!row) return;
      clear();
      const [start, end] = span(row);
      current = { fact: id, place: row.dataset.place, page: row.dataset.page, cite: citeAt(start) };
      row.classList.add("on");
      const words = all("td:not(.where):not(.verdict)", row).map((cell) => cell.textContent.trim()).filter(Boolean).join(" · ");
      const marked = all(`[data-f~="${CSS.escape(id)}"]`, text);
      marked.forEach((node) => node.classList.add("on"));
      inspect(words, row.dataset.place, row.dataset.page, row.dataset.rule);
      if (!text.hidden && follow && marked[0]) scrollTo(marked[0]);
      markTree(marked[0]?.closest("[data-clause]"));
      const block = blockAt(start);
      toPage(start, Math.max(end, start + 1), block && [+block.dataset.s, +block.dataset.e]);
    };
    const pickBlock = (block, offset, { follow = true } = {}) => {
      clear();
      const holder = block.closest("[data-clause]");
      block.classList.add("here");
      current = { place: holder?.dataset.place || "", page: "", cite: citeAt(+block.dataset.s) };
      const start = +block.dataset.s, end = +block.dataset.e;
      const line = map.lines.find((entry) => entry[0] <= (offset ?? start) && (offset ?? start) < entry[1]);
      current.page = line && !sheets.dataset.laid ? String(line[2]) : ""; // pages of a layout are not those of the paper
      inspect(chars.slice(start, Math.min(end, start + 60)).join("") + (end - start > 60 ? "…" : ""), current.place, current.page);
      if (follow) scrollTo(block);
      markTree(holder);
      if (offset === undefined || !line) toPage(start, end);
      else toPage(Math.max(start, line[0]), Math.min(end, line[1]), [start, end]);
    };
    const goTo = (start, end) => {
      tab("text");
      const holding = [...rows.values()].filter((row) => span(row)[0] <= start && start < span(row)[1]);
      const exact = holding.find((row) => span(row)[0] === start && span(row)[1] === end);
      if (exact) { pickFact(exact.dataset.fact); return; }
      const block = blockAt(start) || blockAt(Math.max(start - 1, 0));
      if (!block) return;
      pickBlock(block, start);
      if (end > start) toPage(start, end, [+block.dataset.s, +block.dataset.e]);
    };
    const offsetAt = (event) => {
      const holder = event.target.closest("[data-s][data-e]");
      const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY) ?? document.caretRangeFromPoint?.(event.clientX, event.clientY);
      const node = caret?.offsetNode ?? caret?.startContainer, at = caret?.offset ?? caret?.startOffset;
      if (!holder || !node || !holder.contains(node)) return undefined;
      const range = document.createRange();
      range.setStart(holder, 0);
      range.setEnd(node, at);
      return Math.min(+holder.dataset.s + points(range.toString()), +holder.dataset.e - 1);
    };
    const hits = () => all(".hit-here[id]", text);
    const hitSpan = (node) => {
      const start = +node.dataset.s;
      let end = start, next = node;
      do { end += points(next.textContent); next = next.nextElementSibling; } while (next && next.classList.contains("hit-here") && !next.id && +next.dataset.s === end);
      return [start, end];
    };
    const walk = (by) => {
      const found = hits();
      if (!found.length) return;
      hitAt = (hitAt + by + found.length) % found.length;
      tab("text");
      const [start, end] = hitSpan(found[hitAt]), block = blockAt(start);
      if (block) pickBlock(block, start, { follow: false });
      found[hitAt].classList.add("on");
      scrollTo(found[hitAt]);
      toPage(start, end, block && [+block.dataset.s, +block.dataset.e]);
      const output = one(".hit-walk output");
      if (output) output.textContent = output.dataset.of.replace("{number}", hitAt + 1);
    };
    const cite = async (button) => {
      if (!current) return;
      const page = current.page ? `，${inspector.dataset.page.replace("{number}", current.page)}` : "";
      const words = `《${sheets.dataset.title}》${current.cite || current.place}${page}`;
      try { await navigator.clipboard.writeText(words); }
      catch {
        const area = document.createElement("textarea");
        area.value = words;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
      tell(`${button.dataset.done} ${words}`);
    };
    const say = async (word) => {
      const row = rows.get(current?.fact);
      if (!row) return;
      const same = row.classList.contains(word);
      const answer = await ask(`/contracts/${contract}/facts/${encodeURIComponent(current.fact)}/verdict`, { method: "POST", body: new URLSearchParams({ word: same ? "none" : word }) });
      if (!answer.ok) { tell((await answer.json()).detail); return; }
      row.classList.remove("accepted", "rejected");
      one(".verdict .badge", row)?.remove();
      if (!same) {
        const badge = document.createElement("span");
        badge.className = `badge ${word}`;
        badge.textContent = inspector.dataset[word];
        one(".verdict", row).prepend(badge, " ");
        row.classList.add(word);
        tell(inspector.dataset[word]);
        if (text.hidden) { const next = step(all("tr.fact"), 1); if (next) pickFact(next.dataset.fact, { follow: false }); }
      }
    };
    const edit = async (id) => {
      const answer = await fetch(`/contracts/${contract}/facts/${encodeURIComponent(id)}?part=true`, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const dialog = one("#edit");
      dialog.replaceChildren(...page.body.childNodes);
      dialog.showModal();
      one('input[name="value"]', dialog)?.select();
    };
    const act = (name) => {
      const button = one(`[data-act="${name}"]`, inspector);
      if (name === "close") clear();
      else if (name === "cite" && current) cite(button);
      else if (button && current?.fact) { if (name === "edit") edit(current.fact); else say(name); }
    };

    document.addEventListener("click", (event) => {
      const target = event.target;
      const link = target.closest("[data-tab]");
      if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); tab(link.dataset.tab); return; }
      const button = target.closest("[data-act]");
      if (button) { act(button.dataset.act); return; }
      const walker = target.closest("[data-hit]");
      if (walker) { walk(+walker.dataset.hit); return; }
      const pencil = target.closest("a.edit");
      if (pencil && !event.ctrlKey && !event.metaKey) { event.preventDefault(); edit(pencil.closest("tr").dataset.fact); return; }
      const go = target.closest("a.go, td[data-go]");
      if (go) { event.preventDefault(); goTo(...go.dataset.go.split(",").map(Number)); return; }
      const fold = target.closest(".fold");
      if (fold) { fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") !== "true")); return; }
      const branch = target.closest('.tree a[href^="#"]');
      if (branch) {
        event.preventDefault();
        tab("text");
        const node = document.getElementById(decodeURIComponent(branch.hash.slice(1)));
        const block = node?.matches("[data-s]") ? node : node && one("[data-s]", node);
        if (block) pickBlock(block);
        return;
      }
      const row = target.closest("tr.fact");
      if (row && !target.closest("a, button, form")) { pickFact(row.dataset.fact, { follow: false }); return; }
      if (!text.contains(target) || !getSelection().isCollapsed) return;
      const ids = target.closest("[data-f]")?.dataset.f.split(" ").filter((id) => rows.has(id)) ?? [];
      if (ids.length) { pickFact(ids[(ids.indexOf(current?.fact) + 1) % ids.length], { follow: false }); return; }
      const block = target.closest("[data-s][data-e]:not(table)");
      if (block) pickBlock(block, offsetAt(event), { follow: false });
    });
    sheets.addEventListener("click", (event) => {
      const svg = event.target.closest(".boxes");
      if (!svg) return;
      const page = +svg.closest(".sheet").dataset.page, size = map.pages.find((entry) => entry[0] === page), frame = svg.getBoundingClientRect();
      if (!size) return;
      const x = (event.clientX - frame.left) / frame.width * size[1], y = (event.clientY - frame.top) / frame.height * size[2];
      const near = (box) => Math.hypot(Math.max(box[0] - x, 0, x - box[2]), 3 * Math.max(box[1] - y, 0, y - box[3]));
      const cell = map.cells.find(([, , on, ...box]) => on === page && near(box) === 0);
      let lines = map.lines.filter((line) => line[2] === page);
      if (cell) { const inside = lines.filter((line) => line[0] < cell[1] && cell[0] < line[1]); lines = inside.length ? inside : lines; }
      const line = lines.sort((a, b) => near(a.slice(3)) - near(b.slice(3)))[0];
      if (!line || near(line.slice(3)) > 40) return;
      const share = Math.min(Math.max((x - line[3]) / (line[5] - line[3]), 0), 1) * weight(line[0], line[1]);
      let offset = line[0];
      while (offset < line[1] - 1 && weight(line[0], offset + 1) < share) offset += 1;
      const facts = [...rows.values()].filter((row) => span(row)[0] <= offset && offset < span(row)[1] && one(`[data-f~="${CSS.escape(row.dataset.fact)}"]`, text))
        .sort((a, b) => (span(a)[1] - span(a)[0]) - (span(b)[1] - span(b)[0]));
      tab("text");
      if (facts.length) pickFact(facts[0].dataset.fact);
      else { const block = blockAt(offset); if (block) pickBlock(block, offset); }
    });

    const layOut = async () => {
      const note = one("#layout");
      if (!note) return;
      const answer = await ask(`/v1/contracts/${contract}/layout`).catch(() => null);
      if (!answer?.ok) {
        const told = answer ? await answer.json().catch(() => ({})) : {};
        note.textContent = `${note.dataset.failed}${told.detail ?? ""}${told.remedy ? ` (${told.remedy})` : ""}`;
        sheets.dataset.laid = "failed";
        return;
      }
      const made = await answer.json(), count = made.pages.length;
      map.pages = made.pages;
      map.lines = made.lines;
      for (const [number, width, height] of made.pages) {
        const sheet = document.createElement("figure"), paper = document.createElement("div"), picture = document.createElement("img");
        const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), words = document.createElement("figcaption");
        sheet.className = "sheet"; sheet.id = `page-${number}`; sheet.dataset.page = number;
        paper.className = "paper";
        picture.loading = "lazy"; picture.alt = note.dataset.alt.replace("{number}", number); picture.src = `/v1/contracts/${contract}/layout/${number}.png`;
        svg.setAttribute("class", "boxes"); svg.setAttribute("viewBox", `0 0 ${width} ${height}`); svg.setAttribute("aria-hidden", "true");
        words.textContent = `${note.dataset.page.replace("{number}", number)} / ${count}`;
        paper.append(picture, svg);
        sheet.append(paper, words);
        sheets.append(sheet);
      }
      note.textContent = note.dataset.made;
      note.classList.remove("card");
      hits().forEach((node) => draw(boxesOf(...hitSpan(node)), "hit"));
      if (shown) toPage(...shown);
      sheets.dataset.laid = "done";
    };

    const start = async () => {
      const answer = await ask(`/contracts/${contract}/map`).catch(() => null);
      if (answer?.ok) { map = await answer.json(); chars = Array.from(map.text); }
      hits().forEach((node) => draw(boxesOf(...hitSpan(node)), "hit"));
      const wanted = new URL(location).searchParams.get("clause"), hash = decodeURIComponent(location.hash.slice(1));
      const inClause = hits().findIndex((node) => node.closest("[data-clause]")?.dataset.clause === wanted);
      if (hash.startsWith("fact-")) { pickFact(hash.slice(5)); rows.get(hash.slice(5))?.scrollIntoView({ block: "center" }); }
      else if (inClause >= 0) { hitAt = inClause - 1; walk(1); }
      else if (wanted) { const block = blocks.find((entry) => entry.closest("[data-clause]")?.dataset.clause === wanted); if (block) pickBlock(block); }
      else if (hits().length && one(".hit-walk")) walk(1);
      document.body.dataset.ready = "true";
      layOut();
    };
    start();
    return {
      walk,
      act,
      clear: () => (current ? (clear(), true) : false),
      move: (by) => {
        if (!text.hidden) {
          const ordered = [...rows.values()].filter((row) => one(`[data-f~="${CSS.escape(row.dataset.fact)}"]`, text)).sort((a, b) => span(a)[0] - span(b)[0] || span(b)[1] - span(a)[1]);
          const now = ordered.findIndex((row) => row.dataset.fact === current?.fact);
          const next = ordered[Math.min(Math.max(now + by, 0), ordered.length - 1)];
          if (next) pickFact(next.dataset.fact);
        } else {
          const next = step(all("tr.fact"), by);
          if (next) pickFact(next.dataset.fact, { follow: false });
        }
      },
      clause: (by) => {
        tab("text");
        const named = blocks.filter((block) => block.id);
        const now = named.findIndex((block) => block.classList.contains("here"));
        const next = named[Math.min(Math.max(now + by, 0), named.length - 1)];
        if (next) pickBlock(next);
      },
      enter: () => { const row = rows.get(current?.fact); if (row && text.hidden) goTo(...span(row)); },
    };
  };

  /* ---- importing: files one by one, each with its progress and its reason ---- */
  const importing = () => {
    const form = one("form.import");
    if (!form) return;
    const drop = one(".drop", form), input = one('input[type="file"]', form), bar = one("progress", form);
    const show = (message) => { one(".import-told", form).textContent = message; };
    const send = (files) => {
      if (!files.length) return;
      const body = new FormData();
      body.append("csrf", csrf());
      if (form.elements.folder.value) body.append("folder", form.elements.folder.value);
      for (const tag of form.elements.tag.value.split(/[,，]/)) if (tag.trim()) body.append("tag", tag.trim());
      for (const file of files) body.append("file", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", form.dataset.to);
      request.setRequestHeader("X-CSRF-Token", csrf());
      request.setRequestHeader("Accept", "application/json");
      bar.hidden = false;
      request.upload.onprogress = (event) => { bar.max = event.total; bar.value = event.loaded; };
      request.onerror = () => show(form.dataset.failed);
      request.onload = () => {
        const answer = JSON.parse(request.responseText || "{}");
        const job = answer.job ?? answer.id;
        if (request.status === 202 || request.status === 200) location.assign(`/import/${job}`);
        else { bar.hidden = true; show(`${answer.detail ?? request.status} ${answer.remedy ?? ""}`); }
      };
      request.send(body);
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); send(input.files); });
    for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); send(event.dataTransfer.files); });
  };
  const watching = () => {
    const job = one("[data-running]");
    if (!job) return;
    setTimeout(async () => {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
      if (answer?.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html"), fresh = one("#job", page);
        if (fresh) one("#job").replaceWith(document.importNode(fresh, true));
      }
      watching();
    }, 1000);
  };

  /* ---- keys ---- */
  const contract = reader();
  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest?.("input, textarea, select");
    if (one("dialog[open]")) return;
    if (event.key === "Escape") {
      if (typing) typing.blur();
      else if (!contract?.clear()) back();
      return;
    }
    if (typing) return;
    const focus = one("#within") ?? one("#q");
    const keys = {
      "/": () => { if (focus) { focus.focus(); focus.select(); } else location.assign("/"); },
      "?": () => one("#help")?.showModal(),
      j: () => (contract ? contract.move(1) : step(all(".hit-link, [data-item]"), 1)),
      k: () => (contract ? contract.move(-1) : step(all(".hit-link, [data-item]"), -1)),
      n: () => contract?.walk(1),
      p: () => contract?.walk(-1),
      "]": () => contract?.clause(1),
      "[": () => contract?.clause(-1),
      a: () => contract?.act("accepted"),
      r: () => contract?.act("rejected"),
      e: () => contract?.act("edit"),
      c: () => contract?.act("cite"),
    };
    if (event.key === "Enter" && contract && event.target.matches("tr.fact")) { contract.enter(); return; }
    const done = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (done) { event.preventDefault(); done(); }
  });
  suggestions();
  importing();
  watching();
  if (!contract) document.body.dataset.ready = "true";
})();
