// Labeled drawings inside the editor. In the text a drawing stands by its number, with its title as the caption:
// <figure data-drawing="3"><figcaption>How a pump works</figcaption></figure>.
CKEDITOR.plugins.add("drawing", {
  requires: "widget",

  init(editor) {
    const library = editor.config.drawingLibraryUrl;
    editor.widgets.add("drawing", {
      editables: { caption: { selector: "figcaption", allowedContent: "strong em sup sub" } },
      upcast(element) {
        if (element.name !== "figure" || !element.attributes["data-drawing"]) return false;
        if (!element.children.some((child) => child.name === "figcaption")) {
          element.add(new CKEDITOR.htmlParser.element("figcaption"));
        }
        return true;
      },
    });
    if (!library) return;

    const { asking, button, dialog, make } = window.Pictures;
    const ask = asking(library, "drawings");
    const insert = ({ id, title }) => {
      editor.insertHtml(`<figure data-drawing="${Number(id)}"><figcaption>${CKEDITOR.tools.htmlEncode(title)}</figcaption></figure>`);
      editor.focus();
    };
    const open = () => {
      const search = make("input", { type: "search", placeholder: "Search the drawings", "aria-label": "Search the drawings" });
      const list = make("ul", { class: "picture-grid" });
      const box = dialog("Choose a labeled drawing", search, list, button("Close", () => box.close()));
      const show = (drawings) => {
        if (!drawings.length) return list.replaceChildren(make("li", {}, "No matching drawings."));
        list.replaceChildren(...drawings.map((drawing) => {
          const words = drawing.checked ? drawing.title : `${drawing.title} (not checked)`;
          return make("li", {}, button(words, () => { box.close(); insert(drawing); }));
        }));
      };
      const refresh = () => ask({ q: search.value }).then(show, () => list.replaceChildren(make("li", {}, "The drawings can't be reached, or you're signed out. Try again.")));
      let waiting;
      search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 250); });
      search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
      box.showModal();
      search.focus();
      refresh();
    };
    editor.addCommand("chooseDrawing", { exec: open });
    editor.ui.addButton("Drawing", { label: "Labeled drawing", command: "chooseDrawing", icon: "templates", toolbar: "insert" });
  },
});
