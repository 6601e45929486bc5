(() => {
  const sums = {};
  for (let i = 0; i < 20000; i++) {
    const key = 'k' + (i % 97);
    sums[key] = ((sums[key] | 0) * 31 + i) % 65521;
  }
  const primes = [];
  next: for (let i = 2; primes.length < 800; i++) {
    for (const prime of primes) {
      if (prime * prime > i) break;
      if (i % prime == 0) continue next;
    }
    primes.push(i);
  }
  const fibonacci = n => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2));
  return Object.values(sums).reduce((a, b) => a + b, 0) + primes[799] + fibonacci(18) + '';
})()
