// A form that was too old gets a valid token with the answer that says so; what was typed stays, and can be sent.
document.addEventListener("token", (event) => {
  const { value } = event.detail;
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = value;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": value }));
});
