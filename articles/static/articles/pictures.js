// Pictures on their way into the library, for the editor and the library alike: a file is sent and its progress told; a
// twin is shown beside it; a form says what it shows and whose it is; a save waits for them. Nothing here decides: every
// answer is the desk's.
window.Pictures = (() => {
  const MOST_BYTES = 40 * 1024 * 1024; // as images/intake.py, which has the last word
  const AWAY = "The server can’t be reached, or you’re signed out. Nothing is lost. Sign in again in another tab, then try again.";
  const STALE = "This page has expired. Nothing is lost. Sign in in another tab, then try again.";

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") element.addEventListener("click", value); else if (value !== null) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
  const button = (words, onclick, kind = "plain") => make("button", { type: "button", class: kind, onclick }, words);

  // A sign-in in another tab draws a new token; the cookie has it, this page's form has the one of before.
  const token = () => {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]").value;
  };

  class Refused extends Error {
    constructor(sentence, again = false) { super(sentence); this.again = again; }
  }

  const post = (url, data, progress = () => {}) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
    request.addEventListener("error", () => reject(new Refused(AWAY, true)));
    request.addEventListener("load", () => {
      if (request.status === 403) return reject(new Refused(STALE, true));
      if (request.status === 413) return reject(new Refused("The file is too large for the server. Choose a smaller one."));
      try { return resolve(JSON.parse(request.responseText)); } catch { return reject(new Refused(AWAY, true)); }
    });
    request.send(data);
  });

  // The answer about one file: its `outcome` is stored or twin. Throws Refused with a sentence; `again` if trying helps.
  const send = async (url, file, { progress, anyway = false } = {}) => {
    if (!file.size) throw new Refused(`“${file.name}” is empty.`);
    if (file.size > MOST_BYTES) throw new Refused(`“${file.name}” is larger than 40 MB. Choose a smaller file.`);
    const data = new FormData();
    data.append("file", file, file.name || "pasted.png");
    if (anyway) data.append("anyway", "1");
    const answer = await post(url, data, progress);
    if (answer.outcome === "refused") throw new Refused(answer.sentence);
    return answer;
  };

  // The chosen file as a small drawing: a canvas, because the desk's policy lets no page load what is not the desk's.
  const drawing = (file, alt) => {
    const canvas = make("canvas", { ...(alt ? { role: "img", "aria-label": alt } : { "aria-hidden": "true" }), width: "320", height: "214" });
    createImageBitmap(file).then((bitmap) => {
      canvas.height = Math.max(1, Math.round(canvas.width * bitmap.height / bitmap.width));
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    }).catch(() => {});
    return canvas;
  };

  // Both pictures side by side, with what can be done about it.
  const twins = (file, answer, { use, store }) => {
    const same = answer.twins[0].same;
    const figure = (picture, title, words) => make("figure", {}, picture, make("figcaption", {}, make("strong", {}, title), words));
    const pair = make("div", { class: "side-by-side" }, figure(drawing(file, "The file you chose"), "Yours", file.name));
    for (const twin of answer.twins.slice(0, 3)) {
      const told = figure(make("img", { src: twin.thumbnail, alt: twin.alt }), "In the library", `${twin.title} (${twin.size}). ${twin.credit || "No credit yet"}`);
      told.append(button(same ? "Use it" : "Use this one", () => use(twin), ""));
      pair.append(told);
    }
    const view = make("div", { class: "twins" }, make("p", {}, answer.sentence), pair);
    if (!same) view.append(make("p", {}, button("It’s a different picture; store it anyway", store)));
    return view;
  };

  const dialog = (title, ...children) => {
    const id = `dialog-${Math.random().toString(36).slice(2)}`;
    const box = make("dialog", { class: "picture-chooser", "aria-labelledby": id });
    box.append(make("h2", { id }, title), ...children);
    box.addEventListener("close", () => box.remove());
    box.addEventListener("keydown", (event) => {  // Tab goes round: a modal <dialog> alone lets it out to the browser
      if (event.key !== "Tab" || event.defaultPrevented) return;
      const stops = [...box.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")]
        .filter((one) => !one.disabled && one.getClientRects().length);
      const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
      if (document.activeElement !== from || !to) return;
      event.preventDefault();
      to.focus();
    });
    document.body.append(box);
    return box;
  };

  // Asks about a twin: resolves with the picture to use, "store", or null for neither.
  const askAboutTwin = (file, answer) => new Promise((resolve) => {
    let chosen = null;
    const done = (value) => { chosen = value; box.close(); };
    const box = dialog("Is it the same picture?", twins(file, answer, { use: done, store: () => done("store") }), button("Cancel", () => box.close()));
    box.addEventListener("close", () => resolve(chosen));
    box.showModal();
  });

  // The form about one picture, in a dialog; resolves with the picture as it is then. `form` is HTML of the desk's own.
  const describe = (picture, form = "") => new Promise((resolve) => {
    const place = make("div");
    const said = make("p", { role: "status", class: "said" });
    const keep = button("Save", () => place.querySelector("form").requestSubmit(), "");
    const box = dialog("Alt text and credit", place, said, make("p", { class: "button-row" }, keep, " ", button("Later", () => box.close())));
    let known = picture;
    let waiting = 0;
    const show = (html) => {
      place.innerHTML = html;
      place.dispatchEvent(new Event("credit", { bubbles: true })); // for credit.js, where there is one
      const first = place.querySelector(".errors :is(input, textarea, select), input:not([type=hidden]), textarea");
      if (first) first.focus();
    };
    const lacks = (sentences) => {
      const there = place.querySelector("[data-lacks]");
      if (!there) return;
      there.replaceChildren(make("p", { class: sentences.length ? "state changes" : "state live" }, sentences.length ? "Readers can’t see it yet" : "The credit is complete"));
      if (sentences.length) there.append(make("ul", { class: "notes" }, ...sentences.map((each) => make("li", {}, each))));
    };
    const ask = async () => {
      const data = new FormData(place.querySelector("form"));
      data.append("ask", "1");
      try { lacks((await post(picture.describe, data)).lacks); } catch { /* it is said when it is kept */ }
    };
    place.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 600); });
    place.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      keep.disabled = true;
      try {
        const answer = await post(picture.describe, new FormData(event.target));
        if (answer.kept) { known = answer.picture; box.close(); } else { show(answer.form); said.textContent = "Please fix the fields marked in the form."; }
      } catch (problem) { said.textContent = problem.message; }
      keep.disabled = false;
    });
    box.addEventListener("close", () => { clearTimeout(waiting); resolve(known); });
    box.showModal();
    if (form) show(form);
    else fetch(picture.describe, { credentials: "same-origin", redirect: "error" }).then((answer) => answer.text()).then(show, () => { said.textContent = AWAY; });
  });

  // From a file to a picture of the library with its words, or null if it was left out. Throws Refused.
  const bringIn = async (url, file, progress) => {
    let answer = await send(url, file, { progress });
    if (answer.outcome === "twin") {
      const chosen = await askAboutTwin(file, answer);
      if (chosen !== "store") return chosen && !chosen.complete ? describe(chosen) : chosen;
      answer = await send(url, file, { progress, anyway: true });
      if (answer.outcome === "twin") return answer.twins[0];
    }
    return describe(answer.picture, answer.form);
  };

  // How far a file has come, in words beside its bar; once it is all there, the server makes its sizes.
  const telling = (bar, words) => (part) => {
    words.textContent = part < 1 ? `Uploading ${Math.floor(100 * part)} %` : "Making sizes…";
    if (part < 1) bar.value = part; else bar.removeAttribute("value");
  };

  // On their way to a form: its save waits for them, and doesn't go on by itself without one that failed.
  const notice = make("span", { role: "status" });
  let coming = [];
  let held = null; // the save that waits: the form and its button
  const goOn = () => {
    const { form, submitter } = held;
    held = null;
    notice.replaceChildren();
    form.requestSubmit(submitter);
  };
  const saveAfter = async (form, work) => {
    const one = { form };
    let arrived = false;
    coming.push(one);
    if (!notice.isConnected) (document.querySelector(".article-bar .saved") || form).append(notice);
    try {
      const answer = await work;
      arrived = true;
      return answer;
    } finally {
      coming = coming.filter((each) => each !== one);
      if (held?.form === form && !arrived) {
        held = null;
        notice.replaceChildren("Not saved: a picture didn’t arrive. Try it again, or save without it.");
      } else if (held?.form === form && !coming.some((each) => each.form === form)) goOn();
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!coming.some((each) => each.form === form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = { form, submitter: event.submitter };
    const without = () => { coming = coming.filter((each) => each.form !== form); goOn(); };
    notice.replaceChildren("Saving waits for a picture. ", button("Save without it", without));
  }, true);
  window.addEventListener("beforeunload", (event) => { if (coming.length) event.preventDefault(); });

  // Asks a list of the desk: the rows that an answer holds under a name.
  const asking = (address, rows) => async (query) => {
    const answer = await fetch(`${address}?${new URLSearchParams(query)}`, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(`The library answered ${answer.status}.`);
    return (await answer.json())[rows];
  };

  // The library in a dialog: `use` gets the picture that is chosen there, `take` the files that are brought to it.
  const choose = ({ library, multiple, use, take }) => {
    const ask = asking(library, "pictures");
    const search = make("input", { type: "search", placeholder: "Search the library", "aria-label": "Search the library" });
    const list = make("ul", { class: "picture-grid" });
    const input = (id, more) => make("input", { type: "file", id, accept: "image/jpeg,image/png,image/gif,image/webp,image/avif", ...more });
    const file = input("picture-file", multiple ? { multiple: "" } : {});
    const camera = input("picture-camera", { accept: "image/*", capture: "environment" });
    const drop = make("div", { class: "drop" }, make("label", { for: "picture-file" }, "Upload one, or drop it here"), file);
    if (matchMedia("(pointer: coarse)").matches) drop.append(make("label", { for: "picture-camera" }, "Take a photo"), camera);
    const box = dialog("Choose a picture", take ? drop : "", search, list, button("Close", () => box.close()));

    const takeAll = (files) => { box.close(); take([...files]); };
    for (const one of [file, camera]) one.addEventListener("change", () => takeAll(one.files));
    for (const name of ["dragenter", "dragover"]) box.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    box.addEventListener("dragleave", () => drop.classList.remove("over"));
    box.addEventListener("drop", (event) => { event.preventDefault(); if (take && event.dataTransfer.files.length) takeAll(event.dataTransfer.files); });
    box.addEventListener("paste", (event) => {
      event.stopPropagation();
      if (!take || !event.clipboardData.files.length) return;
      event.preventDefault();
      takeAll(event.clipboardData.files);
    });

    const show = (pictures) => {
      if (!pictures.length) return list.replaceChildren(make("li", {}, "No matching pictures."));
      list.replaceChildren(...pictures.map((picture) => {
        const words = picture.complete ? picture.title : `${picture.title} (incomplete credit)`;
        const choice = button("", () => { box.close(); use(picture); });
        choice.append(make("img", { src: picture.thumbnail, alt: "" }), make("span", {}, words));
        return make("li", {}, choice);
      }));
    };
    const refresh = () => ask({ q: search.value }).then(show, () => list.replaceChildren(make("li", {}, "The library can't be reached, or you're signed out. Try again.")));
    let waiting;
    search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 250); });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    box.showModal();
    search.focus();
    refresh();
  };

  const isPicture = (file) => /^image\//.test(file.type) || /\.(jpe?g|png|gif|webp|avif)$/i.test(file.name);

  return { asking, bringIn, button, choose, describe, dialog, drawing, isPicture, make, saveAfter, send, telling, twins };
})();
