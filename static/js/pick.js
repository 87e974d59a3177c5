// Lists whose rows can be chosen: all of a page at once, and how many are chosen.
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
document.addEventListener("change", (event) => {
  const table = event.target.closest("table:has([data-pick-all])");
  if (!table) return;
  if (event.target.matches("[data-pick-all]")) boxes(table).forEach((box) => (box.checked = event.target.checked));
  tell(table);
});
