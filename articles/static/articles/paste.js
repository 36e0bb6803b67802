/* What is pasted goes through the importer: it comes back as our own HTML, with an account of what was left out, and one
   button puts the raw paste in its place. Without an answer the raw paste goes in, and a sentence says so. */
const kept = document.querySelector("[data-paste]");
const form = document.getElementById("article_form");
const LINE = 300; // characters; a shorter paste without a line's end is words, and needs no reading
const BLOCK = /<(p|div|h[1-6]|ul|ol|li|table|blockquote|section|article|br|hr|img|iframe|figure)\b/i;
const DATA = /<img\b[^>]*?\bsrc\s*=\s*["']?\s*data:[^>]*>/gi; // the picture plugin takes these
const { make, button } = window.Pictures || {};
if (kept && form && make) wait();

function wait() {
  const there = window.CKEDITOR && window.CKEDITOR.instances.id_body;
  if (!there) { if (window.CKEDITOR) setTimeout(wait, 100); return; }
  if (there.status === "ready") listen(there); else there.on("instanceReady", () => listen(there));
}

function listen(there) {
  const box = make("section", { class: "pasted", "aria-label": "What was pasted" });
  box.hidden = true;
  const status = make("p", { role: "status" });
  there.container.$.before(status, box);
  status.className = "pasted-said";
  let queue = Promise.resolve();
  let account = null; // of the last paste: what puts it back

  there.on("paste", (event) => {
    const { dataTransfer, dataValue } = event.data;
    const { DATA_TRANSFER_EXTERNAL: foreign } = window.CKEDITOR;
    if (dataTransfer.getTransferType(there) !== foreign || dataTransfer.getFilesCount()) return;
    const text = dataTransfer.getData("text/plain") || "";
    const html = dataTransfer.getData("text/html", true).replace(DATA, "") || (text ? "" : dataValue);
    if (!BLOCK.test(html) && !/\n/.test(text.trim()) && text.length <= LINE) return;
    event.cancel();
    const raw = dataValue;
    const isWhole = !there.getData().replace(/<[^>]*>|&nbsp;|\s/g, "");
    there.fire("saveSnapshot");
    const marks = there.getSelection().createBookmarks2(true);
    queue = queue.then(() => take({ html, text, raw, isWhole, marks }));
  }, null, null, 2);

  async function take({ html, text, raw, isWhole, marks }) {
    say("Reading what you pasted…");
    let read;
    try {
      read = await ask({ html, text, whole: isWhole ? "1" : "" });
    } catch (problem) {
      insert(raw, marks);
      say(problem.message);
      return;
    }
    if (!read.html && raw.replace(/<[^>]*>|&nbsp;|\s/g, "")) {
      insert(raw, marks);
      say("Nothing in it looked like text of an article, so it was pasted as it is.");
      return;
    }
    const before = there.getSnapshot();
    const fields = ["title", "closing_question"].filter((name) => read[name] && !form.elements[name].value.trim());
    const left = Object.fromEntries(["title", "closing_question", "pasted_credits"].map((name) => [name, form.elements[name].value]));
    const stays = ["title", "closing_question"].filter((name) => read[name] && !fields.includes(name));
    const also = (name) => (stays.includes(name) ? `<p>${window.CKEDITOR.tools.htmlEncode(read[name])}</p>` : "");
    insert(also("title") + read.html + also("closing_question"), marks);
    for (const name of fields) fill(name, read[name]);
    if (read.credits.length) fill("pasted_credits", [left.pasted_credits, ...read.credits].filter(Boolean).join("\n"));
    account = { before, marks, raw, left };
    say("");
    tell(read, fields);
  }

  async function ask(words) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(words)) data.append(name, value);
    const away = "You’re signed out or the server can’t be reached, so it was pasted as it is.";
    let answer;
    try {
      answer = await fetch(kept.dataset.paste, { method: "POST", body: data, redirect: "manual", credentials: "same-origin" });
    } catch { throw new Error(away); }
    if (answer.status === 413) throw new Error((await answer.json().catch(() => ({}))).problem || "This is too long to be read, so it was pasted as it is.");
    if (!answer.ok) throw new Error(away);
    return answer.json().catch(() => { throw new Error(away); });
  }

  function insert(html, marks) {
    there.focus();
    try { there.getSelection().selectBookmarks(marks); } catch { /* the text changed meanwhile: at the cursor, then */ }
    there.insertHtml(html);
    there.fire("saveSnapshot");
    there.fire("change");
  }

  function fill(name, value) {
    form.elements[name].value = value;
    form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
  }

  function tell({ told }, fields) {
    const rows = told.map(({ what, words, why, kept: isKept }) => {
      const verb = fields.includes(what.replace(" ", "_")) || what === "credit line" ? "Moved" : isKept ? "Changed" : "Left out";
      return make("li", {}, make("strong", {}, `${verb}: ${what}`), ` “${words}”`, why ? ` (${why})` : "");
    });
    if (!rows.length) { box.hidden = true; return; }
    const count = told.filter((each) => !each.kept).length;
    const undo = button("Use the raw paste", putBack);
    const close = button("Close", () => { box.hidden = true; there.focus(); });
    box.replaceChildren(
      make("p", {}, make("strong", {}, "Pasted."), ` ${count ? `${count} ${count > 1 ? "parts" : "part"} left out.` : "Nothing was left out."}`),
      make("p", { class: "button-row" }, undo, close),
      make("ul", { tabindex: "0", "aria-label": "What became of its parts" }, ...rows),
    );
    box.hidden = false;
    say(`Pasted. ${count} left out; the list above the text says what.`);
    const stale = there.on("key", () => { undo.hidden = true; stale.removeListener(); });
  }

  function putBack() {
    const { before, marks, raw, left } = account;
    there.fire("saveSnapshot");
    there.loadSnapshot(before);
    insert(raw, marks);
    for (const [name, value] of Object.entries(left)) fill(name, value);
    box.hidden = true;
    say("The raw paste is in the text.");
  }

  const say = (words) => { status.textContent = words; };
}
