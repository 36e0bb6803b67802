// The library: files that are dropped, pasted or chosen come in one after the other, each with what became of it; and the
// focal point is set on the picture. Without this script the forms work as plain forms.
(() => {
  const { button, describe, drawing, make, send, telling, twins } = window.Pictures;
  for (const place of document.querySelectorAll("[data-with-script]")) place.hidden = false;

  // What comes in ------------------------------------------------------------------------------------------------------
  const form = document.querySelector("form.drop[data-upload]");
  if (form) {
    const input = form.querySelector("input[type=file]");
    const list = form.querySelector("[data-outcomes]");
    const said = form.querySelector("[data-said]");
    for (const place of form.querySelectorAll("[data-without-script]")) place.hidden = true;
    let before = Promise.resolve();

    const row = (file) => {
      const words = make("div", {}, make("p", {}, make("strong", {}, file.name || "A pasted picture")));
      const line = make("li", { class: "outcome" }, drawing(file, ""), words);
      list.prepend(line);
      return { line, show(kind, sentence, ...more) {
        line.className = `outcome ${kind}`;
        words.replaceChildren(words.firstChild, make("p", {}, sentence), ...more);
        if (kind !== "coming") said.textContent = sentence;
      } };
    };

    const take = async (file, { show, line }, anyway = false) => {
      const bar = make("progress", { max: "1", value: "0", "aria-label": `Uploading ${file.name}` });
      show("coming", "Uploading…", bar);
      const progress = telling(bar, bar.previousSibling);
      try {
        const answer = await send(form.dataset.upload, file, { progress, anyway });
        if (answer.outcome === "twin") {
          const use = (twin) => { location.assign(twin.page); };
          show("twin", "", twins(file, answer, { use, store: () => take(file, { show, line }, true) }));
          said.textContent = answer.sentence;
          return;
        }
        stored(answer, show, answer.form);
      } catch (problem) {
        const again = problem.again ? [button("Try again", () => take(file, { show, line }, anyway))] : [];
        show("refused", problem.message, ...again);
      }
    };

    const stored = (answer, show, html) => {
      const { picture } = answer;
      const edit = button("Add alt text and credit", async () => {
        const known = await describe(picture, html);
        const words = known.complete ? `Readers can see “${known.title}”.` : `“${known.title}” is saved, but its credit is incomplete.`;
        stored({ sentence: words, picture: known }, show, "");
      });
      show("stored", answer.sentence, make("p", { class: "button-row" }, edit, " ", make("a", { href: picture.page }, "Open its page")));
    };

    const takeAll = (files) => {
      for (const file of files) {
        const place = row(file);
        before = before.then(() => take(file, place));
      }
    };

    input.addEventListener("change", () => { takeAll([...input.files]); input.value = ""; });
    form.addEventListener("submit", (event) => { event.preventDefault(); input.click(); });
    const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    for (const name of ["dragenter", "dragover"]) {
      document.addEventListener(name, (event) => { if (carriesFiles(event)) { event.preventDefault(); form.classList.add("over"); } });
    }
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
    document.addEventListener("drop", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      form.classList.remove("over");
      takeAll([...event.dataTransfer.files]);
    });
    document.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (files.length) { event.preventDefault(); takeAll(files); }
    });
    window.addEventListener("beforeunload", (event) => { if (list.querySelector(".coming")) event.preventDefault(); });
  }

  // The focal point ----------------------------------------------------------------------------------------------------
  const frame = document.querySelector("[data-focal]");
  const point = frame && frame.querySelector("[data-focal-point]");
  if (point) {
    const [x, y] = ["x", "y"].map((axis) => document.getElementById(`id_focal_${axis}`));
    const told = document.querySelector("[data-focal-said]");
    const within = (number) => Math.min(1, Math.max(0, Math.round(number * 100) / 100));
    const show = () => { point.style.left = `${100 * x.value}%`; point.style.top = `${100 * y.value}%`; };
    const set = (left, top) => {
      x.value = within(left);
      y.value = within(top);
      show();
      told.textContent = `${Math.round(100 * x.value)} % from the left, ${Math.round(100 * y.value)} % from the top. Save to keep this.`;
    };
    frame.addEventListener("click", (event) => {
      if (event.target === point) return;
      const box = frame.querySelector("img").getBoundingClientRect();
      set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
      point.focus();
    });
    const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    point.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const size = event.shiftKey ? 0.1 : 0.02;
      set(Number(x.value) + size * step[0], Number(y.value) + size * step[1]);
    });
    x.addEventListener("input", show);
    y.addEventListener("input", show);
    point.hidden = false;
    show();
  }
})();
