/* While an issue is sent, its page counts along. Without script the same counts stand there as of when it was loaded. */
const EVERY = 3000; // ms

const place = document.querySelector("[data-progress]");
if (place) watch();

function watch() {
  const say = (name, value) => place.querySelectorAll(`[data-count="${name}"]`).forEach((one) => { one.textContent = value.toLocaleString("en"); });

  async function look() {
    if (document.hidden) return;
    const answer = await fetch(place.dataset.progress, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) return;
    const { state, words, counts } = await answer.json();
    for (const [name, value] of Object.entries(counts)) say(name, value);
    place.querySelector("progress").value = counts.settled;
    document.querySelector("[data-standing]").textContent = words;
    if (state !== "approved" && state !== "sending") { clearInterval(timer); location.reload(); }
  }

  const timer = setInterval(() => look().catch(() => {}), EVERY);
}
