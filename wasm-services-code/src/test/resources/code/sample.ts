let a: number = 1; type X<T> = T extends string ? 1 : 2; interface I extends A.B<C> { x?: string; readonly [k: string]: any; m<T>(a: T): void; new (x: number): I; get z(): number }
enum E { A = 1, 'B', C }
declare module "x" { export const y: number; function f(): void; }
namespace A.B.C { export type Z = typeof import("x"); }
abstract class Q<T> extends P<T> implements I, J { private readonly x: number = 1; constructor(private a: string, public b?: number) { super() } abstract m(): void; static #p = 1; declare y: string; get q(): number { return 1 } foo(a: number): void; foo(a: any) {} [k: string]: any; z!: string }
const f = <T,>(x: T, ...y: T[]): x is T => true; const g2 = async <T>(x?: T) => x!;
let z = a as const; let w = <any>z; f<string>(x); new Map<string, number[]>(); let m: { readonly [K in keyof T]-?: T[K] };
import type { A } from "a"; import b, { type C, type D as E2 } from "b"; export type { A }; import q = require("q"); export = a;
let t: [a: string, b?: number, ...rest: any[]]; let u: `a${string}b`; let fn: abstract new () => void; function assertIsX(x: any): asserts x is string {}
x satisfies Y; let v = a ? (b) : c => d; let k = a ? (b): number => 1 : 2; for (const x of <any>y) {} ; type M = import("m", { with: { "resolution-mode": "import" } }).N<string>;
