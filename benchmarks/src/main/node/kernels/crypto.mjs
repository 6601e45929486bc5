import { ctr, gcm } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Guest } from '../guest.mjs';
import { bytes } from '../inputs.mjs';

const guest = new Guest('crypto');
const data = bytes(64 << 10);
const key = bytes(16);
const nonce = bytes(12);

// AES in @noble/ciphers is fast because it looks tables up; the module must not.
export default {
  sha256: { wasm: () => guest.bytes('sha256', data), js: () => sha256(data) },
  md5: { wasm: () => guest.bytes('md5', data), js: () => md5(data) },
  hmacSha256: { wasm: () => guest.bytes('hmac_sha256', key, data), js: () => hmac(sha256, key, data) },
  aesCtr: { wasm: () => guest.bytes('aes_ctr', key, key, data), js: () => ctr(key, key).encrypt(data) },
  aesGcmEncrypt: {
    wasm: () => guest.bytes('aes_gcm_encrypt', key, nonce, new Uint8Array(0), data),
    js: () => gcm(key, nonce).encrypt(data),
  },
};
