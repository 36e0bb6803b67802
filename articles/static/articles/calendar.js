/* On the calendar a scheduled article is dragged to another day, and keeps its time of day. The server decides: the drop
   is a form like that behind “Move…”, which does the same without a mouse. */
const form = document.getElementById("move-form");
let dragged = null;

const over = (event) => event.target.closest?.(".day");
const unmark = () => { for (const day of document.querySelectorAll(".day.over")) day.classList.remove("over"); };

addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-move]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
});
addEventListener("dragover", (event) => {
  const day = dragged && over(event);
  unmark();
  if (!day) return;
  event.preventDefault(); // it may be dropped here
  day.classList.add("over");
});
addEventListener("drop", (event) => {
  const day = dragged && over(event);
  if (!day) return;
  event.preventDefault();
  if (day.contains(dragged)) return;
  form.action = dragged.dataset.move;
  form.elements.day.value = day.dataset.day;
  form.submit();
});
addEventListener("dragend", () => { dragged = null; unmark(); });
