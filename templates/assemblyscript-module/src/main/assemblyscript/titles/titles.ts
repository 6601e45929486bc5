// The module "titles": text as a headline.
import { answer, error, text } from "./guest";

export { wasm_alloc, wasm_free } from "./guest";

/** Every word with a capital, cut behind a word if it is longer than it may be. */
export function headline(address: usize, length: usize, maxLength: i32): u64 {
  if (maxLength < 1) {
    return error("titles.length", "maxLength must be positive");
  }
  const words = text(address, length).split(" ");
  let title = "";
  for (let i = 0; i < words.length; i++) {
    if (words[i].length == 0) continue;
    const word = words[i].charAt(0).toUpperCase() + words[i].substring(1);
    const longer = title.length == 0 ? word : title + " " + word;
    if (longer.length > maxLength) break;
    title = longer;
  }
  return answer(title);
}

/** The letter of a text at a place; it traps where there is none. */
export function letter_at(address: usize, length: usize, index: i32): i32 {
  const letters = text(address, length).split("");
  return letters[index].charCodeAt(0);
}
