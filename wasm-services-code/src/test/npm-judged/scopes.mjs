// Scopes, names and references beside those of eslint-scope. Of what comes twice there, once is looked at.
import { bits, call, differences, goal, require, sources } from './shared.mjs';

const { analyze } = require('eslint-scope');
const KINDS = ['global', 'module', 'function', 'function-expression-name', 'block', 'switch', 'for', 'catch', 'class', 'class-field-initializer', 'class-static-block', 'with'];
let count = 0;
for (const { file, text } of sources(['.js', '.mjs', '.cjs'])) {
  const read = goal(text);
  if (!read) continue;
  const manager = analyze(read.ast, { ecmaVersion: 2025, sourceType: read.type });
  const of = (scope) => `${scope.type} ${scope.block.type === 'Program' ? '' : scope.block.range.join('-')}`;
  const theirs = [];
  for (const scope of manager.scopes) {
    theirs.push(`scope ${of(scope)}`);
    for (const name of scope.variables) {
      theirs.push(`name ${of(scope)} ${name.name} ${name.defs.map((each) => each.name.range.join('-')).sort()}`);
    }
    for (const use of scope.references) {
      // What is at the top of a script is left unresolved there.
      const found = use.resolved ?? manager.globalScope.set.get(use.identifier.name);
      const how = `${use.isRead() ? 'r' : ''}${use.isWrite() ? 'w' : ''}${use.init ? 'i' : ''}`;
      theirs.push(`use ${of(scope)} ${use.identifier.range.join('-')} ${how} ${found ? of(found.scope) : '-'}`);
    }
  }
  const answer = call('scopes', text, bits(read.type));
  const here = (index) => {
    const [kind, start, end] = answer.scopes[index];
    const program = kind <= 1 || (read.type === 'commonjs' && index === 1);
    return `${KINDS[kind]} ${program ? '' : `${start}-${end}`}`;
  };
  const ours = answer.scopes.map((_, index) => `scope ${here(index)}`);
  for (const [scope, , , name, ...definitions] of answer.bindings) {
    const places = [];
    for (let at = 1; at < definitions.length; at += 3) places.push(`${definitions[at]}-${definitions[at + 1]}`);
    ours.push(`name ${here(scope)} ${name} ${places.sort()}`);
  }
  for (const [scope, start, end, flags, binding] of answer.references) {
    const how = `${flags & 1 ? 'r' : ''}${flags & 2 ? 'w' : ''}${flags & 8 ? 'i' : ''}`;
    ours.push(`use ${here(scope)} ${start}-${end} ${how} ${binding < 0 ? '-' : here(answer.bindings[binding][0])}`);
  }
  count += answer.references.length;
  for (const each of differences([...new Set(theirs)], [...new Set(ours)])) console.log(`${file}: ${each}`);
}
console.log(`compared ${count}`);
