/* While an article is written: what is typed is kept every few seconds, beside the working copy and not in it; the page
   says who else has it open; and when the session has ended, the words wait in this browser until after the sign-in.
   The first words of a new article make a draft on the desk, and the page goes on as that draft's. */
import { blockOf } from "./places.js";

const AFTER = 3000; // ms after the last keystroke
const EVERY = 30000; // ms between two signs of life
const place = document.querySelector("[data-autosave]");
const form = place && document.getElementById(place.dataset.form ?? "article_form");
const FIELDS = (place?.dataset.fields ?? "").split(" ");
if (form && place) start();

function start() {
  let key = `desk:${location.pathname}`;
  const editor = () => window.CKEDITOR && window.CKEDITOR.instances.id_body;
  const field = (name) => form.elements[name];
  const read = () => Object.fromEntries(FIELDS.map((name) => [name, name === "body" && editor() ? editor().getData() : field(name).value]));
  const asOpened = Object.fromEntries(FIELDS.map((name) => [name, field(name).defaultValue]));
  let timer = 0;
  let sent = null; // until the editor is there, nobody can have typed into it
  let leaving = false;
  let beginning = false; // a new article's draft is asked for, and not there yet
  let undecided = false; // words of before wait for an answer: they are not written over

  let isChanged = false; // what is not kept while it is typed

  const hold = (words) => localStorage.setItem(key, JSON.stringify({ words, at: Date.now() }));
  const say = (words) => { place.textContent = words; };
  const others = document.querySelector("[data-others]");
  const name = ({ others: list, saved_since: saved }) => {
    const open = list.length ? `${new Intl.ListFormat("en").format(list)} ${list.length > 1 ? "have" : "has"} this article open, too.` : "";
    const words = [open, saved].filter(Boolean).join(" ");
    if (others && others.textContent !== words) others.textContent = words;
  };
  const autosaved = document.createElement("input"); // what this tab kept: a save drops it, and nothing of another tab
  Object.assign(autosaved, { type: "hidden", name: "autosaved", value: "" });
  form.append(autosaved);

  async function tell(words, address = place.dataset.autosave, headers = {}) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
    if (field("based_on")) data.append("based_on", field("based_on").value);
    for (const [name, value] of Object.entries(words)) data.append(name, value);
    const answer = await fetch(address, { method: "POST", body: data, headers, redirect: "manual", credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.type);
    return answer.json();
  }

  async function keep() {
    if (sent === null) { later(); return; }
    const words = read();
    const now = JSON.stringify(words);
    if (now === sent || leaving) return;
    if (!undecided) hold(words);
    const isNew = !place.dataset.autosave;
    if (isNew && (beginning || !Object.values(words).some((text) => /[\p{L}\p{N}]/u.test(text.replace(/<[^>]*>|&\w+;/g, ""))))) return;
    beginning = isNew;
    try {
      const answer = isNew ? await tell({ ...words, draft_key: field("draft_key").value }, place.dataset.begin) : await tell(words);
      sent = now;
      if (!undecided) localStorage.removeItem(key);
      if (isNew && answer.change) goOn(answer);
      if (answer.kept) autosaved.value = [...autosaved.value.split(","), answer.kept].filter(Boolean).slice(-20).join(",");
      name(answer);
      say(answer.kept_at ? `Draft saved ${answer.clock}` : "");
      document.dispatchEvent(new Event("kept"));
    } catch {
      say("You’re signed out or the server can’t be reached. Your text is kept in this browser. Sign in again in another tab, then save.");
    }
    beginning = false;
    if (isNew && JSON.stringify(read()) !== sent) later();
  }

  function goOn({ change, autosave, based_on: digest }) {
    const basedOn = document.createElement("input");
    Object.assign(basedOn, { type: "hidden", name: "based_on", value: digest });
    form.append(basedOn);
    form.action = change;
    place.dataset.autosave = autosave;
    if (!leaving) history.replaceState(history.state, "", change);
    key = `desk:${change}`;
    stayAlive();
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(keep, AFTER); };
  document.addEventListener("input", (event) => { 
    if (event.target.form !== form) return;
    if (!FIELDS.includes(event.target.name)) isChanged = true;
    later();
  });
  form.addEventListener("submit", () => { leaving = true; hold(read()); });
  // Details, credits and references are kept by saving alone; the text is, until the server has it.
  addEventListener("beforeunload", (event) => { if (!leaving && (isChanged || (sent !== null && JSON.stringify(read()) !== sent))) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && sent !== null) keep(); });
  const ready = () => { sent = JSON.stringify({ ...asOpened, ...(editor() && { body: read().body }) }); offer(); };
  const watch = () => {
    const there = editor();
    if (!there) { setTimeout(watch, 100); return; }
    there.on("change", later);
    if (there.status === "ready") ready(); else there.on("instanceReady", ready);
  };
  if (window.CKEDITOR) watch(); else ready();

  function stayAlive() {
    // Nobody did anything, so the session isn't renewed by it.
    const alive = () => tell({}, place.dataset.autosave, { "X-Unattended": "1" }).then((answer) => name(answer)).catch(() => {});
    alive();
    setInterval(() => { if (!document.hidden) alive(); }, EVERY);
  }
  if (place.dataset.autosave) stayAlive();

  function offer() {
    const held = localStorage.getItem(key);
    if (!held) return;
    if (document.querySelector("[data-merged]")) { localStorage.removeItem(key); return; }
    const { words, at } = JSON.parse(held);
    if (!words) { localStorage.removeItem(key); return; }
    const squeeze = (text) => text.replace(/<[^>]+>|&[a-z]+;|\s+/g, "");
    if (document.querySelector(".errornote") || FIELDS.every((name) => squeeze(words[name] || "") === squeeze(read()[name]))) {
      if (!document.querySelector(".errornote")) localStorage.removeItem(key);
      return;
    }
    const box = document.querySelector("[data-held]");
    if (!box) return;
    const differing = FIELDS.filter((name) => squeeze(words[name] || "") !== squeeze(read()[name]));
    const label = (name) => document.querySelector(`label[for="id_${name}"]`).textContent.trim().toLowerCase();
    const when = new Date(at).toLocaleString("en-US", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    box.querySelector("[data-what]").textContent = `from ${when}, not on the server yet: ${differing.map(label).join(", ")}.`;
    const other = document.querySelector(".held:not([data-held])"); // one question at a time; these words are newer
    if (other) other.hidden = true;
    box.hidden = false;
    undecided = true;
    box.querySelector("[data-bring]").addEventListener("click", () => {
      undecided = false;
      for (const name of FIELDS) { if (name === "body" && editor()) editor().setData(words[name]); else field(name).value = words[name]; }
      box.hidden = true;
      later();
    });
    box.querySelector("[data-drop]").addEventListener("click", () => { undecided = false; localStorage.removeItem(key); box.hidden = true; if (other) other.hidden = false; });
  }
}

/* From a report to the words that it is about: they are looked for in the open text, shown and marked. */
const wanted = document.querySelector("[data-passage].wanted");
if (wanted) find(wanted.textContent.trim());

function find(words) {
  const look = (root) => blockOf(words, root);
  const show = (there) => {
    const block = look(there.editable().$);
    if (!block) return;
    there.getSelection().selectElement(new CKEDITOR.dom.element(block));
    there.container.$.scrollIntoView({ block: "center" });
    block.scrollIntoView({ block: "center" });
  };
  const read = document.querySelector(".reading .body, .reading");
  if (read && look(read)) look(read).scrollIntoView({ block: "center" });
  const wait = () => {
    const there = window.CKEDITOR && window.CKEDITOR.instances.id_body;
    if (!there) { if (window.CKEDITOR) setTimeout(wait, 100); return; }
    if (there.status === "ready") show(there); else there.on("instanceReady", () => show(there));
  };
  wait();
}
