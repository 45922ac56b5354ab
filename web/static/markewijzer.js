// Comfort on top of forms and links that also work without this file.

const log = document.getElementById("gesprek");
const form = document.getElementById("vraagformulier");
const box = document.getElementById("vraag");
const busy = document.getElementById("bezig");

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

// What happens to a question is said in words, too.
document.addEventListener("htmx:beforeRequest", () => {
  busy.textContent = "Ik zoek het op in de bronnen…";
  log.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  busy.textContent = "";
  log.removeAttribute("aria-busy");
  const typed = event.detail.elt === form && !event.detail.requestConfig.formData.get("gekozen");
  if (event.detail.successful && typed) form.querySelector("textarea").value = "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target === log) log.lastElementChild.scrollIntoView({ block: "start" });
});

// Without a connection the visitor must not wait for nothing.
function showOutage() {
  log.append(document.getElementById("storing").content.cloneNode(true));
  log.lastElementChild.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:sendError", showOutage);
document.addEventListener("htmx:timeout", showOutage);
