// Packages made short do what they did; all short files are JavaScript; maps lead names to themselves. The last argument: a folder.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bits, call, COMMON_JS, files, modules, packages, require } from './shared.mjs';

const acorn = require('acorn');
const { TraceMap, eachMapping } = require('@jridgewell/trace-mapping');
const folder = packages.pop();
let count = 0;
let names = 0;

function read(text, type) {
  return acorn.parse(text, { ecmaVersion: 'latest', sourceType: type === 'module' ? 'module' : 'script', allowReturnOutsideFunction: type === 'commonjs', allowHashBang: true });
}

function check(file, text, type, answer) {
  try {
    read(answer.code, type);
  } catch (wrong) {
    return console.log(`${file}: ${wrong.message}`);
  }
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  const short = answer.code.split('\n');
  eachMapping(new TraceMap({ version: 3, sources: ['a'], names: answer.names, mappings: answer.mappings }), (each) => {
    names++;
    const word = (line, column) => /^[\w$\u0080-\uffff]*/.exec(line.slice(column))[0];
    const before = word(lines[each.originalLine - 1], each.originalColumn);
    if (before !== (each.name ?? word(short[each.generatedLine - 1], each.generatedColumn)) && !before.includes('\\')) {
      console.log(`${file}: ${before} became ${each.name}`);
    }
  });
}

rmSync(folder, { recursive: true, force: true });
for (const name of packages) {
  const target = `${folder}/node_modules/${name}`;
  mkdirSync(target, { recursive: true });
  cpSync(`${modules}/${name}`, target, { recursive: true });
  for (const file of files(target, ['.js', '.mjs', '.cjs'])) {
    const text = readFileSync(file, 'utf8');
    const type = file.endsWith('.mjs') || (/^\s*(import|export)\b/m.test(text) && !/\bmodule\.exports\b/.test(text)) ? 'module' : 'commonjs';
    const answer = call('minify', text, bits(type));
    if (answer.code !== undefined && !answer.elements) {
      check(file, text, type, answer);
      writeFileSync(file, answer.code);
      count++;
    }
  }
}
writeFileSync(`${folder}/a.js`, '');
const short = createRequire(`${folder}/a.js`);
const json = (value) => JSON.stringify(value, (_, each) => (typeof each === 'function' ? 'function' : typeof each === 'bigint' ? `${each}` : each));

function same(name, use) {
  const [there, here] = [use(require(name)), use(short(name))];
  if (there !== here || there === undefined) console.log(`${name} does something else`);
}

const VALUES = [[], [1], ['abc'], [[1, 2, 3, 2]], [{ a: 1, b: { c: 2 } }], [[{ a: 1 }, { a: 2 }], 'a'], [[3, 1, 2], (each) => each * 2], ['a-b c', 2], [{ a: [1] }, 'a[0]'], [[1, 2], [2, 3]], [5, 1]];
const RANDOM = ['now', 'uniqueId', 'random', 'sample', 'sampleSize', 'shuffle', 'delay', 'defer', 'runInContext', 'noConflict', 'mixin'];
for (const name of ['lodash', 'underscore']) {
  same(name, (library) => {
    const results = [];
    for (const key of Object.keys(library).filter((each) => typeof library[each] === 'function' && !RANDOM.includes(each))) {
      for (const values of VALUES) {
        try {
          results.push(key, json(library[key](...values.map((each) => (typeof each === 'function' ? each : structuredClone(each))))));
        } catch (thrown) {
          results.push(key, thrown.constructor.name);
        }
      }
    }
    return results.join('\n');
  });
}
const source = readFileSync(`${modules}/underscore/underscore.js`, 'utf8');
same('acorn', (library) => json(library.parse(source, { ecmaVersion: 2022, locations: true })));
same('semver', (library) => json(['1.2.3', 'v1.2.3-beta.1', 'x'].map((each) => [library.parse(each), library.validRange(`>=${each}`), library.inc(each, 'minor')])));
same('ajv', (library) => {
  const check = new (library.default ?? library)({ allErrors: true }).compile({ type: 'object', properties: { a: { type: 'integer', minimum: 2 }, b: { type: 'array', items: { enum: [1, 2] } } }, required: ['a'] });
  return json([{ a: 1 }, { a: 3, b: [1, 5] }, {}].map((each) => [check(each), check.errors]));
});
same('rxjs', (library) => {
  const seen = [];
  library.range(1, 10).pipe(library.filter((each) => each % 2), library.scan((sum, each) => sum + each, 0), library.bufferCount(2)).subscribe((each) => seen.push(each));
  return json(seen);
});
const options = { compress: true, mangle: true };
const [there, here] = [(await require('terser').minify(source, options)).code, (await short('terser').minify(source, options)).code];
if (there !== here) console.log('terser does something else');
if (call('minify', 'a', COMMON_JS).code !== 'a') console.log('a is no longer a');
console.log(`compared ${count + names}`);
