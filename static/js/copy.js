// Copies the text of a [data-copy] button; the buttons are hidden until script can do it.
const show = (root) => root.querySelectorAll?.(".copy[hidden]").forEach((button) => (button.hidden = false));
show(document);
document.addEventListener("htmx:after:settle", () => show(document));

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await write(button.dataset.copy);
  const label = button.getAttribute("aria-label");
  button.dataset.copied = "";
  button.setAttribute("aria-label", button.dataset.said);
  setTimeout(() => {
    delete button.dataset.copied;
    button.setAttribute("aria-label", label);
  }, 1600);
});

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy"); // The only way on plain http, where the clipboard API is missing.
    area.remove();
  }
}
