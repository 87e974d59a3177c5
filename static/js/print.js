// Prints the page from a [data-print] button; the buttons are hidden until script can do it.
document.querySelectorAll("[data-print]").forEach((button) => (button.hidden = false));
document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());
