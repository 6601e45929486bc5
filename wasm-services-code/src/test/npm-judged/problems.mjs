// What is suspicious, and complexities, beside ESLint and SonarJS.
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { bits, call, differences, goal, modules, require, sources } from './shared.mjs';

const { Linter } = require('eslint');

// SonarJS leaves `||` out, which the paper counts; and it counts on wrongly behind a function that is a branch of `? :`.
function cognitive() {
  const path = `${modules}/eslint-plugin-sonarjs/cjs/S3776/rule.js`;
  let text = readFileSync(path, 'utf8').replace("current.operator !== '||' &&", '');
  for (const branch of ['consequent', 'alternate']) {
    const node = `conditionalExpression.${branch}`;
    text = text.replace(`nestingNodes.add(${node});`, `/Function/.test(${node}.type) || nestingNodes.add(${node});`);
  }
  const loaded = new Module(path);
  loaded.filename = path;
  loaded.paths = Module._nodeModulePaths(path);
  loaded._compile(text, path);
  return loaded.exports.rule;
}

const NAMES = 'no-unused-vars no-undef no-const-assign no-func-assign no-class-assign no-ex-assign no-unused-labels no-unreachable no-fallthrough no-unsafe-finally no-constant-condition no-cond-assign no-self-assign no-self-compare no-compare-neg-zero valid-typeof no-unsafe-negation no-eq-null no-sparse-arrays no-dupe-keys no-dupe-class-members no-duplicate-case no-empty no-empty-pattern no-debugger no-useless-catch no-async-promise-executor'.split(' ');
const rules = Object.fromEntries(NAMES.map((name) => [name, 2]));
rules['use-isnan'] = [2, { enforceForSwitchCase: false, enforceForIndexOf: false }];
rules.eqeqeq = [2, 'always', { null: 'ignore' }];
rules.complexity = [2, 1];
rules['s/cognitive'] = [2, 0];
// No judge: other than ESLint, as the documentation says.
const ALONE = ['no-import-assign', 'no-use-before-define', 'no-undef'];
delete rules['no-undef'];
const plugins = { s: { rules: { cognitive: cognitive() } } };

let count = 0;
for (const { file, text } of sources(['.js', '.mjs', '.cjs'])) {
  const read = goal(text);
  // Comments for ESLint would change what it says.
  if (!read || text.length > 600000 || /eslint|\/\* *globals?\b|\/\*\s*exported/.test(text)) continue;
  const config = [{ plugins, rules, languageOptions: { ecmaVersion: 2025, sourceType: read.type, globals: {} } }];
  const messages = new Linter().verify(text, config, { filename: 'a.js' });
  const lines = [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map((end) => end.index + end[0].length)];
  const theirs = messages.map((each) => {
    if (each.ruleId === 'complexity') return `cyclomatic ${/complexity of (\d+)/.exec(each.message)[1]}`;
    if (each.ruleId === 's/cognitive') return `cognitive ${/from (\d+) to/.exec(each.message)[1]}`;
    return `${each.ruleId} ${each.ruleId === 'no-sparse-arrays' ? '' : lines[each.line - 1] + each.column - 1}`;
  });
  const answer = call('analyse', text, bits(read.type));
  const ours = [];
  for (const { code, start } of answer.findings) {
    if (!ALONE.includes(code)) ours.push(`${code.replace('no-unused-imports', 'no-unused-vars')} ${code === 'no-sparse-arrays' ? '' : start}`);
  }
  for (const each of answer.functions) {
    if (each.kind === 'file') continue;
    if (each.cyclomatic > 1) ours.push(`cyclomatic ${each.cyclomatic}`);
    if (each.cognitive > 0 && each.kind !== 'field' && each.kind !== 'static-block') ours.push(`cognitive ${each.cognitive}`);
  }
  count += theirs.length;
  for (const each of differences(theirs, ours)) {
    const place = Number(each.split(' ').at(-1));
    // Conditions of `? :`, and empty cases with lines before the next.
    const meant = / no-cond-assign /.test(each) && !/\b(if|while|for)\s*\($/.test(text.slice(0, place)) || (/^1 there.* no-fallthrough /.test(each) && /(case [^:]*|default):\s*(\/\/[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*|\n\s*)+$/.test(text.slice(0, place)));
    if (!meant) console.log(`${file}: ${each}`);
  }
}
console.log(`compared ${count}`);
