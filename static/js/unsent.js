// Whoever leaves a page with a long form that was changed and not sent is asked first, by the browser's own words.
let sent = false;
const LONG = 4;
const typed = "input:not([type=hidden], [type=submit]), textarea, select";

function changed(field) {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((each) => each.index && each.selected !== each.defaultSelected);
  return field.value !== field.defaultValue;
}

function isUnsent(form) {
  const fields = [...form.querySelectorAll(typed)];
  const isLong = fields.length >= LONG || form.querySelector("textarea");
  return isLong && fields.some(changed);
}

document.addEventListener("submit", () => (sent = true));
document.addEventListener("input", () => (sent = false));
addEventListener("beforeunload", (event) => {
  const forms = [...document.querySelectorAll("form[method=post][data-once]:not([data-draft])")];
  if (!sent && forms.some(isUnsent)) event.preventDefault();
});
