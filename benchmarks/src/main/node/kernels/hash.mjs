import { blake2b } from '@noble/hashes/blake2.js';
import { blake3 } from '@noble/hashes/blake3.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { Guest } from '../guest.mjs';
import { bytes } from '../inputs.mjs';

const guest = new Guest('hash');
const data = bytes(64 << 10);

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

function crc32(data) {
  let crc = ~0;
  for (let i = 0; i < data.length; i++) crc = CRC_TABLE[(crc ^ data[i]) & 255] ^ (crc >>> 8);
  return ~crc;
}

function murmur32(data, seed) {
  const blocks = data.length & ~3;
  let h = seed;
  const mixed = k => {
    k = Math.imul(k, 0xcc9e2d51);
    return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  };
  for (let i = 0; i < blocks; i += 4) {
    h ^= mixed(data[i] | (data[i + 1] << 8) | (data[i + 2] << 16) | (data[i + 3] << 24));
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = data.length - 1; i >= blocks; i--) tail = (tail << 8) | data[i];
  if (blocks < data.length) h ^= mixed(tail);
  h ^= data.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

// JavaScript has no integers of 64 bits that are fast: no peers for xxh64 and xxh3.
export default {
  crc32: { wasm: () => guest.call('crc32', data), js: () => crc32(data) },
  murmur32: { wasm: () => guest.call('murmur32', data, 0), js: () => murmur32(data, 0) },
  xxh64: { wasm: () => guest.call('xxh64', data, 0n) },
  xxh3: { wasm: () => guest.call('xxh3', data, 0n) },
  sha512: { wasm: () => guest.bytes('sha512', data), js: () => sha512(data) },
  blake2b: { wasm: () => guest.bytes('blake2b', data), js: () => blake2b(data) },
  blake3: { wasm: () => guest.bytes('blake3', data), js: () => blake3(data) },
};
