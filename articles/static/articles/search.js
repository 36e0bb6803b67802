// Suggests names while somebody types into a field of a search form. Without it the form works all the same.
// The pattern is the combobox of the ARIA Authoring Practices: list autocomplete with manual selection.

const SHORTEST = 2; // letters
const PAUSE = 150; // milliseconds without a key

function attach(form) {
  const field = form.elements.q;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  const known = new Map();
  let chosen = -1;
  let timer = 0;
  let request = new AbortController();

  list.id = `${field.id}-names`;
  list.className = "suggested";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status.className = "hide";
  status.setAttribute("role", "status");
  field.parentElement.append(list, status);
  field.type = "text"; // a search field may not be a combobox
  field.enterKeyHint = "search";
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  close();

  function close() {
    clearTimeout(timer);
    request.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(place) {
    chosen = place;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  }

  function show([typed, names, kinds, addresses]) {
    list.replaceChildren(
      ...names.map((name, at) => {
        const option = document.createElement("li");
        const kind = document.createElement("span");
        option.id = `${list.id}-${at}`;
        option.dataset.address = addresses[at];
        option.setAttribute("role", "option");
        kind.textContent = kinds[at];
        option.append(`${name} `, kind);
        return option;
      }),
    );
    list.hidden = !names.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = names.length ? `${names.length} suggestion${names.length === 1 ? "" : "s"}` : "";
    choose(-1);
  }

  async function suggest() {
    const typed = field.value.trim().toLowerCase();
    if (typed.length < SHORTEST) return close();
    request.abort();
    const { signal } = (request = new AbortController());
    try {
      if (!known.has(typed)) {
        const address = new URL("suggest/", form.action);
        address.search = new URLSearchParams({ q: typed });
        const answer = await fetch(address, { signal });
        if (!answer.ok) return close();
        known.set(typed, await answer.json());
      }
      if (!signal.aborted && document.activeElement === field) show(known.get(typed));
    } catch {
      // The next key asks again.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.address);
    else if (event.key === "ArrowDown" && !list.hidden) choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp" && !list.hidden) choose(chosen < 0 ? last : chosen - 1);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.address);
  });
}

for (const form of document.querySelectorAll('form[role="search"]')) attach(form);
