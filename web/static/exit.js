// ‘Snel weg’: forgets the conversations of this tab and puts an ordinary page in their place.

const form = document.getElementById("wissen");
const own = form.elements.gesprek;
const SHOWN = "gesprekken";
const LEFT = "verlaten";
const QUICK = 1500; // milliseconds in which Escape must be pressed three times
let pressed = [];

// The tab itself remembers which conversations it showed, until it is closed; other pages have the button too.
function remembered(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? [];
  } catch {
    return []; // a browser may refuse storage in a frame
  }
}

function remember(key, conversations) {
  try {
    if (conversations.length) sessionStorage.setItem(key, JSON.stringify(conversations));
    else sessionStorage.removeItem(key);
  } catch {
    // then only the conversation on this page is known
  }
}

function shown() {
  return document.getElementById("gesprek-wissen")?.value;
}

function known() {
  return [...new Set([...remembered(SHOWN), shown()])].filter(Boolean);
}

function leave() {
  const address = form.dataset.exit;
  for (const gesprek of known()) navigator.sendBeacon("/wissen", new URLSearchParams({ gesprek }));
  remember(LEFT, [...remembered(LEFT), ...known()]);
  remember(SHOWN, []);
  document.body.replaceChildren(); // also when the browser keeps this page to go back to
  document.title = "";
  if (window.parent === window) return location.replace(address);
  // In a frame the whole website must go; only when nobody there listens, the frame goes alone.
  window.parent.postMessage({ markewijzer: 1, action: "leave", url: address }, "*");
  setTimeout(() => location.replace(address), 500);
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.name === "weg") {
    event.preventDefault();
    leave();
  } else {
    remember(SHOWN, known().filter((conversation) => conversation !== own.value));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  pressed = [...pressed, event.timeStamp].filter((moment) => event.timeStamp - moment < QUICK);
  if (pressed.length >= 3) leave();
});

addEventListener("pagehide", () => remember(SHOWN, known()));

// Who goes back sees nothing, also when the browser kept the page or the server has yet to hear that it is gone.
function hideWhatWasLeft() {
  if (!remembered(LEFT).includes(shown())) return;
  document.body.replaceChildren();
  document.title = "";
  const start = new URL(window.parent === window ? "/" : location.href, location.href); // a frame stays in its frame
  start.searchParams.delete("gesprek");
  location.replace(start);
}

hideWhatWasLeft();
addEventListener("pageshow", hideWhatWasLeft);
