// Links: one dialog that finds pages of this site by name, and takes an address of any other. Ctrl+K opens it.
CKEDITOR.plugins.add("links", {
  requires: "link",

  init(editor) {
    const address = editor.config.linkTargetsUrl;
    const { button, dialog, make } = window.Pictures;
    const isAddress = (typed) => /^(https?:\/\/|mailto:|tel:|\/)\S+$/i.test(typed);

    const insert = (href, name) => {
      editor.focus();
      const there = CKEDITOR.plugins.link.getSelectedLink(editor);
      if (there) { there.setAttributes({ href, "data-cke-saved-href": href }); editor.fire("saveSnapshot"); return; }
      if (editor.getSelection().getRanges()[0]?.collapsed !== false) {
        editor.insertHtml(`<a href="${CKEDITOR.tools.htmlEncodeAttr(href)}">${CKEDITOR.tools.htmlEncode(name)}</a>`);
        return;
      }
      editor.applyStyle(new CKEDITOR.style({ element: "a", attributes: { href, "data-cke-saved-href": href }, type: CKEDITOR.STYLE_INLINE }));
      editor.fire("saveSnapshot");
    };

    const open = () => {
      const present = CKEDITOR.plugins.link.getSelectedLink(editor);
      const field = make("input", { type: "search", "aria-label": "Search this site, or an address", placeholder: "Search this site, or https://…" });
      const told = make("p", { role: "status" });
      const list = make("ul", { class: "link-targets" });
      const box = dialog("Link", field, told, list, button("Close", () => box.close()));
      box.addEventListener("close", () => editor.focus());
      const choose = (href, name) => { box.close(); insert(href, name); };
      const show = (typed, targets) => {
        told.textContent = targets.length ? "" : typed ? "Nothing on this site has that name." : "";
        list.replaceChildren(...targets.map(({ kind, name, url }) => make("li", {}, button(`${name} · ${kind}`, () => choose(url, name)))));
      };
      const refresh = async () => {
        const typed = field.value.trim();
        if (isAddress(typed)) {
          told.textContent = "";
          list.replaceChildren(make("li", {}, button(`Link to ${typed}`, () => choose(typed, typed))));
          return;
        }
        try {
          const answer = await fetch(`${address}?${new URLSearchParams({ q: typed })}`, { credentials: "same-origin", redirect: "error" });
          if (!answer.ok) throw new Error(answer.type);
          const { targets } = await answer.json();
          if (field.value.trim() === typed) show(typed, targets);
        } catch {
          list.replaceChildren();
          told.textContent = "The site can’t be searched, or you’re signed out. Try again.";
        }
      };
      let waiting;
      field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 200); });
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        if (isAddress(field.value.trim())) choose(field.value.trim(), field.value.trim());
        else list.querySelector("button")?.focus();
      });
      if (present) { field.value = present.data("cke-saved-href") || present.getAttribute("href") || ""; }
      box.showModal();
      field.focus();
      if (field.value) refresh();
    };

    editor.addCommand("findLink", { exec: open });
    editor.setKeystroke(CKEDITOR.CTRL + 75, "findLink");
    editor.ui.addButton("FindLink", { label: "Link", command: "findLink", icon: "link", toolbar: "links" });
  },
});
