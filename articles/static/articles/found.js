/* What a search engine and a shared address will show of an article, as its fields are typed. */
const panel = document.querySelector("[data-found]");
const form = document.getElementById("article_form");
if (panel && form) {
  const place = (name) => panel.querySelector(`[data-${name}]`);
  const words = (name) => form.elements[name].value.trim().replace(/\s+/g, " ");
  const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1).replace(/\s+\S*$/, "")}…` : text);
  const says = (what, text, most) => `${what}: ${text.length} characters${text.length > most ? `, of which about ${most} are shown` : ""}.`;
  const show = () => {
    const title = words("search_title") || words("title"), description = words("search_description") || words("standfirst");
    place("slug").textContent = words("slug");
    place("title").textContent = cut(`${title} – ${panel.dataset.name}`, 60);
    place("description").textContent = cut(description, 160);
    place("lengths").textContent = `${says("Title", title, 60)} ${says("Description", description, 160)}`;
  };
  const draw = () => {
    const card = place("card"), title = words("title");
    if (!card) return;
    card.src = `${card.src.split("?")[0]}?${new URLSearchParams({ title })}`;
    card.alt = `A card with the title “${title}”`;
  };
  form.addEventListener("input", show);
  document.getElementById("panel-search").addEventListener("input", show);
  form.elements.slug?.addEventListener("input", show);
  form.elements.title.addEventListener("change", draw);
  show();
}
