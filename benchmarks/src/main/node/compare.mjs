// Measures one cell of the comparison on Node and prints it as Cell.java does:
//   node compare.mjs CASE node-wasm|node-js|native smoke|quick|full FOLDER_OF_MODULES
// prints median, 10th and 90th percentile, unit and, for kernels, the answer as Answer.java writes it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import zlib from 'node:zlib';
import { Guest, moduleFile } from './guest.mjs';
import { bytes, json } from './inputs.mjs';
import { load, prepare } from './programs.mjs';

const [name, engine, effort, folder] = process.argv.slice(2);
const { warmUpMillis, batches, batchMillis, limitMillis, warmingMillis } = {
  smoke: { warmUpMillis: 1, batches: 3, batchMillis: 1, limitMillis: 1, warmingMillis: 1 },
  quick: { warmUpMillis: 600, batches: 20, batchMillis: 20, limitMillis: 1000, warmingMillis: 4000 },
  full: { warmUpMillis: 3000, batches: 100, batchMillis: 20, limitMillis: 30000, warmingMillis: 12000 },
}[effort];
const FEW = 64;

const KERNELS = {
  'matmul-128': ['compute', 'matmulF32', Float32Array],
  'fft-1024': ['compute', 'fft', Float64Array],
  'k-means-1000x3': ['compute', 'kMeans', Float64Array],
  'cosine-10000x384': ['compute', 'cosine', Float32Array],
  'sha256-64k': ['crypto', 'sha256'],
  'blake3-64k': ['hash', 'blake3'],
  'xxh64-64k': ['hash', 'xxh64'],
  'json-format-100k': ['json', 'format'],
  'json-minify-100k': ['json', 'minify'],
  'gzip-100k': ['compression', 'gzip', zlib.gunzipSync],
  'gunzip-100k': ['compression', 'gunzip'],
  'brotli-100k': ['compression', 'brotli', zlib.brotliDecompressSync],
  'lz4-100k': ['compression', 'lz4'],
  'jpeg-320x240': ['jpeg', 'decodeRgb', Uint8Array],
};

// What modules answer to the byte, where the fallback in Java rounds otherwise.
const EXACT = { 'jpeg-320x240': new URL('../resources/jpeg/picture.answer', import.meta.url) };

// Libraries in C and C++ that Node has built in.
const data = bytes(64 << 10);
const document = new TextEncoder().encode(json(100_000));
const gzipped = zlib.gzipSync(document, { level: 6 });
const NATIVE = {
  'sha256-64k': () => createHash('sha256').update(data).digest(),
  'gzip-100k': () => zlib.gzipSync(document, { level: 6 }),
  'gunzip-100k': () => zlib.gunzipSync(gzipped),
  'brotli-100k': () =>
    zlib.brotliCompressSync(document, {
      params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: document.length },
    }),
};

let sink = 0;

function nanos(operation, runs) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < runs; i++) sink = operation(sink);
  return Number(process.hrtime.bigint() - start);
}

function median(sorted) {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function line(times, unit) {
  times.sort((a, b) => a - b);
  const tenth = Math.floor(times.length / 10);
  return [median(times), times[tenth], times[times.length - 1 - tenth]].map(time => time.toFixed(3)).join(' ') + ' ' + unit;
}

function measure(operation) {
  const end = performance.now() + warmUpMillis;
  let runs = 1;
  let took;
  while (true) {
    took = nanos(operation, runs);
    if (performance.now() >= end) break;
    if (took < (batchMillis * 1e6) / 2) runs *= 2;
  }
  runs = Math.max(1, Math.round((runs * batchMillis * 1e6) / took));
  const begin = performance.now();
  const times = [];
  while (times.length < batches && (times.length < 3 || performance.now() - begin < limitMillis)) {
    times.push(nanos(operation, runs) / runs);
  }
  return line(times, 'ns');
}

function fingerprint(answer, plain) {
  if (typeof answer === 'number') return `number ${answer | 0}`;
  if (typeof answer === 'bigint') return `number ${BigInt.asIntN(64, answer)}`;
  if (typeof answer === 'string') return 'sha256 ' + createHash('sha256').update(answer).digest('hex');
  if (plain?.BYTES_PER_ELEMENT) {
    const numbers = answer instanceof plain ? answer : new plain(answer.slice().buffer);
    if (numbers.length <= FEW) return 'exactly ' + Array.from(numbers, x => x.toPrecision(9)).join(' ');
    let sum = 0;
    let weighted = 0;
    numbers.forEach((x, i) => {
      sum += x;
      weighted += x * ((i % 7) + 1);
    });
    return `${plain === Uint8Array ? 'samples' : 'numbers'} ${numbers.length} ${sum.toPrecision(9)} ${weighted.toPrecision(9)}`;
  }
  return 'sha256 ' + createHash('sha256').update(plain ? plain(answer) : answer).digest('hex');
}

// A number that only an answer like this gives.
function digest(answer) {
  return typeof answer === 'object' ? answer.length + answer[answer.length - 1] : (answer.length ?? Number(answer));
}

async function task(kernelName) {
  const [module, operation, plain] = KERNELS[kernelName];
  let call = NATIVE[kernelName];
  let unpack = plain;
  if (engine !== 'native') {
    const { default: kernels } = await import(`./kernels/${module}.mjs`);
    call = kernels[operation][engine === 'node-wasm' ? 'wasm' : 'js'];
  }
  if (kernelName === 'lz4-100k') unpack = (await import('lz4js')).default.decompress;
  if (EXACT[kernelName]) check(readFileSync(EXACT[kernelName], 'utf8').trim(), fingerprint(call()));
  return { answer: fingerprint(call(), unpack), run: previous => (previous + digest(call())) % 1e9 };
}

async function kernel(kernelName) {
  const { answer, run } = await task(kernelName);
  return `${measure(run)} ${answer}`;
}

// As KernelWarmUp.java does it.
async function warmUp(kernelName) {
  const begin = performance.now();
  const { run } = await task(kernelName);
  const times = [];
  let now = performance.now();
  while (now - begin < warmingMillis || times.length < 36) {
    const start = now;
    let runs = 0;
    do {
      sink = run(sink);
      runs++;
      now = performance.now();
    } while (now - start < 5);
    times.push({ start: start - begin, each: (now - start) / runs });
  }
  const middle = batches => median(batches.map(batch => batch.each).sort((a, b) => a - b));
  const peak = middle(times.slice((times.length * 3) / 4));
  let first = 0;
  while (middle(times.slice(first, first + 9)) > 1.5 * peak) first++;
  return line([times[first].start * 1e6], 'ns');
}

async function program(label) {
  const run = await prepare(label, await load(label, folder));
  return measure(previous => previous + run().length);
}

// Processor time of all threads, from the bytes to the answer.
async function firstAnswer(label) {
  const bytes = await load(label, folder);
  const begin = process.cpuUsage();
  const run = await prepare(label, bytes);
  run();
  const { user, system } = process.cpuUsage(begin);
  return line([(user + system) * 1000], 'ns');
}

function check(expected, actual) {
  if (expected !== actual) throw new Error(`the answer is ${actual} instead of ${expected}`);
}

function call(kind) {
  if (kind === 'scalar') {
    const { add } = new Guest('calls').exports;
    check(42, add(20, 22));
    return measure(previous => add(previous, (previous >>> 1) | 1));
  }
  const guest = new Guest(kind === 'bytes-1m' ? 'megabyte' : 'calls');
  if (kind === 'string-1k') {
    const text = 'A kilobyte of text, 64 characters a line, sixteen lines of it.. '.repeat(16);
    check(text, guest.text('echo', text));
    return measure(previous => previous + guest.text('echo', text).length);
  }
  const megabyte = bytes(1 << 20);
  check(0, Buffer.compare(megabyte, guest.bytes('echo', megabyte)));
  return measure(previous => previous + guest.bytes('echo', megabyte).length);
}

function use(module, guest) {
  if (module === 'calls') check(42, guest.exports.add(20, 22));
  else if (module === 'json') check('[1]', guest.text('minify', '[ 1 ]'));
  else if (module === 'compression') {
    check('1,2,3', [...zlib.gunzipSync(guest.bytes('gzip', Uint8Array.of(1, 2, 3), 6))].join());
  } else {
    const length = guest.exports.get_plugin_info();
    check(true, length >= 100 && length <= 2000);
  }
}

function instantiate(module) {
  const compiled = new WebAssembly.Module(readFileSync(moduleFile(module)));
  return measure(previous => {
    use(module, new Guest(compiled));
    return previous + 1;
  });
}

function firstCall(module) {
  const file = module.startsWith('dprint') ? `${folder}/${module}.wasm` : moduleFile(module);
  const start = process.hrtime.bigint();
  use(module, new Guest(new WebAssembly.Module(readFileSync(file))));
  return line([Number(process.hrtime.bigint() - start)], 'ns');
}

const groups = { kernel, call, instantiate, program, 'first-call': firstCall, 'first-answer': firstAnswer, 'warm-up': warmUp };
const [group, rest] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
console.log(await groups[group](rest));
if (sink === undefined) process.exitCode = 1;
