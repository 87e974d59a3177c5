// What stands in a place of the page: each step narrows what the one before found. Hidden things are not there.
const SELECTORS = {
  button: "button, summary, [role=button], input[type=submit]", link: "a[href]", heading: "h1, h2, h3, h4",
  dialog: "dialog, [role=dialog]",
};
const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const named = (ids) => ids && ids.split(" ").map((id) => document.getElementById(id)?.textContent).join(" ");
const label = (node) => named(node.getAttribute("aria-labelledby")) || node.getAttribute("aria-label")
  || [...node.labels ?? []].map((label) => label.textContent).join(" ");
const name = (node) => label(node) || plain(node.textContent) || node.title || node.value;
const shown = (node) => node.checkVisibility({visibilityProperty: true}) && !node.closest("[aria-hidden=true]");
const has = (text, words) => plain(text).toLowerCase().includes(words.toLowerCase());
const unique = (nodes) => [...new Set(nodes)];
const STEPS = {
  css: (nodes, {words}) => unique(nodes.flatMap((node) => [...node.querySelectorAll(words)])),
  role: (nodes, {role, level, words}) =>
    unique(nodes.flatMap((node) => [...node.querySelectorAll(level ? `h${level}` : SELECTORS[role])]))
      .filter((node) => shown(node) && has(name(node), words)),
  label: (nodes, {words}) =>
    unique(nodes.flatMap((node) => [...node.querySelectorAll("input, select, textarea, [aria-label]")]))
      .filter((node) => has(label(node), words)),
  has_text: (nodes, {words}) => nodes.filter((node) => has(node.textContent, words)),
  nth: (nodes, {at}) => nodes.slice(at, at + 1 || undefined),
};
return arguments[0].reduce((nodes, {step, ...asked}) => STEPS[step](nodes, asked), [document]);
