// Calls `main` of pairs of modules with the same arguments and tells where their answers differ.
import fs from 'node:fs';
import path from 'node:path';

const directory = process.argv[2];
const calls = JSON.parse(fs.readFileSync(path.join(directory, 'calls.json'), 'utf8'));
const shown = (value) =>
  JSON.stringify(value, (key, each) => (typeof each === 'number' || typeof each === 'bigint' ? String(each) : each));

function run(module, values) {
  const notes = [];
  const instance = new WebAssembly.Instance(module, { env: { note: (value) => notes.push(value) } });
  let answer;
  try {
    answer = instance.exports.main(...values);
  } catch (trap) {
    answer = trap.message;
  }
  const memory = Buffer.from(instance.exports.memory.buffer).toString('base64');
  return [shown([answer, notes, instance.exports.state.value]), memory];
}

let differences = 0;
let runs = 0;
for (const { seed, values } of calls) {
  const [whole, split] = ['whole', 'split'].map(
    (kind) => new WebAssembly.Module(fs.readFileSync(path.join(directory, `${kind}-${seed}.wasm`))),
  );
  for (const each of values) {
    const numbers = each.map((value) => (value.endsWith('n') ? BigInt(value.slice(0, -1)) : Number(value)));
    const [expected, memory] = run(whole, numbers);
    const [found, memoryFound] = run(split, numbers);
    runs++;
    if (expected !== found || memory !== memoryFound) {
      differences++;
      console.log(`module ${seed} called with ${each}: ${found} instead of ${expected}`);
    }
  }
}
console.log(`${runs} runs, ${differences} differences`);
