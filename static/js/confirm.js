// Asks before a form is sent by a button with data-confirm, with or without htmx.
const dialog = document.getElementById("desk-confirm");

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const words = button?.dataset.confirm ?? event.target.dataset.confirm;
  if (!words || event.target.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(words, button, () => {
    event.target.dataset.confirmed = "yes";
    event.target.requestSubmit(button);
    delete event.target.dataset.confirmed;
  });
}, true);

function ask(words, button, go) {
  const yes = dialog.querySelector("[value=yes]");
  dialog.querySelector("h2").textContent = words;
  yes.textContent = button?.textContent.trim() || yes.textContent;
  yes.dataset.kind = button?.dataset.kind === "danger" ? "danger" : "primary";
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && go(), { once: true });
  dialog.showModal();
}
