import lz4 from 'lz4js';
import { Guest } from '../guest.mjs';
import { bytes, json } from '../inputs.mjs';

const guest = new Guest('memory');
const before = bytes(1 << 20);
const after = before.slice();
for (let i = 1000; i < after.length; i += 64 << 10) after[i]++;
const text = new TextEncoder().encode(json(100_000));

function differingRanges(a, b) {
  const ranges = [];
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    const from = i;
    while (i < a.length && a[i] !== b[i]) i++;
    ranges.push(from, i);
  }
  return ranges;
}

export default {
  copy: { wasm: () => guest.bytes('copy', before, 0, before.length), js: () => before.slice() },
  differingRanges: { wasm: () => guest.bytes('differing_ranges', before, after, 0), js: () => differingRanges(before, after) },
  compressBlock: {
    wasm: () => guest.bytes('compress_block', text),
    js: () => {
      const block = new Uint8Array(lz4.compressBound(text.length));
      return lz4.compressBlock(text, block, 0, text.length, new Int32Array(1 << 16));
    },
  },
};
