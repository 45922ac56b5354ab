// Follows a refresh while it goes on; without this file the page renews itself now and then.

const progress = document.querySelector("[data-stream]");
if (progress) {
  const stream = new EventSource(progress.dataset.stream);
  stream.addEventListener("stand", (event) => {
    progress.innerHTML = event.data;
  });
  stream.addEventListener("klaar", () => {
    stream.close();
    location.reload();
  });
}
