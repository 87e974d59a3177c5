// A link to a field of this page puts the cursor into it; one of the palette presses the button of a key.
function focusOn(field) {
  if (!field) return;
  const folded = field.closest("details:not([open])");
  if (folded) folded.open = true;
  location.hash = field.id;
  field.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-focus], a[data-press]");
  if (!link) return;
  event.preventDefault();
  link.closest("dialog")?.close();
  if (link.dataset.press) document.querySelector(`button[data-key="${link.dataset.press}"]`)?.click();
  else focusOn(document.getElementById(link.dataset.focus));
});
