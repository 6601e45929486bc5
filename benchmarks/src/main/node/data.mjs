// What DataStudy.java does, in plain JavaScript: objects in arrays, a Map for groups.
//   node data.mjs RUNS
const runs = Number(process.argv[2] ?? 15);
const REGIONS = ['EU', 'US', 'APAC', 'LATAM', 'MEA', 'ANZ', 'UK', 'CA'];

// The same numbers as in Java: a generator of 32 bits.
function rows(count) {
  let seed = 42;
  const next = bound => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return (seed >>> 8) % bound;
  };
  return Array.from({ length: count }, (_, id) => ({
    id,
    region: REGIONS[next(8)],
    product: ` item-${next(500)} `,
    price: next(100_000) / 100,
    quantity: next(20),
  }));
}

function aggregate(all) {
  const groups = new Map();
  for (const row of all) {
    let group = groups.get(row.region);
    if (group === undefined) {
      group = { count: 0, sum: 0, min: Infinity, max: -Infinity, prices: [] };
      groups.set(row.region, group);
    }
    group.count++;
    group.sum += row.price * row.quantity;
    group.min = Math.min(group.min, row.price);
    group.max = Math.max(group.max, row.price);
    group.prices.push(row.price);
  }
  let check = 0;
  for (const group of groups.values()) {
    group.prices.sort((a, b) => a - b);
    const place = 0.95 * (group.prices.length - 1);
    const lower = Math.floor(place);
    const upper = Math.min(lower + 1, group.prices.length - 1);
    const percentile = group.prices[lower] + (group.prices[upper] - group.prices[lower]) * (place - lower);
    check += group.count + group.sum + group.min + group.max + percentile;
  }
  return check;
}

function transform(all) {
  const made = all
    .filter(row => row.price > 100 && row.region !== 'MEA')
    .map(row => ({ id: row.id, name: row.product.trim().toUpperCase(), total: row.price * row.quantity }));
  return made.reduce((check, row) => check + row.id + row.name.length + row.total, 0);
}

function measure(name, all, work) {
  const times = [];
  let check = 0;
  for (let run = 0; run < 2 * runs; run++) {
    const start = performance.now();
    check = work(all);
    if (run >= runs) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const shown = [times[times.length >> 1], times[0], times[times.length - 1]].map(time => time.toFixed(1));
  console.log(`${name}, Node ${process.versions.node}: ${shown[0]} ms (${shown[1]} to ${shown[2]}), check ${check.toFixed(3)}`);
}

measure('aggregation of 100,000 rows', rows(100_000), aggregate);
measure('transformation of 50,000 items', rows(50_000), transform);
