// Keys: Ctrl+K opens the palette, / goes to the search box, ? shows the list. Single keys can be turned off.
const setting = document.querySelector("[data-single-keys]");
const off = () => document.cookie.includes("single_keys=off");
const empty = (element) => element.dataset.key === "/" && !element.value; // there a slash would begin nobody's name
const typing = (element) => element.closest("input, textarea, select, [contenteditable]") && !empty(element);
const open = (id) => document.querySelector(`[data-open="${id}"]`)?.click();
const single = {
  "/": () => {
    const box = [...document.querySelectorAll("[data-key='/']")].find((found) => found.checkVisibility());
    if (box) box.focus();
    else open("desk-palette");
  },
  "?": () => open("desk-help"),
};

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
    const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
    const value = setting.checked ? "on" : "off";
    document.cookie = `${prefix}single_keys=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
  });
}
