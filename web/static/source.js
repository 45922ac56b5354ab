// Comfort on the page of a source, on top of links and forms that also work without this file.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const report = document.querySelector(".report");

// What went wrong stands above the form, and what was typed stays in it.
document.addEventListener("htmx:beforeRequest", () => report.querySelector(".utrecht-alert")?.remove());
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status >= 400) detail.swapOverride = "beforebegin";
});
function showOutage() {
  const alert = document.createElement("p");
  alert.className = "utrecht-alert utrecht-alert--error";
  alert.setAttribute("role", "alert");
  alert.textContent = "Er is geen verbinding. Je melding is niet aangekomen. Kijk of je internet hebt en probeer het nog eens.";
  report.querySelector("form").before(alert);
}
document.addEventListener("htmx:sendError", showOutage);
document.addEventListener("htmx:timeout", showOutage);

// Thanks take the place of the form that had the focus, so they get it; and so does what went wrong.
document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt.matches?.(".thanks, .utrecht-alert")) detail.elt.focus();
});
