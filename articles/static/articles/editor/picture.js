// Pictures of the library inside the editor. In the text a picture stands by its number, never by an address:
// <figure data-picture="12"><figcaption>Caption</figcaption></figure>. Here it is shown with a thumbnail.
CKEDITOR.plugins.add("picture", {
  requires: "widget",

  init(editor) {
    const library = editor.config.pictureLibraryUrl;
    const ask = async (query) => {
      const answer = await fetch(`${library}?${new URLSearchParams(query)}`, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(`The library answered ${answer.status}.`);
      return (await answer.json()).pictures;
    };

    editor.widgets.add("picture", {
      editables: { caption: { selector: "figcaption", allowedContent: "strong em sup sub; a[!href,title]" } },
      upcast(element) {
        if (element.name !== "figure" || !element.attributes["data-picture"]) return false;
        if (!element.children.some((child) => child.name === "figcaption")) {
          element.add(new CKEDITOR.htmlParser.element("figcaption"));
        }
        return true;
      },
      downcast(element) {
        for (const child of [...element.children]) if (child.name === "img" || child.name === "p") child.remove();
        return element;
      },
      async init() {
        const id = this.element.getAttribute("data-picture");
        const image = new CKEDITOR.dom.element("img", editor.document);
        this.element.append(image, true);
        try {
          const [picture] = await ask({ id });
          image.setAttribute("src", picture.thumbnail);
          image.setAttribute("alt", picture.alt || picture.title);
        } catch {
          image.setAttribute("alt", `Picture ${id} cannot be shown here.`);
        }
      },
    });

    if (!library) return;
    editor.addCommand("choosePicture", { exec: () => open() });
    editor.ui.addButton("Picture", { label: "Picture", command: "choosePicture", icon: "image", toolbar: "insert" });

    const insert = (picture) => {
      const caption = "<figcaption></figcaption>";
      editor.insertHtml(`<figure data-picture="${Number(picture.id)}">${caption}</figure>`);
      editor.focus();
    };

    const open = () => {
      const dialog = document.createElement("dialog");
      dialog.className = "picture-chooser";
      dialog.setAttribute("aria-label", "Choose a picture");
      const search = Object.assign(document.createElement("input"), { type: "search", placeholder: "Search the library" });
      search.setAttribute("aria-label", "Search the library");
      const list = document.createElement("ul");
      const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
      close.addEventListener("click", () => dialog.close());
      dialog.append(search, list, close);
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);

      const say = (sentence) => {
        const line = document.createElement("li");
        line.textContent = sentence;
        list.replaceChildren(line);
      };
      const show = (pictures) => {
        if (!pictures.length) return say("No picture of the library fits.");
        list.replaceChildren(
          ...pictures.map((picture) => {
            const button = Object.assign(document.createElement("button"), { type: "button" });
            const image = Object.assign(document.createElement("img"), { src: picture.thumbnail, alt: "" });
            const words = document.createElement("span");
            words.textContent = picture.complete ? picture.title : `${picture.title} (its credit is not complete)`;
            button.append(image, words);
            button.addEventListener("click", () => {
              dialog.close();
              insert(picture);
            });
            const line = document.createElement("li");
            line.append(button);
            return line;
          }),
        );
      };
      const refresh = () => ask({ q: search.value }).then(show, () => say("The library cannot be reached. Try again."));
      let waiting;
      search.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(refresh, 250);
      });
      search.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault();
      });
      dialog.showModal();
      refresh();
    };
  },
});
