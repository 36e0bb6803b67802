/* Where some words are in a text, whatever its blanks, tags and the numbers that it cites. */
const CITED = /\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]/g;
export const BLOCKS = "p, li, h2, h3, h4, td, th, blockquote, caption, figcaption, dt, dd";

/* The letters of a text without its blanks and the numbers that it cites, and where each of them is: blocks end with a
   line. A number may be cut by a tag, so it is looked for in the whole block. */
export function letters(root) {
  const found = { words: "", at: [] };
  const walker = root.ownerDocument.createTreeWalker(root, 4 /* texts */);
  let block = null;
  let words = "";
  let at = [];
  const close = () => {
    const cited = [...words.matchAll(CITED)].map((match) => [match.index, match.index + match[0].length]);
    let own = "";
    for (let index = 0; index < words.length; index += 1) {
      while (cited.length && index >= cited[0][1]) cited.shift();
      if (!/\S/.test(words[index]) || (cited.length && index >= cited[0][0])) continue;
      own += words[index];
      found.at.push(at[index]);
    }
    found.words += `${own}\n`;
    found.at.push(null);
    words = "";
    at = [];
  };
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const own = text.parentElement.closest(BLOCKS) || root;
    if (own !== block && words) close();
    block = own;
    for (let offset = 0; offset < text.data.length; offset += 1) at.push([text, offset]);
    words += text.data;
  }
  if (words) close();
  return found;
}

export const bare = (words) => words.replace(CITED, "").replace(/\s+/g, "");

/* The range of some words, looked for from a letter on; null if they are not there any more. */
export function rangeOf(words, text, from = 0) {
  const wanted = bare(words);
  const at = wanted ? text.words.indexOf(wanted, from) : -1;
  if (at < 0) return null;
  const range = text.at[at][0].ownerDocument.createRange();
  const [last, end] = text.at[at + wanted.length - 1];
  range.setStart(...text.at[at]);
  range.setEnd(last, end + 1);
  return { range, next: at + wanted.length };
}

/* The block that says some words, or nothing. */
export function blockOf(words, root) {
  const found = root && rangeOf(words, letters(root));
  return found && found.range.startContainer.parentElement.closest(BLOCKS);
}
