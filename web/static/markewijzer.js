// Comfort on top of forms and links that also work without this file.

const log = document.getElementById("gesprek");
const form = document.getElementById("vraagformulier");
const box = document.getElementById("vraag");
const busy = document.getElementById("bezig");

document.documentElement.classList.add("js");

// Enter sends; Shift+Enter starts a new line. A word that is still being composed is left alone.
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".ask__send"));
});

// A mark opens the citation that it points at; not every browser does so by itself.
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".mark");
  const citation = mark && document.getElementById(mark.hash.slice(1))?.closest("details");
  if (citation) citation.open = true;
});

// The panels that lie over the page close when you go on elsewhere.
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const panel of document.querySelectorAll(".human[open], .share[open]")) {
      if (!panel.contains(event.target)) panel.open = false;
    }
  });
}

// What happens to a question is said in words, too.
const isAnswer = (event) => event.detail.target === log;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isAnswer(event)) return;
  busy.textContent = "Ik zoek het op in de bronnen…";
  log.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!isAnswer(event)) return;
  busy.textContent = "";
  log.removeAttribute("aria-busy");
  const typed = event.detail.elt === form && !event.detail.requestConfig.formData.get("gekozen");
  const xhr = event.detail.xhr; // htmx calls every answer of ours a success, also one that says what went wrong
  if (event.detail.successful && xhr.status < 400 && !xhr.hasFailed && typed) box.value = "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const wasRead = event.detail.xhr?.wasRead; // who reads along keeps their place
  if (isAnswer(event) && !wasRead) log.lastElementChild.scrollIntoView({ block: "start" });
});

// What went wrong with feedback stands above its form, and what was typed stays in it.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status < 400 || !detail.target.closest(".report, .rating")) return;
  const earlier = detail.target.previousElementSibling;
  if (earlier?.matches(".utrecht-alert")) earlier.remove();
  detail.swapOverride = "beforebegin";
});

// Thanks take the place of the form that had the focus, so they get it, as does what went wrong with that form; not from
// who types on elsewhere, and an answer never does.
document.addEventListener("htmx:load", (event) => {
  const added = event.detail.elt;
  const here = document.activeElement;
  if (added.parentElement === log || (here !== document.body && !added.parentElement?.contains(here))) return;
  if (added.matches?.(".thanks, .utrecht-alert")) added.focus();
});

// Without a connection the visitor must not wait for nothing.
function showOutage(event) {
  const place = isAnswer(event) ? log : event.detail.target;
  place.append(document.getElementById("storing").content.cloneNode(true));
  place.lastElementChild.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:sendError", showOutage);
document.addEventListener("htmx:timeout", showOutage);
