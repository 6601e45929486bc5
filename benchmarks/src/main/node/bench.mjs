// Measures the kernels of all modules, or of those that are named, as Wasm and in JavaScript on this engine.
//   node bench.mjs [module]...
// Prints one JSON object a line: kernel, peer, micros (the median of seven batches of at least 200 ms, after one second of warm-up).
import { readdirSync } from 'node:fs';

const BATCH_MILLIS = 200;
const BATCHES = 7;
const WARM_UP_MILLIS = 1000;

// A guest of the comparison alone.
const NOT_BUNDLED = 'jpeg';

let sink;

function millis(operation, repetitions) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < repetitions; i++) sink = operation();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function measure(operation) {
  const end = Date.now() + WARM_UP_MILLIS;
  let repetitions = 1;
  while (Date.now() < end || millis(operation, repetitions) < BATCH_MILLIS) {
    if (millis(operation, repetitions) < BATCH_MILLIS) repetitions *= 2;
  }
  const times = Array.from({ length: BATCHES }, () => millis(operation, repetitions) / repetitions);
  return times.sort((a, b) => a - b)[BATCHES >> 1] * 1000;
}

const folder = new URL('kernels/', import.meta.url);
const wanted = process.argv.slice(2);
for (const file of readdirSync(folder).sort()) {
  const module = file.replace('.mjs', '');
  if (module === NOT_BUNDLED || (wanted.length > 0 && !wanted.includes(module))) continue;
  const { default: kernels } = await import(new URL(file, folder));
  for (const [kernel, peers] of Object.entries(kernels)) {
    for (const [peer, operation] of Object.entries(peers)) {
      const micros = measure(operation);
      console.log(JSON.stringify({ kernel: `${module}.${kernel}`, peer: peer === 'wasm' ? 'nodeWasm' : 'nodeJs', micros }));
    }
  }
}
if (sink === undefined) process.exitCode = 1;
