// Writes expected.txt: what another engine makes of atomics.wasm. Run: node expected.mjs ../wasm/atomics.wasm > expected.txt
// A line: instruction, what the 16 bytes from address 65520 on were (the end of the memory), address, operands,
// result ("-" for none, "trap"), what the bytes are then.
import { readFileSync } from "node:fs";

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]));
const { memory, ...exports } = instance.exports;
const START = 65520;
let state = 0x9e3779b97f4a7c15n;
const random = () => {
  state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
  return BigInt.asUintN(64, state ^ (state >> 29n));
};
const bytes = () => new Uint8Array(memory.buffer, START, 16);
const hex = () => Buffer.from(bytes()).toString("hex");
const show = (value) => (value === undefined ? "-" : BigInt.asIntN(64, BigInt(value)).toString());

for (const name of Object.keys(exports).filter((each) => each.includes("atomic."))) {
  const wide = name.startsWith("i64") || name.endsWith("wait64");
  const waits = name.includes("wait");
  const operands = exports[name].length - 1;
  for (let round = 0; round < 24; round++) {
    for (let i = 0; i < 16; i++) bytes()[i] = round % 3 === 0 ? [0, 0xff, 0x80, 0x7f][i % 4] : Number(random() & 0xffn);
    const before = hex();
    const address = START + [0, 8, 12, 4, 2, 14, 15, 1, 10, 16, 20, -START - 1 + 2 ** 31, -START - 4][round % 13];
    const values = Array.from({ length: operands }, () => random());
    if (operands === 2 && name.includes("cmpxchg") && round % 2 === 0 && address >= START && address < START + 16) {
      const at = address - START;
      const width = /rmw(\d+)/.exec(name) ? Number(/rmw(\d+)/.exec(name)[1]) / 8 : wide ? 8 : 4;
      values[0] = 0n;
      for (let i = Math.min(width, 16 - at) - 1; i >= 0; i--) values[0] = (values[0] << 8n) | BigInt(bytes()[at + i]);
      if (round % 8 === 2) values[0] |= 1n << BigInt(8 * width);
    }
    if (waits) {
      values[1] = round % 2 === 0 ? 0n : 1000n;
      if (address >= START && address + 8 <= START + 16 && address % 8 === 0 && round % 4 < 2) {
        values[0] = new DataView(memory.buffer).getBigUint64(address, true);
      }
    }
    const passed = values.map((value, i) => (wide || (waits && i === 1) ? BigInt.asIntN(64, value) : Number(BigInt.asIntN(32, value))));
    let result;
    try {
      result = show(exports[name](address | 0, ...passed));
    } catch (trap) {
      if (!(trap instanceof WebAssembly.RuntimeError)) throw trap;
      result = "trap";
    }
    console.log([name, before, address | 0, passed.join(" ") || "-", result, hex()].join(";"));
  }
}
