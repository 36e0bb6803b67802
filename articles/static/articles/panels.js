/* The panels beside an article: whatever a link on the page leads to is brought into sight, with the focus on it. */
const focusable = "a[href], button, input:not([type=hidden]), select, textarea, [tabindex]";

export function reveal(target) {
  const panel = target.closest(".tab-panel");
  const tab = panel && document.getElementById(panel.id.replace("panel-", "tab-"));
  if (tab) tab.checked = true;
  const panels = document.querySelector('[name="beside"][value="panels"]');
  if (panel && panels && !panel.checkVisibility()) panels.checked = true;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const editor = window.CKEDITOR && window.CKEDITOR.instances[target.id];
  if (editor) { editor.focus(); editor.container.$.scrollIntoView({ block: "center" }); return; }
  const field = target.matches(focusable) ? target : target.querySelector(focusable);
  const chooser = target.nextElementSibling?.querySelector?.(".select2-selection");
  (chooser || field || target).focus({ preventScroll: true });
  target.scrollIntoView({ block: panel ? "nearest" : "center" });
}

function follow(hash) {
  const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (target && target.closest(".work")) { reveal(target); return true; }
  return false;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && follow(link.hash)) event.preventDefault();
});
follow(location.hash);
