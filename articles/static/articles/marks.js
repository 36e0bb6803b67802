/* Findings where they are: painted in the text without a mark ever entering it, numbered beside it as in the list, one
   click from either to the other; asked again while somebody types; and what the list offers to do about them. */
import { reveal } from "./panels.js";
import { BLOCKS, bare, letters, rangeOf } from "./places.js";

const AFTER = 1200; // ms after the last keystroke

const form = document.getElementById("article_form");
const list = document.querySelector("[data-findings]");
const kept = document.querySelector("[data-autosave]");
const FIELDS = (kept?.dataset.fields ?? "").split(" "); // what is kept while it is typed is what is checked
if (form && list && kept && list.dataset.checkedAt) start();

function start() {
  const layer = document.createElement("div");
  layer.className = "marks";
  const editor = () => window.CKEDITOR && window.CKEDITOR.instances.id_body;
  const status = document.createElement("p");
  status.className = "checked-at";
  status.setAttribute("role", "status");
  list.after(status);
  let places = []; // of the findings: { item, range }
  let timer = 0;
  let request = null;

  const items = () => [...list.querySelectorAll("[data-number]")];
  const isError = (item) => !item.classList.contains("advice");

  function find() {
    const text = letters(editor().editable().$);
    const next = new Map(); // the same words of one kind of finding a second time are their second place
    places = items().flatMap((item) => [...item.querySelectorAll("[data-place]")].flatMap(({ textContent: words }) => {
      const key = `${item.classList.contains("advice")} ${words}`;
      const found = rangeOf(words, text, next.get(key) || 0) || rangeOf(words, text);
      if (!found) return [];
      next.set(key, found.next);
      return [{ item, range: found.range }];
    }));
  }

  function paint() {
    const { CSS: css, Highlight: Marks } = editor().window.$;
    if (css && css.highlights && Marks) {
      const ranges = (wanted) => places.filter(({ item }) => isError(item) === wanted).map(({ range }) => range);
      css.highlights.set("must-fix", new Marks(...ranges(true)));
      css.highlights.set("please-check", new Marks(...ranges(false)));
    }
    number();
  }

  function number() {
    const contents = editor().container.findOne(".cke_contents").$;
    if (layer.parentElement !== contents) contents.append(layer);
    const frame = contents.querySelector("iframe");
    const taken = new Set();
    const shown = new Set();
    layer.replaceChildren(...places.flatMap(({ item, range }) => {
      const box = range.getClientRects()[0];
      if (!box || shown.has(item) || box.bottom < 0 || box.top > frame.clientHeight - 24) return [];
      shown.add(item);
      let top = Math.max(0, Math.round(box.top));
      while ([...taken].some((each) => Math.abs(each - top) < 26)) top += 26;
      taken.add(top);
      const mark = document.createElement("button");
      Object.assign(mark, { type: "button", className: isError(item) ? "no stop" : "no", textContent: item.dataset.number });
      mark.setAttribute("aria-label", `Finding ${item.dataset.number}: go to the list`);
      mark.style.top = `${top}px`;
      mark.addEventListener("click", () => reveal(item));
      return [mark];
    }));
  }

  function go(item) {
    const place = places.find((each) => each.item === item);
    if (!place) return false;
    select(place.range);
    return true;
  }

  function select(range) {
    const there = editor();
    there.focus();
    const selection = there.window.$.getSelection();
    selection.removeAllRanges();
    selection.addRange(range.cloneRange());
    const block = range.startContainer.parentElement.closest(BLOCKS) || range.startContainer.parentElement;
    block.scrollIntoView({ block: "center" });
    there.container.$.scrollIntoView({ block: "nearest" });
    number();
  }

  // What can be done ------------------------------------------------------------------------------------------------
  const MENDS = {
    replace(there, range, { words, of: wrong }) {
      const text = letters(there.editable().$);
      const all = rangeOf(range.toString(), text);
      const from = all ? all.next - bare(range.toString()).length : 0;
      const found = rangeOf(wrong, text, from);
      if (!found || (all && found.next > all.next)) return "Those words aren’t in the sentence any more.";
      select(found.range);
      there.insertText(words);
      return "";
    },
    insert(there, range, { words }) {
      const block = range.startContainer.parentElement.closest("p, ul, ol, table, blockquote, h2, h3, h4, dl") || range.startContainer.parentElement;
      const added = new window.CKEDITOR.dom.element("p", there.document);
      added.setText(words);
      added.insertAfter(new window.CKEDITOR.dom.element(block.matches("li *") ? block.closest("ul, ol") : block));
      choose(there, added);
      return "";
    },
    heading(there, _range, { words }) {
      const heading = new window.CKEDITOR.dom.element("h2", there.document);
      heading.setText(words);
      there.editable().append(heading);
      const below = new window.CKEDITOR.dom.element("p", there.document);
      below.appendBogus();
      there.editable().append(below);
      choose(there, below);
      return "";
    },
    level(there, range, { words }) {
      select(range);
      there.applyStyle(new window.CKEDITOR.style({ element: words }));
      return "";
    },
    link(there, _range, { words: address }) {
      const link = [...there.editable().$.querySelectorAll("a[href]")].find((each) => (each.dataset.ckeSavedHref || each.getAttribute("href")) === address);
      if (!link) return "That link isn’t in the text any more.";
      const range = link.ownerDocument.createRange();
      range.selectNodeContents(link);
      select(range);
      return "";
    },
  };

  function choose(there, element) {
    there.focus();
    const range = there.createRange();
    range.selectNodeContents(element);
    if (!element.getText().trim()) range.collapse(true);
    range.select();
    element.$.scrollIntoView({ block: "center" });
  }

  function mend(button) {
    const item = button.closest("[data-number]");
    if (button.dataset.mend === "picture") {
      window.Pictures.describe({ describe: button.dataset.words }).then(later);
      return;
    }
    const place = places.find((each) => each.item === item);
    const needsNone = ["heading", "link"].includes(button.dataset.mend);
    if (!place && !needsNone) { say("That sentence isn’t in the text any more."); return; }
    const there = editor();
    there.fire("saveSnapshot");
    const problem = MENDS[button.dataset.mend](there, place && place.range, button.dataset);
    there.fire("saveSnapshot");
    there.fire("change");
    say(problem || `${button.textContent.trim()}: done. Ctrl+Z takes it back.`);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mend]");
    if (button) { mend(button); return; }
    const link = event.target.closest("[data-go]");
    if (link && editor() && go(link.closest("[data-number]"))) { event.preventDefault(); event.stopPropagation(); }
  });

  // Asked again -----------------------------------------------------------------------------------------------------
  const say = (words) => { status.textContent = words; };
  const later = () => { clearTimeout(timer); timer = setTimeout(ask, AFTER); };

  async function ask() {
    if (request) request.abort();
    request = new AbortController();
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const name of FIELDS) data.append(name, name === "body" ? editor().getData() : form.elements[name].value);
    try {
      const answer = await fetch(list.dataset.checkedAt, { method: "POST", body: data, redirect: "manual", credentials: "same-origin", signal: request.signal });
      if (!answer.ok) throw new Error(answer.type);
      show(await answer.json());
    } catch (problem) {
      if (problem.name !== "AbortError" && list.dataset.clock) say(`Checks as of ${list.dataset.clock}: you’re signed out or the server can’t be reached.`);
    }
  }

  function show({ list: html, errors, clock }) {
    const before = document.activeElement;
    const page = new DOMParser().parseFromString(html, "text/html");
    const isSame = page.body.textContent.replace(/\s+/g, " ") === list.textContent.replace(/\s+/g, " ");
    const isBusy = list.contains(before) && before.matches("textarea, input");
    if (!isSame && !isBusy) {
      const focused = list.contains(before) ? before.closest("[data-number]")?.dataset.number : null;
      list.replaceChildren(...page.body.childNodes);
      if (focused) reveal(list.querySelector(`[data-number="${focused}"]`) || list.querySelector("h2"));
    }
    list.dataset.clock = clock;
    say("");
    count(errors);
    find();
    paint();
  }

  function count(errors) {
    const tab = document.querySelector("#tab-checks + span");
    const bar = document.querySelector(".article-bar .count");
    tab.replaceChildren("Checks", ...(errors ? [" ", Object.assign(document.createElement("b"), { textContent: errors })] : []));
    if (!bar) return;
    bar.classList.toggle("stop", errors > 0);
    const words = errors ? `${errors} to fix` : "Nothing to fix";
    const own = [...bar.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
    if (own) own.data = words;
  }

  // Followed --------------------------------------------------------------------------------------------------------
  function ready(there) {
    const inside = () => {
      there.window.$.addEventListener("scroll", number, { passive: true });
      find();
      paint();
    };
    there.on("contentDom", inside);
    there.on("change", () => { find(); paint(); later(); });
    addEventListener("resize", number);
    inside();
  }
  const wait = () => {
    const there = editor();
    if (!there) { if (window.CKEDITOR) setTimeout(wait, 100); return; }
    if (there.status === "ready") ready(there); else there.on("instanceReady", () => ready(there));
  };
  wait();
  form.addEventListener("input", (event) => { if (FIELDS.includes(event.target.name)) later(); });
}
