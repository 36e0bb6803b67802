/* Ctrl+K brings the keyboard to the search of the desk; on a low screen it has a page of its own. */
const field = document.getElementById("desk-search");

addEventListener("keydown", (event) => {
  const isAsked = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (!isAsked || event.defaultPrevented) return;
  event.preventDefault();
  if (field.checkVisibility()) field.select();
  else location.assign(field.form.action);
});
