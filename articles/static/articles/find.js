/* “/” and Ctrl+K bring the keyboard to the search of the desk, unless somebody is typing. */
const field = document.getElementById("desk-search");
const isTyping = (one) => one.isContentEditable || /^(input|textarea|select)$/i.test(one.tagName);

addEventListener("keydown", (event) => {
  const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (event.defaultPrevented || !(isSlash || isK)) return;
  event.preventDefault();
  if (field.checkVisibility()) field.select();
  else location.assign(field.form.action); // on a low screen it has a page of its own
});
