/* The article by keyboard: saving and publishing, the first finding, structure at a line's start, the list of all keys,
   and the cursor where it was once the page is back from saving. */
import { reveal } from "./panels.js";

const form = document.getElementById("article_form");
const MARKS = { "##": "h2", "###": "h3", "####": "h4", "-": "bulletedlist", "*": "bulletedlist", "1.": "numberedlist", ">": "blockquote" };
const NAMES = { h2: "Heading 2", h3: "Heading 3", h4: "Heading 4", bulletedlist: "Bulleted list", numberedlist: "Numbered list", blockquote: "Quotation" };
const command = (key) => (event) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === key;
/* Every key of this screen: what it does, and, where this module does it, when and how. */
const KEYS = [
  ["Ctrl+S", "Save", command("s"), (event) => press(event, button("_continue"))],
  ["Ctrl+Enter", "Save, then see what will be published", command("enter"), (event) => press(event, button("_then", "publish"))],
  ["Alt+F", "Go to the first finding", (event) => event.altKey && !event.ctrlKey && event.code === "KeyF", firstFinding],
  ["Ctrl+/", "Show these keys", command("/"), (event) => { event.preventDefault(); showKeys(); }],
  ["Ctrl+K", "In the text: link. Elsewhere: search the desk"],
  ["Ctrl+B, Ctrl+I", "Bold, italic"],
  ["Ctrl+Z, Ctrl+Y", "Undo, redo"],
  ["Alt+F10", "Go to the text’s buttons; arrow keys move between them, Escape returns"],
  ["/", "At a line’s start: choose a block"],
  ...Object.entries(MARKS).map(([mark, made]) => [`${mark} and a space`, `At a line’s start: ${NAMES[made].toLowerCase()}`]),
  ["Enter on an empty line", "Leave a list, quotation or callout"],
];
const PLACE = `desk-cursor:${location.pathname}`;
const button = (name, value) => document.querySelector(`button[name="${name}"]${value ? `[value="${value}"]` : ""}`);
const text = () => window.CKEDITOR && window.CKEDITOR.instances.id_body;

function onKey(event) {
  for (const [, , isIt, run] of KEYS) if (isIt && isIt(event)) run(event);
}

function firstFinding(event) {
  const finding = document.querySelector("[data-findings] .notes li :is(a, button, summary)");
  if (!finding) return;
  event.preventDefault();
  reveal(finding);
}

function showKeys() {
  if (document.querySelector("dialog[open]")) return;
  const { button: closing, dialog, make } = window.Pictures;
  const list = make("dl", { class: "keys" }, ...KEYS.map(([keys, does]) => make("div", {}, make("dt", {}, make("kbd", {}, keys)), make("dd", {}, does))));
  const opener = document.activeElement;
  const box = dialog("Keys", make("p", {}, "On a Mac, ⌘ stands for Ctrl."), list, closing("Close", () => box.close()));
  box.addEventListener("close", () => { if (opener?.matches("iframe")) text().focus(); else opener?.focus(); });
  box.showModal();
}

/* The button that shows them stands where there are keys: with scripts. */
function offerKeys() {
  const group = document.querySelector(".article-bar .group");
  if (!group || !window.Pictures) return;
  const { make } = window.Pictures;
  group.append(make("button", { type: "button", class: "plain show-keys", "aria-label": "Keys", title: "Keys (Ctrl+/)", onclick: showKeys }, "?"));
}

function press(event, target) {
  event.preventDefault(); // the browser would save the page as a file
  if (!target || event.repeat) return;
  remember();
  target.click();
}

function remember() {
  const editor = text();
  const isInText = Boolean(editor && editor.focusManager.hasFocus);
  const cursor = isInText ? editor.getSelection().createBookmarks2(true) : null;
  const field = document.activeElement;
  sessionStorage.setItem(PLACE, JSON.stringify({ cursor, field: field && field.id, start: field && field.selectionStart, top: scrollY }));
}

function comeBack() {
  const kept = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (!kept || document.querySelector(".errornote, .stale")) return;
  const { cursor, field: id, start, top } = JSON.parse(kept);
  const field = id && document.getElementById(id);
  if (cursor && text()) {
    text().focus();
    text().getSelection().selectBookmarks(cursor);
  } else if (field) {
    reveal(field);
    if (typeof start === "number" && field.setSelectionRange) field.setSelectionRange(start, start);
  }
  scrollTo(0, top);
}

/* What was typed from the line's start to the cursor, where a space makes structure of it. */
function structure(event) {
  if (event.data.keyCode !== 32) return;
  const editor = event.editor;
  const range = editor.getSelection()?.getRanges()[0];
  const block = range && range.collapsed && editor.elementPath(range.startContainer).block;
  if (!block || block.getName() !== "p") return;
  const typed = range.clone();
  typed.setStartAt(block, window.CKEDITOR.POSITION_AFTER_START);
  const made = MARKS[typed.cloneContents().$.textContent.trim()];
  if (!made) return;
  event.cancel();
  editor.fire("saveSnapshot");
  typed.deleteContents();
  typed.select();
  if (made.startsWith("h")) editor.applyStyle(new window.CKEDITOR.style({ element: made }));
  else editor.execCommand(made);
  editor.fire("saveSnapshot");
}

function listen(editor) {
  const inside = () => editor.document.$.addEventListener("keydown", onKey); // once for each document
  const ready = () => { inside(); comeBack(); };
  editor.on("contentDom", inside);
  editor.on("key", structure);
  // The text's document may be there already, and its event gone by, before the editor is ready.
  if (editor.status === "ready") ready(); else editor.on("instanceReady", ready);
}

if (form) {
  document.addEventListener("keydown", onKey);
  offerKeys();
  form.addEventListener("submit", (event) => { if (event.submitter?.name === "_continue") remember(); });
  const wait = () => { if (text()) listen(text()); else setTimeout(wait, 100); };
  if (window.CKEDITOR) wait(); else comeBack();
}
