/* While an issue is sent, its page counts along, and before that how long its approval can be undone; in a draft, its
   articles move up and down with a button, and the preview follows what is typed. Without script the counts stand there
   as of when the page was loaded, and the order is that of the numbers. */
const EVERY = 3000; // ms

const place = document.querySelector("[data-progress]");
if (place) watch();
const left = document.querySelector("[data-left]");
if (left) countDown(Number(left.dataset.left));
const frame = document.querySelector("[data-preview] iframe");
document.addEventListener("kept", () => { frame.contentWindow.location.replace(frame.src); });
const restore = document.querySelector("[data-restore]");
if (restore) offer();
const articles = document.querySelector("#items-group tbody");
if (articles?.querySelector("[name$=-position]")) order(articles);

function countDown(seconds) {
  const ends = performance.now() + seconds * 1000;
  const show = () => {
    const now = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    left.textContent = now > 0 && now < 3600 ? (now > 90 ? `${Math.ceil(now / 60)} min` : `${now} s`) : "";
  };
  show();
  setInterval(show, 500);
}

/* What was typed comes back into the fields, where it is kept and saved like any other words. */
function offer() {
  restore.hidden = false;
  restore.addEventListener("click", () => {
    document.querySelectorAll("[data-typed]").forEach((words) => {
      const field = document.getElementById(`id_${words.dataset.typed}`);
      field.value = words.textContent;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    restore.closest(".held").hidden = true;
    document.getElementById("id_introduction").focus();
  });
}

function watch() {
  const say = (name, value) => place.querySelectorAll(`[data-count="${name}"]`).forEach((one) => { one.textContent = value.toLocaleString("en"); });

  async function look() {
    if (document.hidden) return;
    const answer = await fetch(place.dataset.progress, { headers: { "X-Unattended": "1" }, credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) return;
    const { state, words, counts } = await answer.json();
    for (const [name, value] of Object.entries(counts)) say(name, value);
    place.querySelector("progress").value = counts.settled;
    document.querySelector("[data-label]").textContent = words;
    if (state !== "approved" && state !== "sending") { clearInterval(timer); location.reload(); }
  }

  const timer = setInterval(() => look().catch(() => {}), EVERY);
}

function order(list) {
  const told = document.body.appendChild(Object.assign(document.createElement("p"), { className: "visually-hidden" }));
  told.setAttribute("role", "status");
  const rows = () => [...list.querySelectorAll("tr.form-row:not(.empty-form)")];
  const number = (row) => row.querySelector("[name$=-position]");
  const name = (row) => row.querySelector("select option:checked")?.textContent.trim() || "this article";

  /* The numbers of before, in their order, given out anew from top to bottom. */
  function count() {
    rows().forEach((row, place) => { number(row).value = place + 1; });
    rows().forEach((row, place, all) => {
      row.querySelector("[data-move='-1']").disabled = place === 0;
      row.querySelector("[data-move='1']").disabled = place === all.length - 1;
    });
  }

  function move(button, row, by) {
    const all = rows(), there = all[all.indexOf(row) + by];
    if (!there) return;
    if (by < 0) there.before(row); else there.after(row);
    count();
    number(row).dispatchEvent(new Event("input", { bubbles: true })); // leaving the page asks first
    told.textContent = `${name(row)}: place ${rows().indexOf(row) + 1} of ${all.length}. Save to keep this.`;
    (button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button).focus();
  }

  function furnish(row) {
    const cell = number(row)?.parentElement;
    if (!cell || cell.querySelector("[data-move]")) return;
    for (const [by, sign, words] of [[-1, "↑", "up"], [1, "↓", "down"]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "move", textContent: sign });
      button.dataset.move = by;
      button.addEventListener("click", () => move(button, row, by));
      button.addEventListener("focus", () => button.setAttribute("aria-label", `Move ${name(row)} ${words}`));
      button.setAttribute("aria-label", `Move ${name(row)} ${words}`);
      cell.append(button);
    }
  }

  function furnishAll() { rows().forEach(furnish); if (rows().length) count(); }

  document.addEventListener("formset:added", furnishAll);
  document.addEventListener("formset:removed", furnishAll);
  if (rows().every((row) => number(row))) furnishAll();
}
