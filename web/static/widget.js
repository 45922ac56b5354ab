/* The widget of Markewijzer for other websites: a launcher and a frame of our own origin.
   <script src="https://…/widget.js" data-municipality="Emmen" defer></script> is all it needs. No cookies, no dependencies. */
(() => {
  "use strict";
  const VERSION = 1;
  const KEY = "markewijzer";
  const script = document.currentScript;
  if (!script || window.Markewijzer) return;

  const origin = new URL(script.src).origin;
  const options = script.dataset;
  const isInline = options.mode === "inline";
  const isPhone = () => matchMedia("(max-width: 30rem)").matches;
  const WORDS = {
    nl: ["Stel je vraag", "Vraaghulp Markewijzer"],
    en: ["Ask a question", "Markewijzer question help (in Dutch)"],
    de: ["Stell deine Frage", "Markewijzer, Fragehilfe (Niederländisch)"],
    pl: ["Zadaj pytanie", "Markewijzer, pomoc (po niderlandzku)"],
    uk: ["Поставте запитання", "Markewijzer, допомога (нідерландською)"],
    tr: ["Sorunu sor", "Markewijzer, soru yardımı (Hollandaca)"],
    ar: ["اطرح سؤالك", "ماركويزر، مساعدة (بالهولندية)"],
  };
  const language = WORDS[options.language] ? options.language : "nl";
  const [openWords, title] = WORDS[language];

  const accent = /^#[0-9a-f]{6}$/i.test(options.accent ?? "") ? options.accent : "#2b5a37";
  const onAccent = luminance(accent) > 0.179 ? "#000000" : "#ffffff"; // whichever of the two contrasts most

  function luminance(colour) {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function address() {
    const query = new URLSearchParams({ site: location.origin });
    const names = { gemeente: options.municipality, thema: options.theme, groet: options.greeting, vraag: options.question };
    for (const [name, value] of Object.entries(names)) if (value) query.set(name, value);
    return `${origin}/widget?${query}`;
  }

  /* The look lives in a shadow tree and in a constructed sheet: a strict policy of the website allows both. */
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    [hidden] { display: none !important; }
    button {
      position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483000;
      display: inline-flex; align-items: center; gap: .5rem; min-block-size: 3rem; padding: .5rem 1.25rem;
      border: 2px solid ${onAccent}; border-radius: 1.5rem; background: ${accent}; color: ${onAccent};
      font: 600 1rem/1.3 system-ui, sans-serif; cursor: pointer; box-shadow: 0 2px 10px rgb(0 0 0 / .3);
    }
    button:focus-visible { outline: 3px solid #14140f; outline-offset: 2px; box-shadow: 0 0 0 6px #ffd95a; }
    svg { inline-size: 1.5rem; block-size: 1.5rem; }
    iframe { border: 0; background: #f6f3ea; color-scheme: normal; }
    .floating {
      position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 2147483000;
      inline-size: min(25rem, calc(100vw - 2rem)); block-size: min(42rem, calc(100vh - 2rem));
      border-radius: .75rem; box-shadow: 0 4px 24px rgb(0 0 0 / .35);
    }
    .left { inset-inline: 1rem auto; }
    .inline { display: block; inline-size: 100%; block-size: 40rem; border: 1px solid #7a765f; border-radius: .75rem; }
    @media (max-width: 30rem) {
      .floating { inset: 0; inline-size: 100vw; block-size: 100vh; block-size: 100dvh; border-radius: 0; }
    }
    @media (forced-colors: active) { button, .floating { border: 2px solid ButtonText; } }
    @media print { button, iframe { display: none; } }
  `);

  const host = document.createElement("div");
  host.lang = language;
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];

  const launcher = document.createElement("button");
  launcher.type = "button";
  launcher.setAttribute("aria-expanded", "false");
  launcher.dir = language === "ar" ? "rtl" : "ltr";
  launcher.append(bubble(), openWords);
  launcher.classList.toggle("left", options.position === "left");

  function bubble() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M4 5h16v11h-9l-4 4v-4H4z");
    for (const [name, value] of [["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "2"], ["stroke-linejoin", "round"]])
      path.setAttribute(name, value);
    svg.append(path);
    return svg;
  }

  let frame = null;
  let isReady = false;
  let waiting = [];

  function send(action, more = {}) {
    const message = { markewijzer: VERSION, action, ...more };
    if (isReady) frame.contentWindow.postMessage(message, origin);
    else waiting.push(message);
  }

  function build() {
    frame = document.createElement("iframe");
    frame.title = title;
    frame.src = address();
    frame.allow = "clipboard-write; web-share";
    frame.className = isInline ? "inline" : "floating";
    frame.classList.toggle("left", !isInline && options.position === "left");
    shadow.append(frame);
    send("accent", { colour: accent, text: onAccent });
  }

  const isOpen = () => Boolean(frame) && !frame.hidden;

  function show(takesFocus) {
    if (!frame) build();
    frame.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    if (!isInline) remember("open");
    if (takesFocus) {
      frame.focus();
      send("focus");
    }
  }

  function hide(givesFocus) {
    if (!frame || isInline) return;
    frame.hidden = true;
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    remember("closed");
    if (givesFocus) launcher.focus();
  }

  /* Open or closed is all that is remembered, in this tab. */
  function remember(state) {
    try {
      sessionStorage.setItem(KEY, state);
    } catch {
      // a browser that refuses storage starts closed
    }
  }

  function remembered() {
    try {
      return sessionStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin || event.data?.markewijzer !== VERSION) return;
    const { action, url } = event.data;
    if (action === "ready") {
      isReady = true;
      for (const message of waiting.splice(0)) frame.contentWindow.postMessage(message, origin);
    }
    if (action === "close") hide(true);
    if (action === "leave" && /^https?:/.test(url)) location.replace(url);
    if (action === "answered") host.dispatchEvent(new CustomEvent("markewijzer:answered", { bubbles: true }));
  });

  /* What has the focus on the website must stay in sight: scroll it clear of the widget, and else make way. */
  const isUnder = (one, other) =>
    one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
  document.addEventListener("focusin", (event) => {
    if (isInline || host.contains(event.target) || event.target === host) return;
    const covers = () => isUnder(event.target.getBoundingClientRect(), (isOpen() ? frame : launcher).getBoundingClientRect());
    if (!covers()) return;
    event.target.scrollIntoView({ block: isOpen() ? "start" : "center", behavior: "instant" });
    if (isOpen() && covers()) hide(false);
  });

  window.Markewijzer = Object.freeze({
    version: VERSION,
    open: () => show(true),
    close: () => hide(true),
    ask: (question) => {
      show(true);
      send("ask", { question: String(question) });
    },
  });

  function start() {
    const place = isInline && options.target ? document.querySelector(options.target) : null;
    if (place) place.append(host);
    else if (isInline) script.after(host);
    else document.body.append(host);
    if (isInline) return show(false);
    launcher.addEventListener("click", () => show(true));
    shadow.append(launcher);
    if (remembered() === "open" && !isPhone()) show(false);
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
