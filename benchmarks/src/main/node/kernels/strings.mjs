import { Guest } from '../guest.mjs';
import { json } from '../inputs.mjs';

const guest = new Guest('strings');
const text = json(100_000);
const kilobyte = json(1_000);

function count(text, needle) {
  let count = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) count++;
  return count;
}

export default {
  hash: { wasm: () => guest.call('hash', kilobyte) },
  search: { wasm: () => guest.call('search', text, 'no such person'), js: () => text.indexOf('no such person') },
  count: { wasm: () => guest.call('count', text, 'person'), js: () => count(text, 'person') },
};
