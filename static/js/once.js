// A form is sent once: its button is busy until the answer is there, however often it is clicked.
const release = (form) => {
  delete form.dataset.sending;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
}, true);

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.detail.ctx.request.form;
  if (form) release(form);
});
// The back button may bring a page back as it was left.
addEventListener("pageshow", () => document.querySelectorAll("[data-sending]").forEach(release));
