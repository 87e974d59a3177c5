// A [data-passkey] button asks the browser for a passkey and sends its form with the answer; it is hidden until it can.
const reads = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" };
const can = window.PublicKeyCredential && Object.values(reads).every((name) => name in PublicKeyCredential);

if (can) {
  document.querySelectorAll("[data-passkey-with]").forEach((part) => (part.hidden = false));
  document.querySelectorAll("[data-passkey-without]").forEach((part) => (part.hidden = true));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-passkey]");
  if (!button || button.ariaBusy) return;
  const { form, dataset } = button;
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  button.ariaBusy = "true";
  try {
    const publicKey = PublicKeyCredential[reads[dataset.passkey]](JSON.parse(dataset.options));
    const credential = await navigator.credentials[dataset.passkey]({ publicKey });
    form.elements.passkey.value = JSON.stringify(credential);
  } catch {
    failed.hidden = false;
    return;
  } finally {
    button.ariaBusy = null;
  }
  form.requestSubmit();
});
