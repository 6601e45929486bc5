/** Texts of modules are written by strangers: what is shown of them must not change how the rest reads. */

const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;
const VARIATIONS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const PILES_OF_MARKS = /(\p{M}{3})\p{M}+/gu;

const codePoint = (character) =>
  "‹U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "›";

/** The text with controls, bidirectional and invisible characters spelled out. */
export function harmless(text) {
  return String(text)
    .replace(/\r?\n/g, " ↵ ")
    .replace(/\t/g, " ")
    .replace(INVISIBLE, codePoint)
    .replace(VARIATIONS, "")
    .replace(PILES_OF_MARKS, "$1…");
}

/** An address to link to, or null if it is not one of the web. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
