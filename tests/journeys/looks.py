"""What a browser is asked about a page: how wide it is, what is cut off, how large targets are, where the focus stands.

Each is JavaScript for `page.evaluate` and answers with a list of what is wrong; elements are named by `called`.
"""

CALLED = """
const called = (one) => `${one.localName}${one.id && `#${one.id}`}.${one.className} “${(one.innerText || one.value || "").trim().slice(0, 40)}”`;
const shown = (one) => one.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true })
  && one.getClientRects().length && !one.closest(".trap, .hide, .visually-hidden");
const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]";
"""

TOO_WIDE = """() => document.documentElement.scrollWidth > innerWidth
  ? [`${document.documentElement.scrollWidth} px of ${innerWidth}`] : []"""

# WCAG 1.4.10: a table may be wider than its frame, and what is written on one line scrolls in its field.
SCROLLS_ASIDE = f"""() => {{ {CALLED}
  return [...document.querySelectorAll("body *")].filter((one) => {{
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
    if (!scrolls || !shown(one) || one.matches("select, textarea")) return false;
    const edge = one.getBoundingClientRect().left + one.clientLeft + one.clientWidth + 1;
    const isOut = (part) => shown(part) && part.getBoundingClientRect().right > edge && !part.closest("table");
    return [...one.querySelectorAll("*")].some(isOut);
  }}).map(called);
}}"""
# Whether something is shown that no look before showed.
SHOWN_NOTHING = "() => { window.shownBefore = new WeakSet(); return false; }"
SHOWS_MORE = """() => {
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
  const more = [...document.querySelectorAll("body *")].filter((one) => !shownBefore.has(one) && isShown(one));
  more.forEach((one) => shownBefore.add(one));
  return more.length > 0;
}"""
# In which colors words are set and on what, large or small, and of a link what tells it from the words around it: each
# combination once.
COMBINATIONS = """() => {
  const isThin = (one) => one && (getComputedStyle(one).opacity < 1 || isThin(one.parentElement));
  const behind = (one) => {
    if (!one) return "";
    const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
    const own = [backgroundColor, backgroundImage, opacity].join().replace("rgba(0, 0, 0, 0),none,1", "");
    return backgroundColor.startsWith("rgb(") && !isThin(one) ? own : own + behind(one.parentElement);
  };
  const set = (one) => {
    const style = getComputedStyle(one);
    const isLarge = parseFloat(style.fontSize) >= (style.fontWeight >= 700 ? 18.66 : 24);
    const aside = [style.textDecorationLine, style.borderBottomStyle, style.fontWeight, style.fontStyle];
    const link = one.closest("a") ? [...aside, one.parentElement && getComputedStyle(one.parentElement).color] : [];
    return [style.color, style.textShadow, style.forcedColorAdjust, isLarge, ...link, behind(one)].join();
  };
  const says = (one) => one.matches("input, select, textarea")
    || [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
  return [...new Set([...document.querySelectorAll("body, body *")].filter((one) => says(one) && shown(one)).map(set))];
}"""
UNFOLD = "() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


# WCAG 1.4.12: line height 1.5, paragraphs 2, letters 0.12, words 0.16 of the font size.
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
    * { word-spacing: 0.16em !important; } p, li, dd { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
SPACE_BACK = "() => { document.adoptedStyleSheets = []; }"

# A list's credit opens whole on focus and hover, and the whole of it stands on the page that it leads to. On the desk,
# a field of one line scrolls, the editor's frame does, and signs stand in the place of words that are for readers aloud.
CUT_OFF = f"""() => {{ {CALLED}
  return [...document.querySelectorAll("body *")].filter((one) => {{
    const style = getComputedStyle(one);
    if (!shown(one) || one.matches(`.source, .skip, svg, svg *, input, .cke_contents, .select2-hidden-accessible,
      .selector :is(button, label), label:has(img)`)) return false;
    const clips = [style.overflowX, style.overflowY].some((how) => how === "hidden" || how === "clip");
    return clips && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
  }}).map(called);
}}"""

# WCAG 2.5.5. A link within a sentence may be as high as its line; a box and its label are one target.
TOO_SMALL = f"""() => {{ {CALLED}
  const target = (one) => one.matches("[type=radio], [type=checkbox], .term *") ? one.closest(".tick, .pick, .term") : one;
  const inline = (one) => {{
    const {{ display }} = getComputedStyle(one);
    if (!display.startsWith("inline") || display === "inline-flex") return false;
    const block = one.closest("p, li, dd, dt, td, figcaption, blockquote, address, div, summary");
    return block && block.innerText.trim() !== one.innerText.trim();
  }};
  return [...document.querySelectorAll(FOCUSABLE)].filter(shown).filter((one) => {{
    if (one.matches(".skip, [tabindex='-1']") || inline(target(one))) return false;
    const {{ width, height }} = target(one).getBoundingClientRect();
    const isCard = one.matches(":is(.card, .row, .person) h3 a, .lead h2 a"); // the whole of the card leads there
    return Math.round(width) < 44 || (Math.round(height) < 44 && !isCard);
  }}).map((one) => `${{called(one)}} ${{JSON.stringify(target(one).getBoundingClientRect())}}`);
}}"""

MOVING = f"""() => {{ {CALLED}
  const long = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  return [...document.querySelectorAll("*")].filter((one) => {{
    const style = getComputedStyle(one);
    return long(style.transitionDuration) || style.animationName !== "none" || style.scrollBehavior === "smooth";
  }}).map(called);
}}"""

# Marks what a keyboard should come to; of a group of radio buttons it comes to one, of a drawing that the desk shows by
# day and by night to the one by day: the other is inert, for the mouse too.
STOPS = f"""() => {{ {CALLED}
  const group = (one) => one.type === "radio" && one.name;
  const member = (one, state) => document.querySelector(`[name="${{one.name}}"]${{state}}`);
  const first = (one) => !group(one) || one.checked || (!member(one, ":checked") && member(one, "") === one);
  const copied = (one) => one.closest(".drawing-day + .drawing-night[inert]");
  const stops = [...document.querySelectorAll(FOCUSABLE)]
    .filter((one) => shown(one) && one.tabIndex >= 0 && !one.disabled && first(one) && !copied(one));
  stops.forEach((one, number) => {{ one.dataset.stop = number; }});
  document.body.tabIndex = -1;
  document.body.focus(); // so that the first tab starts from the top
  document.body.removeAttribute("tabindex");
  scrollTo(0, 0);
  return stops.length;
}}"""
# Where the focus stands: its number, its name (“outside” after the last), and what hides it.
STANDING = f"""() => {{ {CALLED}
  const one = document.activeElement;
  if (one === document.body) return [null, "outside", []];
  const style = getComputedStyle(one);
  const box = one.getClientRects()[0];
  const wrong = [];
  const isRinged = (outline) => outline.outlineStyle !== "none" && parseFloat(outline.outlineWidth) >= 2;
  const whole = one.closest(".cke_chrome, .select2-selection, .row, .card"); // which is one, and ringed as one
  const isLetter = one.matches("iframe[sandbox]"); // in which a link has the ring that a reader's program gives it
  if (!isLetter && !isRinged(style) && !(whole && isRinged(getComputedStyle(whole)))) wrong.push("no ring");
  if (style.opacity < 1) wrong.push("faint");
  const isIn = (from, to, size) => to > 0 && from < size;
  const isSeen = box?.width > 1 && isIn(box.top, box.bottom, innerHeight) && isIn(box.left, box.right, innerWidth);
  if (!isSeen) wrong.push("out of sight");
  else {{
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const top = document.elementFromPoint(x, Math.min(Math.max(y, 0), innerHeight - 1));
    if (top && !one.contains(top) && !top.contains(one)) wrong.push(`under ${{called(top)}}`);
  }}
  return [one.dataset.stop ?? null, called(one), wrong];
}}"""

# Notes where the focus stands as the next key comes down, and as it goes into a frame, whose keys are not heard here:
# the number of each stop once, or what is wrong there; then all of them, and where the focus stands.
WRITES_DOWN = f"""() => {{
  removeEventListener("keydown", window.writeDown, true);
  removeEventListener("blur", window.writeDownSoon);
  window.stops = [];
  window.writeDown = () => {{
    const [number, name, wrong] = ({STANDING})();
    const here = wrong.length ? `${{name}} ${{wrong}}` : Number(number ?? NaN);
    if (name !== "outside" && stops.at(-1) !== here) stops.push(here);
  }};
  window.writeDownSoon = () => setTimeout(writeDown);
  addEventListener("keydown", writeDown, true);
  addEventListener("blur", writeDownSoon);
}}"""
WRITTEN_DOWN = f"() => {{ writeDown(); return [stops, ({STANDING})()]; }}"


def together(*asked: str) -> str:
    """Several looks at once."""
    return f"() => [{', '.join(asked)}].flatMap((look) => look())"


def spaced_out(*asked: str) -> str:
    """The same while the text is spaced out."""
    return f"() => {{ ({SPACE_OUT})(); const found = ({together(*asked)})(); ({SPACE_BACK})(); return found; }}"
