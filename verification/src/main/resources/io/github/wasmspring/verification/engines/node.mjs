// Runs modules that NodeRunner sends and answers as JavaRunner does.
import crypto from 'node:crypto';
import readline from 'node:readline';
import v8 from 'node:v8';

const view = new DataView(new ArrayBuffer(8));

// Sections of modules that only those with the feature take; names are those of WasmFeature.
const PROBES = {
  MULTI_MEMORY: [5, 5, 2, 0, 0, 0, 0],
  MEMORY64: [5, 3, 1, 4, 0],
  THREADS: [5, 4, 1, 3, 0, 1],
  TAIL_CALL: code(0x12, 0),
  LEGACY_EXCEPTION_HANDLING: code(0x06, 0x40, 0x0b),
  EXCEPTION_HANDLING: code(0x1f, 0x40, 0, 0x0b),
};

function code(...instructions) {
  const size = instructions.length + 2;
  return [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, size + 2, 1, size, 0, ...instructions, 0x0b];
}

function missing() {
  return Object.keys(PROBES).filter(
    (name) => !WebAssembly.validate(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...PROBES[name])),
  );
}

function value(text) {
  const digits = text.slice(1);
  switch (text[0]) {
    case 'i':
      return Number(digits);
    case 'l':
      return BigInt(digits);
    default:
      if (digits === 'nan') return NaN;
      view.setBigUint64(0, BigInt('0x' + digits));
      return text[0] === 'f' ? view.getFloat32(4) : view.getFloat64(0);
  }
}

function shown(type, number) {
  if (type === 'i' || type === 'l') return type + number;
  if (Number.isNaN(number)) return type + 'nan';
  if (type === 'f') {
    view.setFloat32(0, number);
    return type + view.getUint32(0).toString(16);
  }
  view.setFloat64(0, number);
  return type + view.getBigUint64(0).toString(16);
}

function answer(exports, fuel, [name, types, ...values]) {
  try {
    exports.refuel(fuel);
    const results = [exports[name](...values.map(value))].flat();
    return ['gave', ...(types === '-' ? [] : [...types].map((type, i) => shown(type, results[i])))].join(' ');
  } catch (failure) {
    if (failure instanceof WebAssembly.Exception) return 'trap: uncaught exception';
    return `trap: ${failure.message}`;
  }
}

function state(exports, tables, memories, globals) {
  const words = ['state'];
  for (const each of globals) {
    const name = each.slice(0, -1);
    words.push(`${name}=${shown(each.at(-1), exports[name].value)}`);
  }
  for (let i = 0; i < tables; i++) {
    const elements = Array.from({ length: exports[`size${i}`]() }, (_, element) => exports[`null${i}`](element));
    words.push(`table${i}=${elements.join('')}`);
  }
  for (let i = 1; i < memories; i++) words.push(`memory${i}=${exports[`hash${i}`]()}`);
  // A copy, for that of a shared one is no input.
  const bytes = Uint8Array.from(new Uint8Array(exports.memory.buffer));
  const digest = crypto.createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return [...words, `memory=${bytes.length}`, digest].join(' ');
}

function run([first, ...calls]) {
  const [module, fuel, tables, memories, globals] = first.split(' ');
  const answers = [];
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(module, 'base64')));
    for (const each of calls) {
      const [kind, ...call] = each.split(' ');
      answers.push(answer(exports, Number(fuel), call));
      if (kind === 'seen') answers.push(state(exports, Number(tables), Number(memories), globals.split(',')));
    }
  } catch (failure) {
    const thrown = failure instanceof WebAssembly.Exception;
    answers.push(`refused: ${thrown ? 'uncaught exception' : failure.message}`);
  }
  return answers;
}

// Who asked may be gone.
process.stdout.on('error', () => process.exit());

// Before there is any module.
v8.setFlagsFromString('--experimental-wasm-memory64');
process.stdout.write(`${missing().join(' ')}\n`);

let question = [];
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line !== '') {
    question.push(line);
  } else {
    process.stdout.write(run(question).concat('', '').join('\n'));
    question = [];
  }
}
