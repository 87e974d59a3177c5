// Keys: Ctrl+K opens the palette, ? shows the list; / and those that the page names lead to what they stand on (data-key).
const setting = document.querySelector("[data-single-keys]");
const off = () => document.cookie.includes("single_keys=off");
const empty = (element) => element.dataset.key === "/" && !element.value; // there a slash would begin nobody's name
// A dialog that was just closed keeps the cursor in its field for a moment, where nobody types.
const typing = (element) =>
  element.closest("input, textarea, select, [contenteditable]") && element.checkVisibility() && !empty(element);
const open = (id) => document.querySelector(`[data-open="${id}"]`)?.click();
const place = (key) => {
  const found = [...document.querySelectorAll(`[data-key="${key}"]`)];
  return found.find((one) => one.checkVisibility()) ?? found.find((one) => one.closest("[popover]"));
};

function go(key) {
  const found = /^[a-z/]$/.test(key) && place(key);
  if (found) found.matches("input") ? (found.focus(), found.select()) : found.click();
  else if (key === "/") open("desk-palette");
  else if (key === "?") open("desk-help");
  return Boolean(found) || key === "/" || key === "?";
}

document.addEventListener("keydown", (event) => {
  const combined = event.ctrlKey || event.metaKey;
  const empty = event.key === "/" && event.target.dataset?.key === "/" && !event.target.value;
  if (combined && event.code === "KeyK") {
    event.preventDefault();
    open("desk-palette");
  } else if (!combined && !event.altKey && !off() && (empty || !typing(event.target)) && go(event.key)) {
    event.preventDefault();
  }
});
if (setting) {
  setting.checked = !off();
  setting.addEventListener("change", () => {
    const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
    const value = setting.checked ? "on" : "off";
    document.cookie = `${prefix}single_keys=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
  });
}
