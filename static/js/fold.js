// The side parts of a customer's page: folded at first on a phone, and each as it was left.
const parts = () => document.querySelectorAll("details[data-fold]");
const key = (part) => `fold ${part.id}`;
const isNarrow = matchMedia("(width < 60rem)");

function place(part) {
  const left = sessionStorage.getItem(key(part));
  part.open = left ? left === "open" : !isNarrow.matches;
}
parts().forEach(place);
document.addEventListener("htmx:after:settle", () => parts().forEach(place));
document.addEventListener("click", (event) => {
  const part = event.target.closest("details[data-fold] > summary")?.parentElement;
  if (part) sessionStorage.setItem(key(part), part.open ? "closed" : "open");
});
