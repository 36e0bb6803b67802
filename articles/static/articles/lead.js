/* An article's lead picture, by the same gallery as the pictures of its text: chosen, dropped or pasted on its panel, or
   taken with the phone. The form's own field keeps the choice; without this script it is chosen there. */
const place = document.querySelector("[data-lead]");
const select = document.querySelector('select[name="lead_image"]');
if (place && select && window.Pictures) begin();

function begin() {
  const { bringIn, button, choose, describe, make, saveAfter, telling } = window.Pictures;
  const { library, upload } = place.dataset;
  const panel = place.closest(".tab-panel");
  const row = (name) => panel.querySelector(`.form-row.field-${name}`);
  const own = [row("lead_preview"), row("lead_image"), row("picture_file"), row("lead_caption")];
  const about = [...panel.querySelectorAll(".form-row")].filter((each) => !own.includes(each)); // the picture as it was opened
  const opened = select.value;
  const shown = make("div");
  shown.append(...place.childNodes);
  const said = make("p", { role: "status", class: "lead-said" });
  const coming = make("p", { class: "coming" });
  const open = () => choose({ library, use, take });
  const chooser = button("Choose a picture", open);
  const remove = button("Remove", () => {
    const before = [select.value, [...shown.childNodes]];
    set("", [make("p", {}, "No lead picture.")]);
    say("The lead picture was removed. Save to keep this.", button("Undo", () => { say(""); set(...before); chooser.focus(); }));
    chooser.focus();
  });
  place.append(shown, coming, make("p", { class: "button-row" }, chooser, " ", remove), said);
  const say = (...words) => said.replaceChildren(...words.flatMap((each) => [each, " "]));

  // Links to the field lead to the button that stands for it.
  for (const each of [row("lead_image"), row("picture_file")]) each.hidden = !each.querySelector(".errorlist");
  if (row("lead_image").hidden) {
    row("lead_image").querySelector("label").removeAttribute("for");
    select.removeAttribute("id");
    chooser.id = "id_lead_image";
  }
  remove.hidden = !select.value;

  function set(value, nodes) {
    if (value && ![...select.options].some((each) => each.value === value)) select.append(new Option("", value));
    select.value = value;
    shown.replaceChildren(...nodes);
    remove.hidden = !value;
    for (const each of about) each.hidden = value !== opened;
    for (const kind of ["input", "change"]) select.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  function figure(picture) {
    const alt = picture.alt || (picture.decorative ? "none, it is decorative" : "none yet");
    const edit = button("Edit alt text and credit", async () => { use(await describe(picture)); });
    return [
      make("figure", {}, make("img", { class: "preview", src: `${picture.thumbnail}?width=640`, alt: picture.alt }),
        make("figcaption", {}, make("strong", {}, picture.title), make("span", {}, `Alt text: ${alt}`), make("span", {}, `Credit: ${picture.credit || "none yet"}`))),
      make("p", {}, edit),
    ];
  }

  function use(picture) {
    set(String(picture.id), figure(picture));
    say(picture.complete ? `“${picture.title}” is chosen. Save to keep this.` : `“${picture.title}” is chosen. Its credit is incomplete, so the article can’t be published yet.`);
    chooser.focus();
  }

  let queue = Promise.resolve();
  function take([file, ...others]) {
    const words = make("span", {}, "Uploading…");
    const bar = make("progress", { max: "1", value: "0", "aria-label": `Uploading ${file.name}` });
    say(others.length ? "An article has one lead picture, so only the first file is uploaded." : "");
    const work = queue.then(async () => {
      coming.replaceChildren(words, " ", bar);
      const picture = await bringIn(upload, file, telling(bar, words));
      if (picture) use(picture);
    });
    queue = saveAfter(select.form, work).catch((problem) => {
      say(problem.message, problem.again ? button("Try again", () => take([file])) : "");
    }).then(() => { coming.replaceChildren(); });
  }

  const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    panel.addEventListener(name, (event) => { if (carries(event)) { event.preventDefault(); place.classList.add("over"); } });
  }
  panel.addEventListener("dragleave", (event) => { if (!panel.contains(event.relatedTarget)) place.classList.remove("over"); });
  panel.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    place.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    const isHere = panel.contains(event.target) || (event.target === document.body && panel.checkVisibility());
    if (!files.length || !isHere) return;
    event.preventDefault();
    take(files);
  });
}
