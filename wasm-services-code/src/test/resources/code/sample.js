#!/usr/bin/env node
'use strict';
/* What the grammar has, in one file: é 😀 */
import fallback, { a as b, 'c d' as e } from './a.js' with { type: 'json' };
import * as all from "./all.js";
export * as everything from './b.js';
export default class extends Base { }
export { b as 'x y', e };

label: for (const [index, { x = 1, ...rest }] of Object.entries({ ...all })) {
  if (index ?? rest) continue label; else if (x) break; else { debugger }
}
for (var i = 0, n = 10; i < n; i++) ;
for (let key in fallback) do { key++ } while (key < 3)
for await (const each of stream()) { await each?.close?.()[0]?.`` }

async function* generate(first, second = first ** 2, ...others) {
  yield* others.map(async (each) => await each);
  const text = `a ${first + `b ${second}`} \u{1F600} c`, raw = String.raw`\unicode ${1}`;
  return { first, 'second': second, [text]: raw, get value() { return this._v }, set value(v) { this._v = v }, async *m() { }, __proto__: null };
}

class Shape extends mixin(Base) {
  static #count = 0;
  #name; static { Shape.#count ??= 1; }
  'quoted' = 1; 42 = 2; [computed] = 3; async = 4; get; set; static = 5;
  constructor(name) { super(); this.#name = name; new.target?.name }
  get name() { return #name in this && super.name }
  static async *create(...names) { for (const name of names) yield new this(name) }
}

switch (typeof void 0) { case 'a': case 'b': { let scoped } break; default: throw new Error('é', { cause: null }) }
try { risky() } catch { recover() } finally { done() }
const numbers = [0x1F, 0b101, 0o17, 1_000.5e-3, .5, 5., 10n, 0xFFFF_FFFFn, , ];
const patterns = [/[/\]]+(?<year>\d{4})\k<year>/dgimsuy, /[\p{L}--[a-z]]/v, /(?i:a)|(?<!b)c/u];
(a, b), ((c) => ({ c })), ({ d = 1 } = {}, [f, , g] = []) => { }, async x => x, async () => { };
x = y = z ? a || b && c | d ^ e & f == g < h << i + j * -k ** l : !m;
let async, of, get; async = of
++get
delete all.x, all['y'] &&= 1, all.z ||= 2
import.meta.url; const lazy = import('./lazy.js', { with: {} });
if (a) ; else b
var \u0061bc, ünïcode, $_ = function named() { return named }
