// A link from a help desk: /open#email=… or #phone=…. What stands behind the # reaches no server and no log; it is read
// here and posted. Whoever has to sign in first finds it again, in this tab only.
const KEPT = "door";
const form = document.querySelector("[data-door]");
const signingIn = document.body.classList.contains("shell-plain");
const [, contact] = location.hash.match(/^#(?:email|phone)=(.+)$/) ?? [];

if (contact && (form || signingIn)) {
  history.replaceState(null, "", location.pathname + location.search);
  sessionStorage.setItem(KEPT, decodeURIComponent(contact));
}
if (form && sessionStorage.getItem(KEPT)) {
  form.elements.who.value = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  form.requestSubmit();
}
