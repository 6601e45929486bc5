// TypeScript without types, beside SWC's: the same tokens at the same places, and the same files refused.
import { call, MODULE, require, sources, TYPESCRIPT } from './shared.mjs';

const { transformSync } = require('@swc/wasm-typescript');
const acorn = require('acorn');

/** Tokens with their places; semicolons that stand for types may be more here. */
function tokens(text) {
  acorn.parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  return [...acorn.tokenizer(text, { ecmaVersion: 'latest', sourceType: 'module' })]
    .filter((token) => token.type.label !== ';')
    .map((token) => `${token.type.label} ${token.value} ${token.start}`)
    .join('\n');
}

let count = 0;
for (const { file, text } of sources(['.ts', '.mts'])) {
  if (/\.d\.m?ts$/.test(file)) continue;
  let theirs = null;
  try {
    theirs = transformSync(text, { mode: 'strip-only', module: true }).code;
  } catch {
    // Refused.
  }
  const answer = call('strip_types', text, MODULE | TYPESCRIPT);
  const refused = answer.refusals.length + answer.problems.length > 0;
  count++;
  if (refused || theirs === null) {
    if (refused !== (theirs === null)) console.log(`${file}: refused ${refused ? 'here' : 'there'} alone`);
  } else if (answer.code.length !== text.length || (answer.code !== theirs && tokens(answer.code) !== tokens(theirs))) {
    console.log(`${file}: other code`);
  }
}
console.log(`compared ${count}`);
