// Reads a plot under the pointer: a line over the day, its figures below, taken from the plot's own table.
document.addEventListener("pointermove", (event) => {
  const svg = event.target.closest?.("[data-plot] .plot svg");
  document.querySelectorAll("[data-plot] .cross:not([hidden])").forEach((line) => svg?.contains(line) || hide(line));
  if (!svg) return;
  const figure = svg.closest("[data-plot]");
  const rows = figure.querySelectorAll("tbody tr");
  const { left, width } = svg.getBoundingClientRect();
  const at = Math.round(Math.min(Math.max((event.clientX - left) / width, 0), 1) * (rows.length - 1));
  const cross = svg.querySelector(".cross");
  cross.setAttribute("d", `M${(1000 * at) / Math.max(rows.length - 1, 1)} 0V100`);
  cross.removeAttribute("hidden");
  const names = [...figure.querySelectorAll("thead th")].slice(1).map((cell) => cell.textContent);
  const [day, ...figures] = [...rows[at].children].map((cell) => cell.textContent);
  const read = figure.querySelector(".plot-read");
  read.textContent = `${day}: ${figures.map((value, i) => `${names[i]} ${value}`).join(", ")}`;
});

function hide(line) {
  line.setAttribute("hidden", "");
  line.closest("[data-plot]").querySelector(".plot-read").textContent = "";
}
