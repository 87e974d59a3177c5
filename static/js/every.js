// Parts of a page with data-every ask again after so many seconds, as long as somebody looks: never from a hidden tab.
const STEP = 5000; // milliseconds between two looks at the clock

const ask = () => {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[data-every]")) {
    const before = Number(part.dataset.asked ?? (part.dataset.asked = performance.now()));
    if (performance.now() - before < part.dataset.every * 1000 - STEP / 2) continue;
    part.dataset.asked = performance.now();
    htmx.trigger(part, "again");
  }
};

ask();
setInterval(ask, STEP);
document.addEventListener("visibilitychange", ask);
