/* Fields of Django's admin that have no name of their own get one: those in a table are called after their column, and
   choosers after the field that they stand for. Rows that are added later too. A table
   that is only read can be come to by keyboard. */
const words = (one) => (one ? one.textContent.trim().replace(/[:\s]+$/, "") : "");

function called(field) {
  const cell = field.closest(".tabular td");
  if (!cell) return words(document.querySelector(`label[for="${CSS.escape(field.id)}"]`));
  const heads = cell.closest("table").querySelectorAll("thead th");
  return words(heads[cell.cellIndex]) || words(heads[heads.length - 1]);
}

function name(part) {
  for (const head of part.querySelectorAll(".tabular th.original:empty")) head.ariaLabel = "Line";
  for (const field of part.querySelectorAll(".tabular :is(input:not([type=hidden]), select, textarea)")) {
    if (!field.labels?.length && !field.ariaLabel) field.ariaLabel = called(field);
  }
  for (const table of part.querySelectorAll(".tabular")) { // one that is only read has no field to bring the keyboard to it
    const stops = table.querySelectorAll("a[href], button, :is(input, select, textarea):not([type=hidden])");
    if ([...stops].some((one) => one.checkVisibility())) continue;
    Object.assign(table, { tabIndex: 0, role: "region", ariaLabel: words(table.querySelector("h2")) || "Table" });
  }
  for (const field of part.querySelectorAll(".datetime input")) {
    const kind = field.classList.contains("vTimeField") ? "time" : "date";
    if (!field.labels?.length) field.ariaLabel = `${words(field.closest(".form-row").querySelector("label, legend"))}, ${kind}`;
  }
  for (const hint of part.querySelectorAll(".help-tooltip[aria-label]")) hint.role = "img";
  for (const box of part.querySelectorAll(".select2-container")) {
    const field = box.previousElementSibling;
    const said = field && (field.ariaLabel || called(field));
    if (!said) continue;
    for (const one of box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) one.ariaLabel = said;
    // What is chosen stands in spans, which no list may hold.
    for (const one of box.querySelectorAll("ul.select2-selection__rendered, ul.select2-selection__rendered > li")) one.role = "none";
  }
}

const start = () => {
  name(document);
  new MutationObserver(() => name(document)).observe(document.getElementById("content") || document.body, { childList: true, subtree: true });
};
if (document.readyState === "complete") start();
else addEventListener("load", start);
