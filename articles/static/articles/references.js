/* The references of an article: found by the desk, put in order by drag or by buttons, and cited at the cursor. The text
   keeps the numbers of the page as it was opened; saving numbers both anew. */
const box = document.querySelector("[data-references]");
const group = document.getElementById("references-group");
if (box && group) start();

function start() {
  const form = document.getElementById("article_form");
  const told = box.querySelector("[data-told]");
  const words = box.querySelector("[data-words]");
  const file = box.querySelector("[data-file]");
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  const index = (row) => Number(row.id.split("-").pop());
  const isNew = (row) => !row.classList.contains("has_original");
  const isFilled = (row) => !isNew(row) || ["citation", "doi", "pmid", "url"].some((name) => field(row, name).value.trim());
  const numbered = () => rows().filter(isFilled).sort((one, other) => index(one) - index(other));
  const button = (label, name, action) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "plain", textContent: label });
    made.setAttribute("aria-label", name);
    made.addEventListener("click", action);
    return made;
  };
  const say = (...sentences) => told.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));

  function place() {
    rows().forEach((row, at) => { field(row, "position").value = at + 1; });
    show();
  }

  function show() {
    const numbers = numbered();
    rows().forEach((row, at) => {
      const number = numbers.indexOf(row) + 1;
      const tag = row.querySelector("[data-number]");
      if (tag) tag.textContent = !number ? "" : number === at + 1 ? `[${number}]` : `[${number}], [${at + 1}] once saved`;
    });
  }

  function move(row, by) {
    const all = rows();
    const other = all[all.indexOf(row) + by];
    if (!other) return;
    if (by < 0) other.before(row); else other.after(row);
    place();
    row.querySelector(by < 0 ? "[data-up]" : "[data-down]").focus();
    say(`Moved to place ${rows().indexOf(row) + 1}.`);
  }

  function cite(row) {
    const editor = window.CKEDITOR && window.CKEDITOR.instances.id_body;
    const number = numbered().indexOf(row) + 1;
    if (!number) { say("Write the citation first."); return; }
    if (editor) { editor.focus(); editor.insertText(`[${number}]`); return; }
    const text = form.elements.body;
    text.setRangeText(`[${number}]`, text.selectionStart, text.selectionEnd, "end");
    text.focus();
  }

  function dress(row) {
    if (row.querySelector("[data-number]")) return;
    const tools = document.createElement("div");
    tools.className = "reference-tools";
    const number = document.createElement("b");
    number.dataset.number = "";
    const up = button("↑", "Move up", () => move(row, -1));
    const down = button("↓", "Move down", () => move(row, 1));
    up.dataset.up = down.dataset.down = "";
    tools.append(number, up, down, button("Cite", "Cite in the text", () => cite(row)));
    tools.draggable = true;
    tools.addEventListener("dragstart", (event) => { event.dataTransfer.setData("text/plain", ""); row.dataset.dragged = ""; });
    tools.addEventListener("dragend", () => { delete row.dataset.dragged; place(); });
    row.prepend(tools);
  }

  group.addEventListener("dragover", (event) => {
    const dragged = group.querySelector("[data-dragged]");
    const over = event.target.closest(".inline-related:not(.empty-form)");
    if (!dragged) return;
    event.preventDefault();
    if (!over || over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged); else over.after(dragged);
  });
  group.addEventListener("drop", (event) => event.preventDefault());
  group.addEventListener("input", show);

  function add(reference) {
    group.querySelector(".add-row a").click();
    const row = numberless();
    for (const name of ["citation", "doi", "pmid", "url"]) field(row, name).value = reference[name];
    field(row, "record").value = JSON.stringify(reference.record);
    return row;
  }
  const numberless = () => rows().reduce((last, row) => (index(row) > index(last) ? row : last));

  async function find(name, value) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append(name, value);
    say("Looking …");
    try {
      const answer = await fetch(box.dataset.references, { method: "POST", body: data, redirect: "manual", credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.type);
      const { references, problems } = await answer.json();
      const added = references.map(add);
      place();
      if (added.length) {
        words.value = "";
        form.dispatchEvent(new Event("input", { bubbles: true }));
        field(added[0], "citation").focus();
      }
      say(...(added.length ? [`Added ${added.length === 1 ? "1 reference" : `${added.length} references`}. Save to keep them.`] : []), ...problems);
    } catch {
      say("The server can’t be reached, or you’re signed out. Nothing is lost. Sign in again in another tab, then try again.");
    }
    file.value = "";
  }

  box.hidden = false;
  box.querySelector("[data-add]").addEventListener("click", () => find("words", words.value));
  words.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); find("words", words.value); } });
  file.addEventListener("change", () => { if (file.files.length) find("file", file.files[0]); });
  document.addEventListener("formset:added", (event) => { if (event.detail.formsetName === "references") { dress(event.target); place(); } });
  document.addEventListener("formset:removed", (event) => { if (event.detail.formsetName === "references") place(); });
  rows().forEach(dress);
  show();
}
