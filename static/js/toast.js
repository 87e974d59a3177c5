// Shows the words of a "toast" event: HX-Trigger: {"toast": {"text": "Saved", "tone": "success"}}. Errors stay.
const place = document.getElementById("desk-toasts");
const LINGER = 6000;

document.addEventListener("toast", (event) => {
  const { text, tone = "success" } = event.detail;
  const toast = document.getElementById("desk-toast").content.cloneNode(true).firstElementChild;
  toast.dataset.tone = tone;
  if (tone === "danger") toast.setAttribute("role", "alert");
  toast.querySelector("p").textContent = text;
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover();
  place.append(toast);
  if (tone !== "danger") leave(toast);
});

place.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-toast]")) event.target.closest(".toast").remove();
  if (!place.children.length) place.hidePopover();
});

function leave(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) return leave(toast);
    toast.remove();
    if (!place.children.length && place.matches(":popover-open")) place.hidePopover();
  }, LINGER);
}
