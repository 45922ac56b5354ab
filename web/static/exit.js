// ‘Snel weg’: forgets the conversations of this tab and puts an ordinary page in their place.

const form = document.getElementById("wissen");
const own = form.elements.gesprek;
const KEY = "gesprekken";
const QUICK = 1500; // milliseconds in which Escape must be pressed three times
let pressed = [];

// The tab itself remembers which conversations it showed, until it is closed; other pages have the button too.
function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return []; // a browser may refuse storage in a frame
  }
}

function remember(conversations) {
  try {
    if (conversations.length) sessionStorage.setItem(KEY, JSON.stringify(conversations));
    else sessionStorage.removeItem(KEY);
  } catch {
    // then only the conversation on this page is known
  }
}

function known() {
  const current = document.getElementById("gesprek-wissen")?.value;
  return [...new Set([...remembered(), current])].filter(Boolean);
}

function leave() {
  const address = form.dataset.exit;
  for (const gesprek of known()) navigator.sendBeacon("/wissen", new URLSearchParams({ gesprek }));
  remember([]);
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
    remember(known().filter((conversation) => conversation !== own.value));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  pressed = [...pressed, event.timeStamp].filter((moment) => event.timeStamp - moment < QUICK);
  if (pressed.length >= 3) leave();
});

addEventListener("pagehide", () => remember(known()));
