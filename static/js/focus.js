// After a form was answered in place, focus goes to what matters: the first error (autofocus), else the new heading.
document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.request.method === "GET" || document.activeElement !== document.body) return;
  const place = typeof ctx.target === "string" ? document.querySelector(ctx.target) : ctx.target;
  const fresh = place?.isConnected ? place : document.getElementById("main");
  if (fresh.querySelector("[autofocus]")) return;
  const heading = fresh.querySelector("[role=alert], [role=status], h1, h2") ?? fresh;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: heading.checkVisibility() && heading.getBoundingClientRect().top > 0 });
});
