// A module of the bundle on this engine, called by hand: arguments are copied in, results out, as a bean does it in Java.
import { existsSync, readFileSync } from 'node:fs';

const DIST = new URL('../../../../wasm-modules-bundle/src/main/wasm/dist/', import.meta.url);
const OWN = new URL('../resources/wasm/', import.meta.url);
const ERROR = 1n << 63n;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

// Where a module of the bundle, or one of the benchmarks' own, is.
export function moduleFile(name) {
  const own = new URL(`${name}.wasm`, OWN);
  return existsSync(own) ? own : new URL(`${name}.wasm`, DIST);
}

export class Guest {
  #exports;

  // The name of a module or a compiled one.
  constructor(source) {
    const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(readFileSync(moduleFile(source)));
    this.#exports = new WebAssembly.Instance(module).exports;
  }

  get exports() {
    return this.#exports;
  }

  call(operation, ...args) {
    return this.#run(operation, args, result => result);
  }

  // Strings and typed arrays become address and length; numbers and bigints stay. The last taken is the first given back.
  #run(operation, args, take) {
    const flat = [];
    const buffers = [];
    for (const arg of args) {
      if (typeof arg === 'string' || ArrayBuffer.isView(arg)) {
        const bytes = typeof arg === 'string' ? encoder.encode(arg) : new Uint8Array(arg.buffer, arg.byteOffset, arg.byteLength);
        const address = this.#exports.wasm_alloc(bytes.length);
        new Uint8Array(this.#exports.memory.buffer, address, bytes.length).set(bytes);
        buffers.push([address, bytes.length]);
        flat.push(address, bytes.length);
      } else {
        flat.push(arg);
      }
    }
    const result = take(this.#exports[operation](...flat));
    for (const [address, length] of buffers) this.#exports.wasm_free(address, length);
    return result;
  }

  // For operations that answer text or bytes.
  bytes(operation, ...args) {
    return this.#run(operation, args, result => this.#take(BigInt.asUintN(64, result)));
  }

  #take(packed) {
    const address = Number((packed & ~ERROR) >> 32n);
    const length = Number(packed & 0xffffffffn);
    const bytes = new Uint8Array(this.#exports.memory.buffer).slice(address, address + length);
    this.#exports.wasm_free(address, length);
    if (packed & ERROR) throw new Error(decoder.decode(bytes));
    return bytes;
  }

  text(operation, ...args) {
    return decoder.decode(this.bytes(operation, ...args));
  }
}
