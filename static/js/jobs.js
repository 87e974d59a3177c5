// Tells once that a job of one's own ended: in the title of the page, beside it, and as a notice if that is allowed.
const KEPT = "desk46-jobs-told";
const plain = document.title;

document.addEventListener("htmx:after:swap", () => {
  const told = new Set((sessionStorage.getItem(KEPT) ?? "").split(" "));
  for (const line of document.querySelectorAll("[data-job-ended]")) {
    if (told.has(line.dataset.jobEnded)) continue;
    told.add(line.dataset.jobEnded);
    tell(line.textContent, line.dataset.tone, line.dataset.jobEnded);
  }
  sessionStorage.setItem(KEPT, [...told].slice(-20).join(" "));
  for (const place of document.querySelectorAll("[data-notify]")) {
    place.hidden = !("Notification" in window) || Notification.permission !== "default";
  }
});

function tell(words, tone, tag) {
  document.title = `${words} · ${plain}`;
  document.dispatchEvent(new CustomEvent("toast", { detail: { text: words, tone } }));
  if (document.hidden && "Notification" in window && Notification.permission === "granted") {
    new Notification(words, { tag });
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = plain;
});

document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-notify]");
  if (place) Notification.requestPermission().then(() => { place.hidden = true; });
});
