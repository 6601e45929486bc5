// Says of the modules 0.wasm, 1.wasm … of a folder whether they are valid: a 1 or a 0 for each.
import fs from 'node:fs';
import path from 'node:path';

const directory = process.argv[2];
for (let i = 0; fs.existsSync(path.join(directory, `${i}.wasm`)); i++) {
  process.stdout.write(WebAssembly.validate(fs.readFileSync(path.join(directory, `${i}.wasm`))) ? '1' : '0');
}
