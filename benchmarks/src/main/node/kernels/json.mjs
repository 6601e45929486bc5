import { Guest } from '../guest.mjs';
import { json } from '../inputs.mjs';

const guest = new Guest('json');
const document = json(100_000);

// What V8 has built in, in C++, stands for JavaScript: nobody would write it in JavaScript.
export default {
  format: { wasm: () => guest.text('format', document, 2, 0), js: () => JSON.stringify(JSON.parse(document), null, 2) },
  minify: { wasm: () => guest.text('minify', document), js: () => JSON.stringify(JSON.parse(document)) },
  validate: { wasm: () => guest.text('validate', document), js: () => JSON.parse(document) },
};
