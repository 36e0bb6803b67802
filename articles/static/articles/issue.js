/* While an issue is sent, its page counts along; in a draft, its articles move up and down with a button. Without script
   the counts stand there as of when the page was loaded, and the order is that of the numbers. */
const EVERY = 3000; // ms

const place = document.querySelector("[data-progress]");
if (place) watch();
const articles = document.querySelector("#items-group tbody");
if (articles?.querySelector("[name$=-position]")) order(articles);

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
