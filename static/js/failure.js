// What htmx could not get: a panel says so and can be asked again, anything else becomes a toast in words.
const words = (name) => document.getElementById("desk-said").content.querySelector(`[data-on="${name}"]`).textContent;

document.addEventListener("htmx:error", (event) => {
  const { ctx, error } = event.detail;
  if (ctx?.request) tell(ctx, words(error?.name === "AbortError" ? "timeout" : "network"));
});

// Never a whole page inside a panel: the part with the target's id is taken from it, or only its title is said.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { status } = ctx.response;
  if (status === 401) [ctx.swap] = ["none", tell(ctx, words("signed-out"))];
  else if (/^\s*<!doctype/i.test(ctx.text)) {
    const page = new DOMParser().parseFromString(ctx.text, "text/html");
    if (page.body.matches(".shell-plain")) tell(ctx, words("signed-out"));
    else if (page.getElementById(ctx.target?.id)) return (ctx.select = `#${CSS.escape(ctx.target.id)}`);
    else tell(ctx, page.querySelector("h1").textContent.trim());
    ctx.swap = "none";
  } else if (status === 500 || status === 503) tell(ctx, words("error"));
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
