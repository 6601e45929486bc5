// Says where trees of ours differ from those of others: node judge.mjs NODE_MODULES LIST. A line of the list has, with tabs between
// them, the judge (acorn, jsx, typescript, selector), the goal, the file, and the file with our tree, or - where we have problems.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(process.argv[2] + '/');
const acorn = require('acorn');
const withElements = acorn.Parser.extend(require('acorn-jsx')());
const typescript = require('@typescript-eslint/typescript-estree');
const esquery = require('esquery');

// What only one side has: what is wrong, comments, and in TypeScript a phase of imports that no standard has yet.
const LEFT_OUT = new Set(['problems', 'skipped', 'comments', 'tokens', 'loc', 'phase', 'parent']);

function normal(node, dialect) {
  if (Array.isArray(node)) {
    return node.map((each) => normal(each, dialect));
  }
  if (typeof node === 'bigint') {
    return null;
  }
  if (node === null || typeof node !== 'object' || node instanceof RegExp) {
    return node instanceof RegExp ? {} : node;
  }
  const result = {};
  for (const key of Object.keys(node)) {
    if (node[key] === undefined || LEFT_OUT.has(key)) {
      continue;
    }
    if (dialect === 'typescript' && node.type === 'Program' && (key === 'range' || key === 'sourceType')) {
      continue; // their program begins with its first token
    }
    if (dialect === 'jsx' && /^JSX(Opening|Closing)Fragment$/.test(node.type) && (key === 'attributes' || key === 'selfClosing')) {
      continue;
    }
    if (key === 'value' && node.regex) {
      result[key] = {};
    } else if (key === 'bigint') {
      result[key] = BigInt(node[key]).toString();
    } else {
      result[key] = normal(node[key], dialect);
    }
  }
  return result;
}

function difference(theirs, ours, path) {
  if (theirs !== null && ours !== null && typeof theirs === 'object' && typeof ours === 'object') {
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
      const found = difference(theirs[key], ours[key], `${path}.${key}`);
      if (found) {
        return found;
      }
    }
    return null;
  }
  return Object.is(theirs, ours) ? null : `${path}: ${JSON.stringify(theirs)} is ${JSON.stringify(ours)} here`;
}

function parse(judge, goal, file, text) {
  if (judge === 'typescript') {
    return typescript.parse(text, { range: true, jsx: /tsx$/.test(file), filePath: file, sourceType: 'module' });
  }
  const options = {
    ecmaVersion: 'latest',
    sourceType: goal === 'module' ? 'module' : 'script',
    allowHashBang: true,
    allowReturnOutsideFunction: goal === 'commonjs',
  };
  return (judge === 'jsx' ? withElements : acorn.Parser).parse(text, options);
}

let nodes = 0;
function count(node) {
  if (node !== null && typeof node === 'object') {
    nodes += typeof node.type === 'string' ? 1 : 0;
    Object.values(node).forEach(count);
  }
}

for (const line of readFileSync(process.argv[3], 'utf8').split('\n').filter(Boolean)) {
  const [judge, goal, file, tree] = line.split('\t');
  if (judge === 'selector') {
    const found = esquery.query(acorn.parse(readFileSync(file, 'utf8'), { ecmaVersion: 'latest', sourceType: 'script' }), goal);
    const places = found.map((node) => `${node.type} ${node.start}-${node.end}`).join();
    if (places !== readFileSync(tree, 'utf8')) {
      console.log(`DIFFERENT ${goal}: ${found.length} found there`);
    }
    continue;
  }
  let theirs = null;
  try {
    theirs = parse(judge, goal, file, readFileSync(file, 'utf8'));
  } catch (refusal) {
    if (tree !== '-') {
      console.log(`DIFFERENT ${file}: they say ${refusal.message}`);
    }
    continue;
  }
  if (tree === '-') {
    console.log(`DIFFERENT ${file}: only we say that it is wrong`);
    continue;
  }
  theirs = normal(theirs, judge);
  count(theirs);
  const found = difference(theirs, normal(JSON.parse(readFileSync(tree, 'utf8')), judge), '');
  if (found) {
    console.log(`DIFFERENT ${file}: ${found}`);
  }
}
console.log(`NODES ${nodes}`);
