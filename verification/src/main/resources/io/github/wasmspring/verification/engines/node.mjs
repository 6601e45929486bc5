// Runs modules that NodeRunner sends and answers as JavaRunner does.
import crypto from 'node:crypto';
import readline from 'node:readline';

const view = new DataView(new ArrayBuffer(8));

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
    return `trap: ${failure.message}`;
  }
}

function state(exports, tables, globals) {
  const words = ['state'];
  for (const each of globals) {
    const name = each.slice(0, -1);
    words.push(`${name}=${shown(each.at(-1), exports[name].value)}`);
  }
  for (let i = 0; i < tables; i++) {
    const elements = Array.from({ length: exports[`size${i}`]() }, (_, element) => exports[`null${i}`](element));
    words.push(`table${i}=${elements.join('')}`);
  }
  const bytes = new Uint8Array(exports.memory.buffer);
  const digest = crypto.createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return [...words, `memory=${bytes.length}`, digest].join(' ');
}

function run([first, ...calls]) {
  const [module, fuel, tables, globals] = first.split(' ');
  const answers = [];
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(module, 'base64')));
    for (const each of calls) {
      const [kind, ...call] = each.split(' ');
      answers.push(answer(exports, Number(fuel), call));
      if (kind === 'seen') answers.push(state(exports, Number(tables), globals.split(',')));
    }
  } catch (failure) {
    answers.push(`refused: ${failure.message}`);
  }
  return answers;
}

// Who asked may be gone.
process.stdout.on('error', () => process.exit());

let question = [];
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line !== '') {
    question.push(line);
  } else {
    process.stdout.write(run(question).concat('', '').join('\n'));
    question = [];
  }
}
