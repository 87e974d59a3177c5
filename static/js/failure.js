// What htmx could not get: a panel says so and can be asked again, anything else becomes a toast in words.
const words = (name) => document.getElementById("desk-said").content.querySelector(`[data-on="${name}"]`).textContent;
const titleOf = (page) => new DOMParser().parseFromString(page, "text/html").querySelector("h1")?.textContent.trim();

document.addEventListener("htmx:error", (event) => {
  const { ctx, error } = event.detail;
  if (ctx?.request) tell(ctx, words(ctx.request.signal.reason === "timeout" || error?.name === "AbortError" ? "timeout" : "network"));
});

document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = event.detail;
  const whole = /^\s*<!doctype/i.test(ctx.text);
  if (whole) ctx.swap = "none"; // Never a whole page inside a panel.
  if (ctx.response.status === 401) tell(ctx, words("signed-out"));
  else if (whole || [500, 503].includes(ctx.response.status)) tell(ctx, (whole && titleOf(ctx.text)) || words("error"));
});

document.addEventListener("click", (event) => {
  const panel = event.target.closest("[data-retry]")?.closest("[data-lazy]");
  if (!panel) return;
  event.preventDefault();
  htmx.trigger(panel, "retry");
});

function tell(ctx, text) {
  if (!ctx.sourceElement.matches("[data-lazy]")) {
    document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "danger" } }));
    return;
  }
  const state = document.getElementById("desk-panel-failed").content.cloneNode(true);
  state.firstElementChild.setAttribute("role", "alert");
  state.querySelector(".state-title").textContent = text;
  ctx.sourceElement.replaceChildren(state);
}
