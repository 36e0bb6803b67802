// Blocks of the text, from one menu: “/” at a line's start opens it, and so does its button. A callout is an <aside> whose
// class says what it is (`richtext/policy.py`), definitions are a <dl>. Enter on an empty line leads out of either.
CKEDITOR.plugins.add("blocks", {
  init(editor) {
    const { button, dialog, make } = window.Pictures;
    const labels = Object.fromEntries(editor.config.callouts);
    const fresh = (name, before) => { const element = new CKEDITOR.dom.element(name, editor.document); if (before) element.insertAfter(before); return element; };
    const emptied = (element) => { element.appendBogus(); return element; };
    const isEmpty = (element) => !element.getText().replace(/[\s\u200b]/g, "");

    const caretIn = (element) => {
      const range = editor.createRange();
      range.moveToElementEditStart(element);
      range.select();
      range.startContainer.scrollIntoView?.();
    };
    /* The line with the caret, and the outermost element that it is in. */
    const here = () => {
      const path = editor.elementPath();
      const outer = path && path.elements.find((one) => one.getParent()?.equals(editor.editable()));
      const line = path && path.block;
      return { outer, line, isLine: Boolean(line && outer && line.equals(outer) && line.is("p")) };
    };
    const changed = (work) => () => {
      editor.fire("saveSnapshot");
      work(here());
      editor.fire("saveSnapshot");
      editor.fire("change");
    };

    const name = (box, kind) => box.setAttributes({ class: kind, "data-cke-label": labels[kind] });
    const callout = (kind) => changed(({ outer, line, isLine }) => {
      if (!outer) return;
      if (outer.is("aside")) {
        if (outer.hasClass(kind)) outer.remove(true); else name(outer, kind);
        return;
      }
      const box = fresh("aside", outer);
      name(box, kind);
      const words = isLine ? line : emptied(fresh("p"));
      box.append(words);
      const first = kind === "question" ? emptied(fresh("h3")) : words;
      if (kind === "question") box.append(first, true);
      caretIn(first);
    });
    const define = changed(({ outer, line, isLine }) => {
      if (!outer || outer.is("dl")) return;
      const list = fresh("dl", outer);
      const term = fresh("dt");
      list.append(term);
      list.append(emptied(fresh("dd")));
      if (isLine) { line.moveChildren(term); line.remove(); }
      if (isEmpty(term)) term.setHtml("");
      if (isEmpty(term)) emptied(term);
      caretIn(term);
    });
    /* A video or audio stays at its host: a picture of the library, a link in its caption, and its transcript. */
    const medium = (kind, verb) => () => {
      const address = make("input", { type: "url", placeholder: "https://…" });
      const title = make("input", { type: "text" });
      const length = make("input", { type: "text", placeholder: "12 minutes" });
      const told = make("p", { role: "alert" });
      const labeled = (words, field) => make("label", {}, words, field);
      const next = () => {
        const missing = !/^https:\/\/\S+$/i.test(address.value.trim()) ? [address, "Write the address where it can be played. It begins with https://."]
          : !title.value.trim() ? [title, "Write its title."] : !length.value.trim() ? [length, "Write how long it is, such as 12 minutes."] : null;
        if (missing) { told.textContent = missing[1]; missing[0].focus(); return; }
        const { htmlEncode, htmlEncodeAttr } = CKEDITOR.tools;
        const caption = `<a href="${htmlEncodeAttr(address.value.trim())}">${verb} “${htmlEncode(title.value.trim())}”</a> (${htmlEncode(length.value.trim())})`;
        box.close();
        editor.focus();
        editor.execCommand("choosePicture", { kind, caption });
      };
      const box = dialog(kind === "video" ? "Video" : "Audio", labeled("Where it can be played", address), labeled("Title", title), labeled("Length", length), told,
        make("p", { class: "button-row" }, button("Choose its picture…", next, ""), " ", button("Cancel", () => { box.close(); editor.focus(); })));
      box.classList.add("medium");
      box.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); next(); } });
      box.showModal();
      address.focus();
    };
    const heading = (level) => () => editor.applyStyle(new CKEDITOR.style({ element: level }));
    const command = (each) => () => editor.execCommand(each);
    const BLOCKS = [
      ["Heading 2", heading("h2")], ["Heading 3", heading("h3")],
      ["Bulleted list", command("bulletedlist")], ["Numbered list", command("numberedlist")],
      ["Quotation", command("blockquote")], ["Definition list", define],
      ...editor.config.callouts.map(([kind, label]) => [label, callout(kind)]),
      ["Picture", command("choosePicture")], ["Labeled drawing", command("chooseDrawing")], ["Table", command("table")],
      ["Video", medium("video", "Watch")], ["Audio", medium("audio", "Listen to")],
    ];

    // The menu -------------------------------------------------------------------------------------------------------------
    const beside = (box, element) => { // under the line, and within the window
      const frame = editor.window.getFrame().$.getBoundingClientRect();
      const line = element.$.getBoundingClientRect();
      const top = Math.min(frame.top + line.bottom, innerHeight - box.offsetHeight - 8);
      const left = Math.min(frame.left + line.left, innerWidth - box.offsetWidth - 8);
      Object.assign(box.style, { top: `${Math.max(8, top)}px`, left: `${Math.max(8, left)}px` });
    };
    const open = (typed) => {
      const id = `blocks-${editor.name}`;
      const list = make("ul", { id, role: "listbox", "aria-label": "Blocks" });
      const field = make("input", { type: "text", role: "combobox", "aria-label": "Find a block", "aria-expanded": "true", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off" });
      const told = make("p", { role: "status" });
      const box = dialog("Blocks", field, list, told);
      box.classList.add("blocks-menu");
      let chosen = 0;
      const finish = (run) => {
        box.close();
        editor.focus();
        if (run) run(); else if (typed) editor.insertText(typed + field.value);
      };
      const choose = (at) => {
        chosen = at;
        [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
        field.setAttribute("aria-activedescendant", list.children[at]?.id || "");
        list.children[at]?.scrollIntoView({ block: "nearest" });
      };
      let found = [];
      const show = () => {
        const wanted = field.value.trim().toLowerCase();
        found = BLOCKS.filter(([label]) => label.toLowerCase().includes(wanted));
        list.replaceChildren(...found.map(([label, run], at) => {
          const line = make("li", { id: `${id}-${at}`, role: "option" }, label);
          line.addEventListener("click", () => finish(run));
          return line;
        }));
        list.hidden = !found.length;
        told.textContent = found.length ? "" : typed ? `No block has that name. Enter keeps “${typed}${field.value}” as text.` : "No block has that name.";
        choose(0);
      };
      field.addEventListener("input", show);
      field.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!step && event.key !== "Enter") return;
        event.preventDefault();
        if (step && found.length) choose((chosen + step + found.length) % found.length);
        else if (event.key === "Enter" && !event.isComposing) finish(found[chosen]?.[1]);
      });
      box.addEventListener("cancel", (event) => { event.preventDefault(); finish(); });
      box.addEventListener("click", (event) => { if (event.target === box) finish(); });
      show();
      box.showModal();
      const { line, outer } = here();
      beside(box, line || outer || editor.editable());
      field.focus();
    };

    editor.addCommand("blocks", { exec: () => open("") });
    editor.ui.addButton("Blocks", { label: "Blocks", command: "blocks", icon: "creatediv", toolbar: "insert" });

    // Keys -----------------------------------------------------------------------------------------------------------------
    const isAtStart = (line) => {
      const range = editor.getSelection()?.getRanges()[0];
      if (!range || !range.collapsed) return false;
      const before = range.clone();
      before.setStartAt(line, CKEDITOR.POSITION_AFTER_START);
      return !before.cloneContents().$.textContent.replace(/\u200b/g, "");
    };
    const leave = (line, container) => {
      caretIn(emptied(fresh("p", container)));
      line.remove();
      if (isEmpty(container)) container.remove();
    };
    const enter = ({ line }) => {
      const parent = line && line.getParent();
      if (parent?.is("aside") && line.is("p") && isEmpty(line) && !line.getNext()) return () => leave(line, parent);
      if (!line?.is("dt", "dd")) return null;
      if (isEmpty(line)) return () => leave(line, parent);
      if (!editor.getSelection().getRanges()[0].checkEndOfBlock()) return null;
      const next = line.is("dt") && line.getNext();
      return () => caretIn(next && next.is("dd") && isEmpty(next) ? next : emptied(fresh(line.is("dt") ? "dd" : "dt", line)));
    };
    editor.on("key", (event) => {
      const { line, isLine } = here();
      const { key, ctrlKey, metaKey, altKey } = event.data.domEvent.$;
      if (key === "/" && !ctrlKey && !metaKey && !altKey && line?.is("p") && (isLine || line.getParent().is("aside")) && isAtStart(line)) {
        event.cancel();
        open("/");
      }
      const work = event.data.keyCode === 13 && enter({ line });
      if (!work) return;
      event.cancel();
      changed(work)();
    });
  },

  afterInit(editor) {
    const labels = Object.fromEntries(editor.config.callouts);
    editor.dataProcessor.dataFilter.addRules({
      elements: { aside: (element) => { element.attributes["data-cke-label"] = labels[element.attributes.class] || labels.note; } },
    });
  },
});
