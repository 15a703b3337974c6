// The preview's own script: added to pages on their way out by "dateline serve", never written to a file.
// It brings this page up when it has changed, swaps styles without a reload, shows faults over the last good page,
// and opens the Markdown behind a sentence on Alt-click.
(() => {
  "use strict";
  const own = document.currentScript;
  const PLACE = "dateline:place";
  let seen = own.dataset.build;
  let stream = null;
  let overlay = null;
  let folded = "";

  // --- Being told -------------------------------------------------------------------------------------------------

  // Browsers allow six connections to one server: a hidden page gives its own back and asks again when it is shown.
  const listen = () => {
    if (stream || document.hidden) return;
    const asked = new URLSearchParams({
      session: own.dataset.session, build: seen, pages: own.dataset.pages, page: location.pathname,
    });
    stream = new EventSource(`/__dateline/events?${asked}`);
    stream.addEventListener("reload", () => bringUp());
    stream.addEventListener("assets", (event) => assets(JSON.parse(event.data)));
    stream.addEventListener("faults", (event) => show(JSON.parse(event.data)));
  };
  const rest = () => { if (stream) { stream.close(); stream = null; } };
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });

  // --- Reloading and keeping the place ----------------------------------------------------------------------------

  // The text people read: navigation may be fixed to the window and would say nothing of the place.
  const blocksOf = () => {
    const main = document.querySelector("main") || document.body;
    return [...main.querySelectorAll("h1,h2,h3,h4,p,li,dt,dd,figure,tr,blockquote,pre")];
  };
  const topOf = (block) => block.getBoundingClientRect().top;
  const words = (element) => element.textContent.trim().slice(0, 120);
  const pathOf = (element) => {
    const steps = [];
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (one.id) { steps.unshift(`#${CSS.escape(one.id)}`); return steps.join(">"); }
      steps.unshift(`${one.localName}:nth-child(${[...one.parentElement.children].indexOf(one) + 1})`);
    }
    return ["body", ...steps].join(">");
  };

  const placeNow = () => {
    // At the top of a page there is nothing to keep, and no need to look at all of its text.
    const blocks = scrollY ? blocksOf() : [];
    const shown = blocks.map((block, nth) => nth).filter((nth) => topOf(blocks[nth]) >= 0 && words(blocks[nth]));
    const nth = shown.length ? shown.reduce((a, b) => (topOf(blocks[b]) < topOf(blocks[a]) ? b : a)) : -1;
    const focus = document.activeElement;
    return {
      page: location.pathname, y: scrollY, x: scrollX, nth,
      words: nth < 0 ? "" : words(blocks[nth]),
      top: nth < 0 ? 0 : topOf(blocks[nth]),
      focus: focus && focus !== document.body ? pathOf(focus) : "",
      open: [...document.querySelectorAll("details")].map((details) => details.open),
    };
  };

  let isReloading = false;
  const reload = () => {
    rest();
    isReloading = true;
    try { sessionStorage.setItem(PLACE, JSON.stringify(placeNow())); history.scrollRestoration = "manual"; } catch { /* no storage: the browser keeps the place as well as it can */ }
    location.reload();
  };

  const scrollBack = (place) => {
    if (!place.y) { scrollTo({ left: place.x, top: 0, behavior: "instant" }); return; }
    const blocks = blocksOf();
    const same = blocks.map((block, nth) => nth).filter((nth) => words(blocks[nth]) === place.words);
    same.sort((a, b) => Math.abs(a - place.nth) - Math.abs(b - place.nth));
    const block = blocks[same.length ? same[0] : -1];
    const top = block ? scrollY + topOf(block) - place.top : place.y;
    scrollTo({ left: place.x, top, behavior: "instant" });
  };

  const restore = () => {
    const kept = sessionStorage.getItem(PLACE);
    if (!kept) return;
    sessionStorage.removeItem(PLACE);
    const place = JSON.parse(kept);
    if (place.page !== location.pathname) return;
    [...document.querySelectorAll("details")].forEach((details, nth) => {
      if (nth < place.open.length) details.open = place.open[nth];
    });
    const focus = place.focus && document.querySelector(place.focus);
    if (focus) focus.focus({ preventScroll: true });
    scrollBack(place);
    const settled = scrollY;
    const finish = () => {
      // Pictures and fonts may have moved the text; who has scrolled meanwhile is left alone.
      if (Math.abs(scrollY - settled) < 2) scrollBack(place);
    };
    // Given back only when the page is left: the browser restores its own idea of the place after the page has loaded.
    addEventListener("pagehide", () => { if (!isReloading) history.scrollRestoration = "auto"; });
    if (document.readyState === "complete") finish(); else addEventListener("load", finish, { once: true });
  };
  try { restore(); } catch { /* a place that cannot be found again is no reason to fail */ }

  // --- The new page in the place of the old one -------------------------------------------------------------------

  // Only what differs is exchanged: no style is read again, nothing flickers, and all else stays as the reader left it.
  const isSame = (one, other) => one.isEqualNode(other);
  const patch = (old, next) => {
    if (isSame(old, next)) return;
    if (old.nodeName !== next.nodeName) { old.replaceWith(next); return; }
    if (old.nodeType !== Node.ELEMENT_NODE) { old.nodeValue = next.nodeValue; return; }
    for (const { name } of [...old.attributes]) {
      // Which parts are folded out is the reader's matter.
      if (!next.hasAttribute(name) && !(name === "open" && old.localName === "details")) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value && !(name === "open" && old.localName === "details")) old.setAttribute(name, value);
    }
    const had = [...old.childNodes], has = [...next.childNodes];
    while (had.length && has.length && isSame(had[0], has[0])) { had.shift(); has.shift(); }
    let after = null;
    while (had.length && has.length && isSame(had.at(-1), has.at(-1))) { after = had.pop(); has.pop(); }
    has.forEach((node, nth) => (nth < had.length ? patch(had[nth], node) : old.insertBefore(node, after)));
    had.slice(has.length).forEach((node) => node.remove());
  };

  const OWN = "/__dateline/live.js";
  const isRun = (script) => !/json/.test(script.type) && script.getAttribute("src") !== OWN;
  const stylesOf = (page) =>
    [...page.querySelectorAll('link[rel~="stylesheet"],style')].map((one) => (one.href ? pathname(one.href) : one.textContent));
  const hasScript = (page) => [...page.querySelectorAll("script")].some(isRun);

  // Returns whether it could be done: a page with other styles, or with scripts of its own, must be loaded anew.
  const takeOver = (next) => {
    const script = next.querySelector(`script[src="${OWN}"]`);
    if (!script || script.dataset.session !== own.dataset.session || own.dataset.pages === "0") return false;
    if (hasScript(document) || hasScript(next) || String(stylesOf(document)) !== String(stylesOf(next))) return false;
    const place = placeNow();
    for (const link of next.querySelectorAll('link[rel~="stylesheet"]')) {
      // A style that was exchanged bears the number of its build.
      const same = [...document.querySelectorAll('link[rel~="stylesheet"]')].find((one) => pathname(one.href) === pathname(link.href));
      link.setAttribute("href", same.getAttribute("href"));
    }
    seen = own.dataset.build = script.dataset.build;
    const focus = document.activeElement;
    if (overlay) overlay.host.remove();
    patch(document.documentElement, next.documentElement);
    if (overlay) document.documentElement.append(overlay.host);
    if (focus !== document.activeElement && place.focus) {
      const found = document.querySelector(place.focus);
      if (found) found.focus({ preventScroll: true });
    }
    if (place.y) scrollBack(place);
    return true;
  };

  let isComing = false, isStale = false;
  const bringUp = async () => {
    isStale = true;
    if (isComing) return;
    isComing = true;
    try {
      while (isStale && !isReloading) {
        isStale = false;
        const answer = await fetch(location.href.split("#")[0], { cache: "no-store" });
        const next = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (answer.redirected || !takeOver(next)) reload();
      }
    } catch { reload(); }
    isComing = false;
  };

  // --- Styles, pictures, scripts ----------------------------------------------------------------------------------

  const pathname = (address) => new URL(address, location.href).pathname;
  const fresh = (address, build) => {
    const url = new URL(address, location.href);
    url.searchParams.set("build", build);
    return url.href;
  };
  const assets = ({ build, files }) => {
    seen = String(build);
    const changed = new Set(files.map(pathname));
    const ends = (...kinds) => files.some((file) => kinds.includes(file.split(".").pop()));
    const uses = (selector, name) =>
      [...document.querySelectorAll(selector)].some((element) => changed.has(pathname(element[name])));
    if (uses("script[src]", "src") || ends("woff2", "woff", "ttf", "otf")) { reload(); return; }
    if (ends("css")) {
      const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]')];
      const named = links.filter((link) => changed.has(pathname(link.href)));
      // A style that no page names is imported by one that is named.
      for (const link of named.length ? named : links) swap(link, build);
    }
    for (const image of document.querySelectorAll("img[src]")) {
      if (changed.has(pathname(image.src))) image.src = fresh(image.src, build);
    }
    if (uses("source[srcset]", "srcset")) reload();
  };
  const swap = (link, build) => {
    const next = link.cloneNode();
    next.href = fresh(link.href, build);
    // The old style goes when the new one is there, so that the page is never without.
    next.addEventListener("load", () => link.remove());
    next.addEventListener("error", () => next.remove());
    link.after(next);
  };

  // --- Faults -----------------------------------------------------------------------------------------------------

  const STYLE = `
    :host { all: initial; }
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
      box-sizing: border-box; padding: 1rem 1.25rem 1.25rem; background: #1b1b1b; color: #f2f2f2;
      border-top: 4px solid #e06c5a; font: 15px/1.5 system-ui, sans-serif; direction: ltr; text-align: left; }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { margin: 0; font-size: 17px; } article { margin-top: 16px; } p { margin: .25rem 0; white-space: pre-wrap; }
    pre { margin: .5rem 0 0; padding: .5rem .75rem; overflow: auto; background: #101010; font: 13px/1.5 ui-monospace, monospace; }
    pre b { display: block; font-weight: inherit; color: #ffb4a6; } pre span { display: block; color: #b5b5b5; }
    .advice { color: #cfcfcf; }
    button { font: inherit; text-align: start; overflow-wrap: anywhere; color: inherit; background: none; border: 0; padding: 0; text-decoration: underline; cursor: pointer; }
    button:focus-visible { outline: 2px solid #fff; outline-offset: 2px; }
    output { position: fixed; inset: auto auto 1rem 1rem; z-index: 2147483647; padding: .5rem .75rem; background: #1b1b1b;
      color: #f2f2f2; font: 14px/1.4 system-ui, sans-serif; border-radius: 4px; }
    @media print { :host { display: none; } }`;

  const make = (name, text, parent) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (parent) parent.append(element);
    return element;
  };
  const room = () => {
    if (!overlay) {
      const host = document.createElement("dateline-preview");
      overlay = host.attachShadow({ mode: "open" });
      make("style", STYLE, overlay);
      document.documentElement.append(host);
    }
    return overlay;
  };

  const show = (faults) => {
    const old = overlay && overlay.querySelector("section");
    if (old) old.remove();
    const known = JSON.stringify(faults);
    if (!faults.length) folded = "";
    if (!faults.length || known === folded) return;
    const panel = make("section", "", room());
    panel.setAttribute("role", "alert");
    const head = make("header", "", panel);
    const number = faults.length === 1 ? "one fault" : `${faults.length} faults`;
    // Before the first good build there is no page to stay; this one says so itself.
    make("h2", `Not built: ${number}.${own.dataset.pages === "0" ? "" : " This is the last good page."}`, head);
    const close = make("button", "Hide (Esc)", head);
    close.addEventListener("click", () => { folded = known; panel.remove(); });
    for (const fault of faults) {
      const part = make("article", "", panel);
      if (fault.path) {
        const place = make("button", fault.line ? `${fault.path}:${fault.line}` : fault.path, part);
        place.addEventListener("click", () => order({ path: fault.path, line: fault.line }));
      }
      make("p", fault.message, part);
      if (fault.advice) make("p", fault.advice, part).className = "advice";
      if (fault.excerpt.length) {
        const lines = make("pre", "", part);
        lines.tabIndex = 0;
        for (const [number, text] of fault.excerpt) {
          make(number === fault.line ? "b" : "span", `${String(number).padStart(4)}  ${text}`, lines).dir = "auto";
        }
      }
    }
  };
  addEventListener("keydown", (event) => {
    const panel = overlay && overlay.querySelector("section");
    if (event.key === "Escape" && panel) panel.querySelector("button").click();
  });

  // --- From a sentence to its Markdown ----------------------------------------------------------------------------

  const order = async (what) => {
    let said = "The preview does not answer.";
    try {
      const answer = await fetch("/__dateline/open", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what),
      });
      said = answer.headers.get("content-type").includes("json") ? (await answer.json()).said : await answer.text();
    } catch { /* said already */ }
    for (const old of room().querySelectorAll("output")) old.remove();
    const note = make("output", said, room());
    setTimeout(() => note.remove(), 4000);
  };

  const caret = (x, y) => {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && [found.offsetNode, found.offset];
    }
    const found = document.caretRangeFromPoint && document.caretRangeFromPoint(x, y);
    return found && [found.startContainer, found.startOffset];
  };
  const sentence = (event) => {
    const block = event.target.closest("p,li,h1,h2,h3,h4,h5,h6,td,th,dt,dd,figcaption,blockquote,pre,summary");
    if (!block) return "";
    const text = block.textContent;
    const at = caret(event.clientX, event.clientY);
    let found = text;
    if (at && block.contains(at[0]) && window.Intl && Intl.Segmenter) {
      const before = document.createRange();
      before.setStart(block, 0);
      before.setEnd(at[0], at[1]);
      const language = block.closest("[lang]");
      const sentences = new Intl.Segmenter(language ? language.lang : "en", { granularity: "sentence" }).segment(text);
      const part = sentences.containing(Math.min(before.toString().length, Math.max(0, text.length - 1)));
      if (part) found = part.segment;
    }
    return found.replace(/\s+/g, " ").trim().slice(0, 2000);
  };
  addEventListener("click", (event) => {
    if (!event.altKey || event.button !== 0 || !(event.target instanceof Element)) return;
    const text = sentence(event);
    if (!text) return;
    // An Alt-click on a link would download its page.
    event.preventDefault();
    event.stopPropagation();
    order({ address: location.pathname, text });
  }, true);

  listen();
})();
