// What is being written stays with the tab until it is sent; Ctrl+Enter sends it.
const forms = () => document.querySelectorAll("form[data-draft]");
const key = (form) => `draft ${form.dataset.draft}`;
const text = (form) => form.querySelector("textarea");

function fill(form) {
  const kept = sessionStorage.getItem(key(form));
  if (kept && !text(form).value) text(form).value = kept;
}
forms().forEach(fill);
document.addEventListener("htmx:after:settle", () => forms().forEach(fill));

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (form && event.target === text(form)) sessionStorage.setItem(key(form), event.target.value);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches("[data-submit]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
// It was written down: the draft goes, and the field is empty for the next one.
document.addEventListener("customer-changed", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (!form) return;
  sessionStorage.removeItem(key(form));
  text(form).value = text(form).defaultValue = "";
});
