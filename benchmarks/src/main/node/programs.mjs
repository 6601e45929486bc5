// Large modules of others: the programs of Program.java, on this engine. Checks every new answer.
//   node programs.mjs PROGRAM FOLDER_OF_MODULES     prints the answer and its digest
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const TEXTS = new URL('../resources/programs/', import.meta.url);
const SOURCES = new URL('../java/io/github/wasmspring/benchmarks/programs/Program.java', import.meta.url);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const PROGRAMS = {
  'quickjs-script': ['quickjs', guest => quickJs(guest, text('script.js'))],
  'sqlite-recursive': ['sqlite', guest => sqlite(guest, text('recursive.sql'))],
  'sqlite-group-by': ['sqlite', guest => sqlite(guest, text('group-by.sql'), text('table.sql'), text('rows.sql'))],
  'dprint-line': ['dprint-typescript', guest => dprint(guest, text('line.ts'))],
  'dprint-1000-lines': [
    'dprint-typescript',
    guest => dprint(guest, Array.from({ length: 15 }, (_, i) => text('service.ts').replaceAll('NNN', i)).join('\n')),
  ],
};

function text(file) {
  return readFileSync(new URL(file, TEXTS), 'utf8');
}

// An instance whose host functions all answer 0.
class Guest {
  constructor(bytes) {
    const module = new WebAssembly.Module(bytes);
    const imports = {};
    for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
      if (kind === 'function') (imports[from] ??= {})[name] = () => 0;
    }
    const { exports } = new WebAssembly.Instance(module, imports);
    this.exports = exports;
    this.memory = Object.values(exports).find(item => item instanceof WebAssembly.Memory);
  }

  write(address, bytes) {
    new Uint8Array(this.memory.buffer).set(bytes, address);
  }

  read(address, length) {
    return decoder.decode(new Uint8Array(this.memory.buffer, address, length));
  }

  readInt(address) {
    return new DataView(this.memory.buffer).getInt32(address, true);
  }

  // Text that ends with a zero.
  readText(address) {
    return this.read(address, new Uint8Array(this.memory.buffer).indexOf(0, address) - address);
  }
}

function quickJs(guest, script) {
  const { _initialize, qjs_init, wasm_malloc, wasm_free, qjs_eval, qjs_get_string, qjs_free_cstring, qjs_free_value } = guest.exports;
  _initialize();
  qjs_init();
  return () => {
    const code = encoder.encode(script + '\0');
    const source = wasm_malloc(code.length);
    guest.write(source, code);
    const result = qjs_eval(source, code.length - 1, source + code.length - 1, 0);
    wasm_free(source);
    const string = qjs_get_string(result);
    const shown = guest.readText(string);
    qjs_free_cstring(string);
    qjs_free_value(result);
    return shown;
  };
}

// Its exports have short names, which SqliteGuest.java explains.
function sqlite(guest, query, ...before) {
  const { P: constructors, T: prepare, U: step, X: finalize, Z: columnText, ra: columnCount, Ha: open, Ia: malloc, Ja: free } = guest.exports;
  const write = string => {
    const bytes = encoder.encode(string + '\0');
    const address = malloc(bytes.length);
    guest.write(address, bytes);
    return address;
  };
  constructors();
  const out = malloc(8);
  open(write(':memory:'), out);
  const database = guest.readInt(out);
  const run = sql => {
    const source = write(sql);
    if (prepare(database, source, -1, out, 0) !== 0) throw new Error(sql);
    free(source);
    const statement = guest.readInt(out);
    let rows = '';
    let state = step(statement);
    while (state === 100) {
      const columns = columnCount(statement);
      for (let i = 0; i < columns; i++) {
        const value = columnText(statement, i);
        rows += (value === 0 ? 'NULL' : guest.readText(value)) + '|';
      }
      state = step(statement);
    }
    if (state !== 101) throw new Error(sql);
    finalize(statement);
    return rows;
  };
  before.forEach(run);
  return () => run(query);
}

function dprint(guest, source) {
  const { clear_shared_bytes, get_shared_bytes_ptr, register_config, set_file_path, format, get_formatted_text, get_error_text } = guest.exports;
  const send = string => {
    const bytes = encoder.encode(string);
    guest.write(clear_shared_bytes(bytes.length), bytes);
  };
  const receive = length => guest.read(get_shared_bytes_ptr(), length);
  send('{"global":{},"plugin":{}}');
  register_config(1);
  return () => {
    send('file.ts');
    set_file_path();
    send(source);
    const state = format(1);
    if (state === 2) throw new Error(receive(get_error_text()));
    return state === 1 ? receive(get_formatted_text()) : source;
  };
}

function digest(answer) {
  return createHash('sha256').update(answer).digest('hex').slice(0, 8);
}

// What Program.java expects.
function expected(label) {
  const name = label.toUpperCase().replaceAll('-', '_');
  return new RegExp(`${name}\\("[^"]*", "([^"]*)"\\)`).exec(readFileSync(SOURCES, 'utf8'))[1];
}

export function load(label, folder) {
  return readFileSync(`${folder}/${PROGRAMS[label][0]}.wasm`);
}

export function prepare(label, bytes) {
  const run = PROGRAMS[label][1](new Guest(bytes));
  const wanted = expected(label);
  let known;
  return () => {
    const answer = run();
    if (answer !== known && digest(answer) !== wanted) throw new Error(`${label}: ${digest(answer)} instead of ${wanted}`);
    known = answer;
    return answer;
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [label, folder] = process.argv.slice(2);
  const answer = PROGRAMS[label][1](new Guest(load(label, folder)))();
  console.log(`${answer}\n${digest(answer)}`);
}
