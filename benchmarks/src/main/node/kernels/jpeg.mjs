import { readFileSync } from 'node:fs';
import { Guest } from '../guest.mjs';

const guest = new Guest('jpeg');
const file = readFileSync(new URL('../../resources/jpeg/picture.jpg', import.meta.url));

export default {
  decodeRgb: { wasm: () => guest.bytes('decode_rgb', file) },
};
