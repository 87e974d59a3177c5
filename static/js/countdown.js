// Counts down the seconds in which something can be taken back: <span data-countdown="10">10 s</span>.
const started = new WeakMap();

function tick() {
  for (const span of document.querySelectorAll("[data-countdown]")) {
    if (!started.has(span)) started.set(span, Date.now());
    const gone = Math.floor((Date.now() - started.get(span)) / 1000);
    const left = Math.max(0, Number(span.dataset.countdown) - gone);
    const words = span.textContent.replace(/\d+/, left);
    if (words !== span.textContent) span.textContent = words;
  }
}

setInterval(tick, 500);
