/* Comments beside the text: the words that are selected there are the ones that a comment is about; sending one leaves
   the page as it is; and a comment's words lead to their place in the text. */
import { blockOf } from "./places.js";

const panel = () => document.querySelector("[data-comments]");
const editor = () => window.CKEDITOR && window.CKEDITOR.instances.id_body;

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-comments] form");
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  const data = new FormData(form, event.submitter);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "comments" }, redirect: "manual", credentials: "same-origin" });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.type);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    panel().replaceWith(page.querySelector("[data-comments]"));
    const target = panel().querySelector("[role=alert]") || panel().querySelector("h2");
    target.tabIndex = -1;
    target.focus();
  } catch {
    say(form, "That wasn’t sent: you’re signed out or the server can’t be reached. Your words are still here.");
  }
}, true);

function say(form, words) {
  const line = form.querySelector("[role=alert]") || form.appendChild(document.createElement("p"));
  line.setAttribute("role", "alert");
  line.textContent = words;
}

function take(words) {
  const field = document.getElementById("comment-quote");
  const quote = (words || "").replace(/\s+/g, " ").trim();
  if (field && quote && document.activeElement !== field) field.value = quote.slice(0, field.maxLength);
}

function watch() {
  const there = editor();
  if (!there) { if (window.CKEDITOR) setTimeout(watch, 200); return; }
  there.on("selectionChange", () => take(there.getSelection().getSelectedText()));
  there.on("contentDom", () => there.editable().attachListener(there.document, "mouseup", () => take(there.getSelection().getSelectedText())));
}
watch();
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const read = document.querySelector(".reading");
  if (read && !selection.isCollapsed && read.contains(selection.anchorNode)) take(selection.toString());
});

document.addEventListener("click", (event) => {
  const quote = event.target.closest("[data-comments] [data-quote]");
  if (quote) find(quote.textContent);
});

function find(words) {
  const block = blockOf(words, editor() ? editor().editable().$ : document.querySelector(".reading"));
  if (!block) return;
  if (editor()) {
    editor().getSelection().selectElement(new window.CKEDITOR.dom.element(block));
    editor().container.$.scrollIntoView({ block: "center" });
  }
  block.scrollIntoView({ block: "center" });
}
