// Opens a dialog from what names it in [data-open]; what only script can do is hidden until then.
document.querySelectorAll("[data-open]").forEach((opener) => (opener.hidden = false));

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (!opener || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (document.querySelector("dialog[open]")) return;
  document.querySelectorAll(":popover-open:not(#desk-toasts)").forEach((shown) => shown.hidePopover());
  document.getElementById(opener.dataset.open).showModal();
});
