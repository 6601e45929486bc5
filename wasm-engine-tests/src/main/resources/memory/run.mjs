// Calls the functions of module.wasm as calls.json says, and prints what each came to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const module = new WebAssembly.Module(readFileSync(join(folder, 'module.wasm')));
const functions = new WebAssembly.Instance(module).exports;

function digest() {
  let hash = 0;
  for (const byte of new Uint8Array(functions.memory.buffer)) {
    hash = (Math.imul(31, hash) + byte) | 0;
  }
  return hash;
}

const lines = [];
for (const [name, ...args] of JSON.parse(readFileSync(join(folder, 'calls.json'), 'utf8'))) {
  if (name === 'digest') {
    lines.push(String(digest()));
    continue;
  }
  try {
    const result = functions[name](...args.map((arg) => (arg.endsWith('n') ? BigInt(arg.slice(0, -1)) : Number(arg))));
    lines.push(result === undefined ? 'done' : String(result));
  } catch (failure) {
    if (!(failure instanceof WebAssembly.RuntimeError)) {
      throw failure;
    }
    lines.push('trap');
  }
}
process.stdout.write(lines.join('\n') + '\n');
