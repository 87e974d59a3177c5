// Changes the colours at once and lets the server remember them; without script the form does both.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]")) return;
  event.preventDefault();
  const { value } = event.submitter;
  const root = document.documentElement;
  if (value === "auto") delete root.dataset.theme;
  else root.dataset.theme = value;
  for (const button of document.querySelectorAll("[data-theme-form] .menu-item")) {
    button.toggleAttribute("aria-current", button.value === value);
    if (button.value === value) button.setAttribute("aria-current", "true");
  }
  fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), headers: { "HX-Request": "true" } });
});
