// Reading aloud, printing, sharing and copying: what a browser can do with an answer when it has scripts.

const root = document.documentElement;
const SPEED = 0.95; // a little slower than a newsreader
let speaking = null;

/* Reading aloud: only with a Dutch voice, because another one reads Dutch as noise. */

const voice = () => speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith("nl"));

function offerSpeech() {
  root.classList.toggle("can-speak", Boolean(voice()));
}
if ("speechSynthesis" in window) {
  offerSpeech();
  speechSynthesis.addEventListener?.("voiceschanged", offerSpeech);
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

function sentences(answer) {
  const text = answer.querySelector(".text").cloneNode(true);
  text.querySelectorAll(".mark").forEach((mark) => mark.remove());
  return [...text.querySelectorAll("p, li, h3")].map((part) => part.textContent.trim()).filter(Boolean);
}

function hush() {
  if (!speaking) return;
  speaking.lastElementChild.textContent = "Lees voor";
  speaking = null;
  speechSynthesis.cancel();
}

function speak(button) {
  const again = speaking === button;
  hush();
  if (again) return;
  speaking = button;
  button.lastElementChild.textContent = "Stop met voorlezen";
  const spoken = sentences(button.closest(".answer")).map((text) => new SpeechSynthesisUtterance(text));
  for (const one of spoken) Object.assign(one, { voice: voice(), lang: "nl-NL", rate: SPEED });
  spoken.at(-1).addEventListener("end", () => speaking === button && hush());
  spoken.forEach((one) => speechSynthesis.speak(one));
}

/* Printing: the whole conversation with every source open, or one hulpkaart. */

function print(card) {
  const closed = card ? [] : [...document.querySelectorAll(".citation:not([open])")];
  closed.forEach((citation) => (citation.open = true));
  root.classList.toggle("prints-card", Boolean(card));
  card?.classList.add("is-printed");
  window.print();
  card?.classList.remove("is-printed");
  root.classList.remove("prints-card");
  closed.forEach((citation) => (citation.open = false));
}

/* Sharing: the words of the card and the address of its source. */

if ("share" in navigator) root.classList.add("can-share");

function told(card) {
  const link = card.querySelector(".card__title a");
  const facts = [...card.querySelectorAll(".contact > div")].map((row) =>
    [...row.children].map((part) => part.textContent.trim()).join(": "),
  );
  const text = [link.textContent.trim(), card.querySelector(".card__summary").textContent.trim(), ...facts].join("\n");
  return { title: link.textContent.trim(), text, url: link.href };
}

async function copy(card) {
  const { text, url } = told(card);
  const done = card.querySelector(".share__done");
  try {
    await navigator.clipboard.writeText(`${text}\n${url}`);
    done.textContent = "Gekopieerd.";
  } catch {
    done.textContent = "Kopiëren lukt niet in deze browser.";
  }
}

const share = (card) => navigator.share(told(card)).catch(() => {}); // the visitor thought better of it

const actions = {
  speak: (button) => speak(button),
  copy: (button) => copy(button.closest(".card")),
  share: (button) => share(button.closest(".card")),
  "print-card": (button) => print(button.closest(".card")),
  "print-all": () => print(null),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-do]");
  actions[button?.dataset.do]?.(button);
});
