// Pictures of the library inside the editor. In the text a picture stands by its number, never by an address:
// <figure data-picture="12"><figcaption>Caption</figcaption></figure>. Here it is shown with a thumbnail. A file that is
// chosen, dropped or pasted goes into the library first (`Pictures`, pictures.js); a raw <img> is shown as what it is.
CKEDITOR.plugins.add("picture", {
  requires: "widget,clipboard",

  init(editor) {
    const { pictureLibraryUrl: library, pictureUploadUrl: upload } = editor.config;
    const { asking, bringIn, button, choose, isPicture, make, saveAfter, telling } = window.Pictures;
    const ask = asking(library, "pictures");

    // In the text --------------------------------------------------------------------------------------------------------
    editor.widgets.add("picture", {
      editables: {
        caption: { selector: "figcaption", allowedContent: "strong em sup sub; a[!href,title]" },
        words: { selector: ".in-words", allowedContent: "p ul ol li strong em sup sub; a[!href,title]" },
      },
      upcast(element) {
        if (element.name !== "figure" || !element.attributes["data-picture"]) return false;
        if (!element.children.some((child) => child.name === "figcaption")) {
          element.add(new CKEDITOR.htmlParser.element("figcaption"));
        }
        // What opens under the picture on the page lies open here, and has its place where there is none yet.
        let words = element.children.find((child) => child.name === "details");
        if (!words) element.add(words = new CKEDITOR.htmlParser.element("div"));
        words.name = "div";
        words.attributes = { class: "in-words", "data-cke-label": element.attributes["data-media"] ? "Transcript" : "In words, for those who can’t see it (optional)" };
        return true;
      },
      downcast(element) {
        for (const child of [...element.children]) {
          if (child.name === "img" || child.name === "p") child.remove();
          if (!child.hasClass?.("in-words")) continue;
          child.name = "details";
          child.attributes = {};
          if (!child.getHtml().replace(/<[^>]*>|&nbsp;|\s/g, "")) child.remove();
        }
        return element;
      },
      async init() {
        const id = this.element.getAttribute("data-picture");
        const image = new CKEDITOR.dom.element("img", editor.document);
        this.element.append(image, true);
        try {
          const [picture] = await ask({ id });
          image.setAttribute("src", `${picture.thumbnail}?width=640`);
          image.setAttribute("alt", picture.alt || picture.title);
        } catch {
          image.setAttribute("alt", `Picture ${id} can't be shown here.`);
        }
      },
    });

    // A raw picture of another site is not loaded, which would tell that site who writes here: its address is shown.
    editor.widgets.add("pasted", {
      inline: true,
      upcast(element) {
        if (element.name !== "img" || element.hasClass("cke_widget_mask")) return false;
        const { alt = "" } = element.attributes;
        const src = element.attributes["data-cke-saved-src"] || element.attributes.src || "";
        const holder = new CKEDITOR.htmlParser.element("span", { class: "pasted-picture", "data-src": src, "data-alt": alt });
        holder.add(new CKEDITOR.htmlParser.text(CKEDITOR.tools.htmlEncode(`A picture from another site, not shown: ${src || "no address"}. Save, then add it to the library.`)));
        element.replaceWith(holder);
        return holder;
      },
      downcast(element) {
        const { "data-src": src, "data-alt": alt } = element.attributes;
        return new CKEDITOR.htmlParser.element("img", alt ? { src, alt } : { src });
      },
    });

    // On their way -------------------------------------------------------------------------------------------------------
    const coming = new Map(); // number -> what happens if its placeholder is taken out
    let last = 0;
    editor.widgets.add("coming", {
      downcast: () => new CKEDITOR.htmlParser.text(""), // a placeholder is never part of the text
      init() {
        if (!coming.has(this.element.getAttribute("data-coming"))) setTimeout(() => editor.widgets.del(this)); // brought back by an undo
      },
    });

    const place = (file) => {
      const number = String(last += 1);
      coming.set(number, file);
      const words = CKEDITOR.tools.htmlEncode(file.name || "the picture");
      const html = `<div class="coming" data-coming="${number}"><span>${words}</span> <span class="told">Uploading…</span> <progress max="1" value="0"></progress></div>`;
      const element = CKEDITOR.dom.element.createFromHtml(html, editor.document);
      editor.insertElement(element);
      editor.widgets.initOn(element, "coming");
      return number;
    };
    const placed = (number) => Object.values(editor.widgets.instances).find((each) => each.name === "coming" && each.element.getAttribute("data-coming") === number);

    let medium = null; // the video or audio that the next picture stands for (blocks.js)
    const figureOf = (picture) => {
      const { kind, caption = "" } = medium || {};
      medium = null;
      return `<figure${kind ? ` data-media="${kind}"` : ""} data-picture="${Number(picture.id)}"><figcaption>${caption}</figcaption></figure>`;
    };
    const settle = (number, picture) => {
      const widget = placed(number);
      coming.delete(number);
      if (!widget) return picture && say(`“${picture.title}” is in the library, but its place in the text was removed.`);
      const { wrapper } = widget;
      if (picture) {
        const figure = CKEDITOR.dom.element.createFromHtml(figureOf(picture), editor.document);
        figure.insertBefore(wrapper);
        editor.widgets.del(widget);
        editor.widgets.initOn(figure, "picture");
        say(picture.complete ? `“${picture.title}” was added to the text.` : `“${picture.title}” was added to the text. Its credit is incomplete, so the article can't be published yet.`);
      } else editor.widgets.del(widget);
      editor.fire("saveSnapshot");
      editor.fire("change");
    };

    let queue = Promise.resolve();
    const take = (file, number = place(file)) => {
      const progress = (part) => {
        const there = placed(number)?.element.$;
        if (there) telling(there.querySelector("progress"), there.querySelector(".told"))(part);
      };
      const work = queue.then(async () => settle(number, await bringIn(upload, file, progress)));
      queue = saveAfter(editor.element.$.form, work).then(() => editor.focus(), (problem) => {
        settle(number, null);
        say(problem.message, problem.again ? button("Try again", () => { say(""); take(file); }) : "");
      });
    };

    const said = make("p", { class: "picture-said", role: "status" });
    editor.on("instanceReady", () => editor.container.$.after(said));
    const say = (...words) => said.replaceChildren(...words.flatMap((each) => [each, " "]));

    // Dropped and pasted -------------------------------------------------------------------------------------------------
    const filesOf = (transfer) => Array.from({ length: transfer.getFilesCount() }, (_none, at) => transfer.getFile(at));
    const DATA = /<img\b[^>]*?\bsrc\s*=\s*(["'])\s*(data:image\/[^"']+)\1[^>]*>/gi;
    const fileOf = (address) => {
      const [head, rest] = address.split(/,(.*)/s);
      const bytes = /;base64$/i.test(head) ? atob(rest.replace(/\s/g, "")) : decodeURIComponent(rest);
      return new File([Uint8Array.from(bytes, (each) => each.charCodeAt(0))], "A pasted picture", { type: head.slice(5).split(";")[0] });
    };
    CKEDITOR.plugins.clipboard.addFileMatcher(editor, () => true); // what a file is, is said below, not by CKEditor
    editor.on("paste", (event) => {
      if (!upload) return;
      const { dataTransfer, dataValue = "" } = event.data;
      const files = filesOf(dataTransfer);
      const words = dataValue.replace(/<[^>]*>|&nbsp;|\s/g, "");
      if (files.length && !words) {
        event.cancel();
        const pictures = files.filter(isPicture);
        if (!pictures.length) say(`“${files[0].name}” isn't a supported picture. Use JPEG, PNG, GIF, WebP or AVIF.`);
        pictures.forEach((file) => take(file));
        return;
      }
      const inside = [];
      event.data.dataValue = dataValue.replace(DATA, (whole, _quote, address) => {
        try { inside.push(fileOf(address)); return ""; } catch { return whole; }
      });
      if (inside.length) setTimeout(() => inside.forEach((file) => take(file)));
    }, null, null, 1);

    // Chosen -------------------------------------------------------------------------------------------------------------
    if (!library) return;
    editor.addCommand("choosePicture", { exec: (_editor, given) => { medium = given?.kind ? given : null; open(); } });
    editor.ui.addButton("Picture", { label: "Picture", command: "choosePicture", icon: "image", toolbar: "insert" });
    const insert = (picture) => {
      editor.insertHtml(figureOf(picture));
      editor.focus();
    };

    const takeAll = (files) => { editor.focus(); files.filter(isPicture).forEach((each) => take(each)); };
    const open = () => choose({ library, multiple: true, use: insert, take: upload && takeAll });
  },
});
