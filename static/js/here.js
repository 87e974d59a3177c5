// What can be done on this page stands first in the palette: the acts of the customer that is shown.
const here = document.querySelector("template[data-palette-here]");

document.querySelector("[data-palette]")?.addEventListener("toggle", (event) => {
  const dialog = event.target;
  dialog.querySelector(".palette-here")?.remove();
  if (!here || !dialog.open) return;
  const place = Object.assign(document.createElement("div"), { className: "palette-list palette-here" });
  place.append(here.content.cloneNode(true));
  dialog.querySelector(".palette-list").before(place);
});
