// The same data as Inputs.java and compute.c make: every array is the beginning of one sequence.

// Marsaglia's xorshift with 32 bits.
function randomNumbers() {
  let state = 20261121;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export function bytes(length) {
  const random = randomNumbers();
  return Uint8Array.from({ length }, () => random() * 256);
}

export const floats = length => Float32Array.from({ length }, randomNumbers());
export const doubles = length => Float64Array.from({ length }, randomNumbers());

export function json(length) {
  let json = '[';
  for (let i = 0; json.length < length; i++) {
    json += `{"id":${i},"name":"person ${i}","scores":[${i}.5,-1e3,true,null]},`;
  }
  return json + '0]';
}

// What json keeps to; the same as in Inputs.java.
export const SCHEMA = {
  type: 'array',
  items: { anyOf: [{ const: 0 }, { $ref: '#/$defs/person' }] },
  $defs: {
    person: {
      type: 'object',
      required: ['id', 'name', 'scores'],
      properties: {
        id: { type: 'integer', minimum: 0 },
        name: { type: 'string', pattern: '^person [0-9]+$', maxLength: 40 },
        scores: { type: 'array', minItems: 1, items: { type: ['number', 'boolean', 'null'] } },
      },
      additionalProperties: false,
    },
  },
};
