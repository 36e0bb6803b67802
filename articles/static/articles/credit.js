/* A picture's credit, wherever its form stands: a line that is pasted into it is read by the server into its fields, and
   only the fields are shown that the chosen license gives a reason to fill in (`data-unneeded`, from the catalog). */
const LICENSES = "select[data-unneeded]";
const WAIT = 400; // ms after the last keystroke
const AWAY = "The server can’t be reached, or you’re signed out. Nothing is lost: the line is read when you save.";
const { make, button } = window.Pictures || {}; // none where an article is only read
const undo = new WeakMap(); // by license select: what stood in the fields before a line was read
let waiting = 0;

const field = (select, name) => document.getElementById(select.id.replace(/license$/, name));
const of = (input) => [...document.querySelectorAll(LICENSES)].find((select) => {
  const stem = select.id.replace(/license$/, "");
  return input.id.startsWith(stem) && field(select, input.id.slice(stem.length)) === input && field(select, "line");
});
const changed = (input) => { for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true })); };

// Only what is needed ---------------------------------------------------------------------------------------------------
const isFilled = (input) => (input.type === "checkbox" ? input.checked : Boolean(input.value.trim()));
const boxOf = (input, name) => (name === "license_port" ? null : input.closest(".form-multiline > div, .form-row"));

function fit(select) {
  if (!field(select, "line")) return;
  const groups = JSON.parse(select.dataset.unneeded);
  const names = (list) => list.map((name) => (name === "port" ? "license_port" : name));
  const [, unneeded = []] = groups.find(([codes]) => codes.includes(select.value)) || [];
  const all = new Set(groups.flatMap(([, list]) => names(list)));
  let hidden = 0;
  for (const name of all) {
    const input = field(select, name);
    if (!input) continue;
    const box = boxOf(input, name);
    const hide = !("all" in select.dataset) && names(unneeded).includes(name) && !isFilled(input) && !box?.querySelector(".errorlist");
    for (const each of box ? [box] : [input, document.querySelector(`label[for="${input.id}"]`)]) each.hidden = hide;
    hidden += hide && name !== "license_port" ? 1 : 0;
    const row = box && box.closest(".form-row");
    if (row && row !== box) row.hidden = [...row.querySelectorAll(".form-multiline > div")].every((each) => each.hidden);
  }
  const more = moreOf(select);
  more.hidden = !hidden;
}

function moreOf(select) {
  const line = select.closest(".form-row");
  let more = line.querySelector(".more-fields");
  if (!more) {
    more = button("Show every field", () => { select.dataset.all = ""; fit(select); select.focus(); });
    more.classList.add("more-fields");
    line.append(more);
  }
  return more;
}

// What a line says ------------------------------------------------------------------------------------------------------
function place(select) {
  const row = field(select, "line").closest(".form-row");
  const there = row.querySelector(".credit-read");
  if (there) return there;
  const made = make("div", { class: "credit-read", role: "status" });
  row.append(made);
  return made;
}

async function ask(select, words) {
  const line = field(select, "line");
  const data = new FormData();
  for (const [name, value] of Object.entries(words)) data.append(name, value);
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const answer = await fetch(line.dataset.creditLine, { method: "POST", body: data, redirect: "error", credentials: "same-origin" });
  if (!answer.ok) throw new Error(AWAY);
  return answer.json();
}

async function read(select, words, { stood = {}, isLine = true } = {}) {
  let answer;
  try { answer = await ask(select, words); } catch { if (isLine) place(select).replaceChildren(make("p", {}, AWAY)); return; }
  const { fields, said, sentence } = answer;
  if (!said.length) {
    if (isLine) place(select).replaceChildren(make("p", { class: "state changes" }, sentence));
    return;
  }
  const before = { ...Object.fromEntries(Object.keys(fields).map((name) => [name, field(select, name).value])), ...stood };
  undo.set(select, undo.get(select) ? { ...before, ...undo.get(select) } : before);
  write(select, { ...stood, ...fields });
  const line = field(select, "line");
  line.removeAttribute("name"); // read, and in the fields: a save has nothing to read in it any more
  const items = said.map(({ what, words: found }) => make("li", {}, `${what}: `, found ? make("strong", {}, found) : make("span", { class: "unread" }, "not stated")));
  place(select).replaceChildren(
    make("p", {}, "What we read in it"),
    make("ul", {}, ...items),
    button("Undo", () => putBack(select)),
  );
}

function write(select, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const input = field(select, name);
    if (!input || input.value === value) continue;
    input.value = value;
    changed(input);
  }
  fit(select);
}

function putBack(select) {
  field(select, "line").value = "";
  write(select, undo.get(select));
  undo.delete(select);
  place(select).replaceChildren(make("p", {}, "The fields say what they said before."));
  field(select, "line").focus();
}

function begin() {
  for (const select of document.querySelectorAll(LICENSES)) {
    const line = field(select, "line");
    if (!line) continue;
    line.dataset.name = line.name;
    fit(select);
  }
}

document.addEventListener("credit", begin);
document.addEventListener("change", (event) => { if (event.target.matches?.(LICENSES)) fit(event.target); });
document.addEventListener("input", ({ target, inputType }) => {
  if (!target.dataset?.creditLine) return;
  if (target.dataset.name) target.name = target.dataset.name;
  clearTimeout(waiting);
  if (inputType === "insertFromPaste") return;
  const text = target.value.trim();
  if (text) waiting = setTimeout(() => read(of(target), { text }), WAIT); else place(of(target)).replaceChildren();
});
document.addEventListener("paste", ({ target, clipboardData }) => {
  const select = target.matches?.("input, textarea") && target.id ? of(target) : null;
  if (!select) return;
  const [html, text] = ["text/html", "text/plain"].map((kind) => clipboardData.getData(kind).trim());
  if (!text) return;
  if (target.dataset.creditLine) { setTimeout(() => read(select, { html, text: target.value.trim() })); return; }
  const name = target.id.slice(select.id.length - "license".length);
  if (/^\w+:\/\/\S+$/.test(text)) return; // an address is what it is
  read(select, { html, text, elsewhere: "1" }, { stood: { [name]: target.value }, isLine: false });
});
if (make) begin();
