// Lists whose rows can be chosen: all of a page at once, those between two with Shift, and how many are chosen.
const boxes = (table) => [...table.querySelectorAll("tbody input[type=checkbox]")];

function tell(table) {
  const chosen = boxes(table).filter((box) => box.checked).length;
  const words = table.closest(".list")?.querySelector("[data-chosen]");
  if (words) words.textContent = chosen ? words.dataset.chosen.replace("{}", chosen) : "";
  const every = table.querySelector("[data-pick-all]");
  every.checked = chosen > 0 && chosen === boxes(table).length;
  every.indeterminate = chosen > 0 && !every.checked;
}

for (const every of document.querySelectorAll("[data-pick-all]")) {
  every.hidden = false;
  tell(every.closest("table"));
}
let last = null;
document.addEventListener("click", (event) => {
  if (!event.target.matches("[data-rows] tbody .pick input")) return;
  const all = boxes(event.target.closest("table"));
  const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
  if (event.shiftKey && from >= 0) all.slice(from, to + 1).forEach((box) => (box.checked = event.target.checked));
  last = event.target;
});
document.addEventListener("change", (event) => {
  const table = event.target.closest("table:has([data-pick-all])");
  if (!table) return;
  if (event.target.matches("[data-pick-all]")) boxes(table).forEach((box) => (box.checked = event.target.checked));
  tell(table);
});
