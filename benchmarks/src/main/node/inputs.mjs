// Data of the same kind and size as Inputs.java makes.
let state = 20261121;

// Marsaglia's xorshift with 32 bits.
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

export const bytes = length => Uint8Array.from({ length }, () => random() * 256);
export const floats = length => Float32Array.from({ length }, random);
export const doubles = length => Float64Array.from({ length }, random);

export function json(length) {
  let json = '[';
  for (let i = 0; json.length < length; i++) {
    json += `{"id":${i},"name":"person ${i}","scores":[${i}.5,-1e3,true,null]},`;
  }
  return json + '0]';
}
