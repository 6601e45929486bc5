// What the judges share: the module, run by Node, and files. Their arguments: the module's file, NODE_MODULES, and packages.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

export const [, , wasm, modules, ...packages] = process.argv;
export const require = createRequire(modules + '/');
export const TYPESCRIPT = 1;
export const MODULE = 4;
export const COMMON_JS = 16;

const module = new WebAssembly.Module(readFileSync(wasm));

/** What an operation of the module answers. */
export function call(operation, text, options) {
  const { exports } = new WebAssembly.Instance(module, {});
  const bytes = Buffer.from(text, 'utf8');
  const at = exports.wasm_alloc(bytes.length);
  new Uint8Array(exports.memory.buffer).set(bytes, at);
  const result = BigInt.asUintN(64, exports[operation](at, bytes.length, options));
  const answer = new Uint8Array(exports.memory.buffer, Number(result >> 32n), Number(result & 0xffffffffn));
  return JSON.parse(Buffer.from(answer).toString('utf8'));
}

/** Files below a folder whose names end so. */
export function files(folder, endings) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return entry.name === 'node_modules' ? [] : files(path, endings);
    }
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

export function* sources(endings) {
  for (const name of packages) {
    for (const file of files(`${modules}/${name}`, endings)) {
      const text = readFileSync(file, 'utf8');
      if (!text.startsWith('\ufeff')) {
        yield { file, text };
      }
    }
  }
}

/** What JavaScript a file is, as the parser of others accepts it. */
export function goal(text) {
  const espree = require('espree');
  for (const type of ['module', 'commonjs', 'script']) {
    try {
      return { type, ast: espree.parse(text, { ecmaVersion: 2025, sourceType: type, range: true }) };
    } catch {
      // Another one, then.
    }
  }
  return null;
}

export const bits = (type) => ({ module: MODULE, commonjs: COMMON_JS, script: 0 })[type];

/** What is in one list and not in the other. */
export function differences(theirs, ours) {
  const count = (list) => list.reduce((counts, each) => counts.set(each, (counts.get(each) ?? 0) + 1), new Map());
  const [left, right] = [count(theirs), count(ours)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((each) => (left.get(each) ?? 0) !== (right.get(each) ?? 0))
    .map((each) => `${left.get(each) ?? 0} there, ${right.get(each) ?? 0} here: ${each}`);
}
