// Parts of a page with data-every ask again after so many seconds, as long as somebody looks; from a
// hidden tab only what follows something that moves (data-follows).
const STEP = 5000; // milliseconds between two looks at the clock

const ask = () => {
  for (const part of document.querySelectorAll("[data-every]")) {
    if (document.hidden && !part.querySelector("[data-follows]")) continue;
    const before = Number(part.dataset.asked ?? (part.dataset.asked = performance.now()));
    if (performance.now() - before < part.dataset.every * 1000 - STEP / 2) continue;
    part.dataset.asked = performance.now();
    htmx.trigger(part, "again");
  }
};

ask();
setInterval(ask, STEP);
document.addEventListener("visibilitychange", ask);
