// Runs scripts in new contexts for a while, as an application does that trusts them.
// Reads one JSON object a line, {seconds, library, source, argument}; writes the runs of the best second.
import vm from 'node:vm';
import readline from 'node:readline';

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { seconds, library, source, argument } = JSON.parse(line);
  const script = new vm.Script('(async () => (' + source + '))()');
  const prepared = library === '' ? null : new vm.Script(library);
  const run = async () => {
    const context = vm.createContext({ order: JSON.parse(argument) });
    prepared?.runInContext(context);
    return JSON.stringify(await script.runInContext(context, { timeout: 1000 }));
  };
  for (let warm = performance.now(); performance.now() - warm < seconds * 500; ) await run();
  let best = 0;
  for (let round = 0; round < seconds; round++) {
    let runs = 0;
    const start = performance.now();
    while (performance.now() - start < 1000) {
      await run();
      runs++;
    }
    best = Math.max(best, (runs * 1000) / (performance.now() - start));
  }
  console.log(Math.round(best));
}
