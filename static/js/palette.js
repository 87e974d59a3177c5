// Ctrl+K. The list comes once when the dialog opens; typing narrows it here, arrows walk it.
const dialog = document.querySelector("[data-palette]");

if (dialog) {
  const input = dialog.querySelector("input[name=who]");
  const list = dialog.querySelector(".palette-list[hx-get]");
  const none = dialog.querySelector(".palette-foot");
  const shown = () => [...dialog.querySelectorAll("li:not([hidden]) > a")];

  const narrow = () => {
    const words = input.value.toLowerCase().split(/\s+/);
    for (const item of dialog.querySelectorAll("li")) {
      item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word));
    }
    none.hidden = shown().length > 0 || !input.value;
  };
  const walk = (step) => {
    const stops = [input, ...shown()];
    stops.at((stops.indexOf(document.activeElement) + step) % stops.length)?.focus();
  };
  const keys = { ArrowDown: () => walk(1), ArrowUp: () => walk(-1) };

  dialog.addEventListener("toggle", () => {
    if (dialog.open) htmx.trigger(list, "fill");
    else Object.assign(input, { value: "" });
  });
  list.addEventListener("htmx:after:settle", narrow);
  input.addEventListener("input", narrow);
  dialog.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    const first = shown()[0];
    if (!first && input.value) return;
    event.preventDefault();
    first?.click();
  });
}
