import { decompress as unbrotli } from 'brotli/decompress.js';
import { gunzipSync, gzipSync } from 'fflate';
import lz4 from 'lz4js';
import { Guest } from '../guest.mjs';
import { json } from '../inputs.mjs';

const guest = new Guest('compression');
const data = new TextEncoder().encode(json(100_000));
const gzipped = guest.bytes('gzip', data, 6);
const lz4Compressed = guest.bytes('lz4_compress', data, 0);
const brotliCompressed = guest.bytes('brotli_compress', data, 5);

// Nobody writes brotli in JavaScript: the encoder of the package brotli is C made JavaScript.
export default {
  gzip: { wasm: () => guest.bytes('gzip', data, 6), js: () => gzipSync(data, { level: 6 }) },
  gunzip: { wasm: () => guest.bytes('gunzip', gzipped, 0), js: () => gunzipSync(gzipped) },
  lz4: { wasm: () => guest.bytes('lz4_compress', data, 0), js: () => lz4.compress(data) },
  unlz4: { wasm: () => guest.bytes('lz4_decompress', lz4Compressed, 0), js: () => lz4.decompress(lz4Compressed) },
  brotli: { wasm: () => guest.bytes('brotli_compress', data, 5) },
  unbrotli: { wasm: () => guest.bytes('brotli_decompress', brotliCompressed, 0), js: () => unbrotli(brotliCompressed) },
};
