// Comfort on top of links and forms that also work without this file.

const wide = matchMedia("(min-width: 60rem)");
const closed = new Set();

// A wide screen has room for all facets, and what a visitor closed stays closed when the list changes. On a narrow one
// they are closed again after a choice, because what was found stands below them.
function arrange() {
  for (const facet of document.querySelectorAll(".facet")) facet.open = wide.matches && !closed.has(facet.id);
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
}
document.addEventListener("click", (event) => {
  const facet = event.target.closest?.(".facet > summary")?.parentElement;
  if (facet) facet.open ? closed.add(facet.id) : closed.delete(facet.id);
  if (event.target.closest?.("[data-print]")) print();
});
wide.addEventListener("change", arrange);
arrange();

// An error comes as another page: show that one whole, instead of nothing where the list was.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.serverResponse?.includes('id="vinden"')) return;
  event.detail.shouldSwap = false;
  location.assign(event.detail.pathInfo.finalRequestPath);
});

// Beside the list, a facet keeps its focus and its place on the screen. Whatever else was clicked is gone now, or out of
// sight: then the new list is read from its top.
let clicked = null;
let scrolled = 0;
document.addEventListener("htmx:beforeRequest", (event) => {
  clicked = event.detail.elt;
  scrolled = scrollY;
});
document.addEventListener("htmx:afterSwap", () => {
  arrange();
  if (clicked?.matches("form")) return;
  const facet = wide.matches && clicked?.matches(".facet__value") && document.getElementById(clicked.id);
  const next = facet || document.getElementById("gevonden");
  next.focus({ preventScroll: true });
  if (facet) scrollTo({ top: scrolled, behavior: "instant" });
  else next.scrollIntoView({ block: "start" });
});

function showOutage() {
  document.getElementById("melding").textContent = "Er is geen verbinding. Kijk of je internet hebt en probeer het nog eens.";
  document.getElementById("melding").classList.remove("hidden");
}
document.addEventListener("htmx:sendError", showOutage);
document.addEventListener("htmx:timeout", showOutage);
