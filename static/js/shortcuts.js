// Keys: Ctrl+K opens the palette, / goes to the search box, ? shows the list. Single keys can be turned off.
const setting = document.querySelector("[data-single-keys]");
const off = () => document.cookie.includes("single_keys=off");
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

const open = (id) => {
  const dialog = document.getElementById(id);
  if (!dialog || document.querySelector("dialog[open]")) return;
  document.querySelectorAll(":popover-open:not(#desk-toasts)").forEach((shown) => shown.hidePopover());
  dialog.showModal();
};
const single = {
  "/": () => [...document.querySelectorAll("[data-key='/']")].find((box) => box.checkVisibility())?.focus() ?? open("desk-palette"),
  "?": () => open("desk-help"),
};

document.querySelectorAll("[data-open]").forEach((opener) => (opener.hidden = false));
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (!opener || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open(opener.dataset.open);
});
document.addEventListener("keydown", (event) => {
  const combined = event.ctrlKey || event.metaKey;
  if (combined && event.code === "KeyK") {
    event.preventDefault();
    open("desk-palette");
  } else if (!combined && !event.altKey && single[event.key] && !off() && !typing(event.target)) {
    event.preventDefault();
    single[event.key]();
  }
});
if (setting) {
  setting.checked = !off();
  setting.addEventListener("change", () => {
    document.cookie = `single_keys=${setting.checked ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
  });
}
