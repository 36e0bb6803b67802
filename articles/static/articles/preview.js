/* The article as readers will see it, beside the text: read again after each autosave, where its reader was in it. */
const view = document.querySelector("[data-preview] iframe");
const saved = document.querySelector("[data-autosave]");
if (view && saved) {
  const read = () => {
    const { contentWindow: page } = view;
    const top = page ? page.scrollY : 0;
    view.addEventListener("load", () => view.contentWindow.scrollTo(0, top), { once: true });
    const lead = document.querySelector('[name="lead_image"]');
    view.src = `${view.src.split("?")[0]}?typed${lead ? `&lead=${lead.value}` : ""}`;
  };
  const isShown = () => Boolean(document.querySelector('[name="beside"]:is([value="phone"], [value="desktop"]):checked'));
  let isOld = false;
  const follow = () => { if (isShown()) read(); else isOld = true; };
  document.addEventListener("kept", follow);
  document.addEventListener("change", (event) => {
    if (event.target.name === "lead_image") follow();
    if (event.target.name === "beside" && isOld && isShown()) { isOld = false; read(); }
  });
}
