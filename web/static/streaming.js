// An answer while it is written. htmx sends the form as ever; we only read its response before it is whole.

const log = document.getElementById("gesprek");
const busy = document.getElementById("bezig");
const STREAM = "text/event-stream";
const WAITS = [500, 1000, 2000, 4000, 8000, 16000]; // milliseconds between two tries to read the finished turn
const reading = new WeakMap();

const draft = () => log.querySelector(".draft");
const isStream = (xhr) => xhr.getResponseHeader("Content-Type")?.startsWith(STREAM);

function showDraft(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const turn = template.content.firstElementChild;
  const before = draft();
  if (before) return before.replaceWith(turn);
  log.append(turn);
  turn.scrollIntoView({ block: "start" });
}

/* The events that came since we last looked. */
function read(xhr) {
  const state = reading.get(xhr);
  if (!state || xhr.readyState < 3 || !isStream(xhr)) return state;
  const end = xhr.responseText.lastIndexOf("\n\n") + 2;
  if (end < 2 || end <= state.seen) return state;
  const blocks = xhr.responseText.slice(state.seen, end).split("\n\n");
  state.seen = end;
  let latest = "";
  for (const block of blocks) {
    const name = /^event: (.*)$/m.exec(block)?.[1];
    const data = name && JSON.parse(/^data: (.*)$/m.exec(block)[1]);
    if (name === "begin") state.resume = data.resume;
    if (name === "progress") busy.textContent = `${data.text}…`;
    if (name === "draft") latest = data.html;
    if (name === "turn" || name === "problem") state.end = data;
    if (name === "problem") xhr.hasFailed = true;
  }
  if (latest && !state.end) showDraft(latest);
  return state;
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.target === log) event.detail.headers.Accept = STREAM;
});

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (detail.target !== log) return;
  const typed = detail.elt.id === "vraagformulier" && !detail.requestConfig.formData.get("gekozen");
  reading.set(detail.xhr, { seen: 0, typed });
  detail.xhr.addEventListener("readystatechange", () => read(detail.xhr));
});

// The finished turn takes the place of the draft, in one move: it is announced once.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== log || !isStream(detail.xhr)) return;
  const state = read(detail.xhr);
  detail.shouldSwap = Boolean(state.end);
  if (!state.end) return resume(state);
  detail.serverResponse = state.end.html;
  finish(detail.xhr, state.end.address);
});

function finish(xhr, address) {
  xhr.wasRead = Boolean(draft());
  draft()?.remove();
  if (address) history.replaceState(history.state, "", address);
}

/* A connection that broke: the server finishes the turn all the same, and we fetch it. */

async function finished(address) {
  for (const wait of address ? WAITS : []) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const response = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (response?.ok) return response;
  }
  return null;
}

async function resume(state) {
  await null; // htmx first has its say about the request that ended
  log.setAttribute("aria-busy", "true");
  busy.textContent = "De verbinding viel weg. Ik haal je antwoord op…";
  const response = await finished(state.resume);
  const html = await response?.text();
  const eventInfo = { target: log, xhr: {} };
  finish(eventInfo.xhr, response?.headers.get("HX-Replace-Url"));
  if (response) {
    htmx.swap(log, html, { swapStyle: "beforeend", swapDelay: 0, settleDelay: 20 }, { eventInfo });
    if (state.typed) document.getElementById("vraag").value = "";
  } else {
    log.append(document.getElementById("storing").content.cloneNode(true));
  }
  busy.textContent = "";
  log.removeAttribute("aria-busy");
}

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const state = event.detail.target === log && reading.get(event.detail.xhr);
    if (!state?.resume) return;
    event.stopImmediatePropagation(); // the question did arrive
    resume(state);
  }, true);
}
