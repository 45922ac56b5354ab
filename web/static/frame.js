// The side of the widget that lives in the frame: talks with the website around it, and opens links outside it.

const VERSION = 1;
const main = document.getElementById("inhoud");
const site = main.dataset.site || location.origin;
const form = document.getElementById("vraagformulier");
const box = document.getElementById("vraag");

document.documentElement.classList.add("js");

function tell(action, more = {}) {
  if (window.parent !== window) window.parent.postMessage({ markewijzer: VERSION, action, ...more }, site);
}

function ask(question) {
  box.value = String(question).slice(0, 300);
  form.requestSubmit(form.querySelector(".ask__send"));
}

// Only the website that this frame was made for may speak to it, and only in the version that we both know.
addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== site || event.data?.markewijzer !== VERSION) return;
  if (event.data.action === "ask" && event.data.question) ask(event.data.question);
  if (event.data.action === "focus") box.focus();
  if (event.data.action === "accent") document.documentElement.style.setProperty("--markewijzer-accent", event.data.colour);
  if (event.data.action === "accent") document.documentElement.style.setProperty("--markewijzer-on-accent", event.data.text);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.('[data-do="close"]')) tell("close");
  const link = event.target.closest?.("a[href]");
  const leaves = link && /^https?:$/.test(link.protocol) && !link.getAttribute("href").startsWith("#");
  if (leaves) Object.assign(link, { target: "_blank", rel: "noopener" });
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "gesprek") tell("answered");
});

// Whoever hears this may ask or type at once, so it waits for everything that sends a question, htmx too.
addEventListener("DOMContentLoaded", () => tell("ready"));
