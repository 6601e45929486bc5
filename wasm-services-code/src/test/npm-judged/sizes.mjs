// Sizes beside Terser's, and esbuild's where NODE_MODULES has it: node sizes.mjs WASM NODE_MODULES FILE...
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { call, COMMON_JS, modules, packages, require } from './shared.mjs';

const size = (text) => `${text.length} bytes, ${gzipSync(text, { level: 9 }).length} after gzip`;
for (const file of packages) {
  const text = readFileSync(`${modules}/${file}`, 'utf8');
  console.log(`${file}: ${size(text)}; ours ${size(call('minify', text, COMMON_JS).code)}`);
  console.log(`  terser ${size((await require('terser').minify(text)).code)}`);
  try {
    console.log(`  esbuild ${size(require('esbuild').transformSync(text, { minify: true }).code)}`);
  } catch {
    console.log('  esbuild is not there');
  }
}
