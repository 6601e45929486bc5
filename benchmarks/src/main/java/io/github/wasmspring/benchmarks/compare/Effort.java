package io.github.wasmspring.benchmarks.compare;

import java.util.Locale;

/** How much time is taken for one cell of the comparison. */
public enum Effort {
  /** Shows only that everything runs. */
  SMOKE(1, 1, 3, 1, 1, 1, 1),
  QUICK(1_000, 8_000, 20, 20, 1_000, 3, 4_000),
  FULL(5_000, 20_000, 100, 20, 30_000, 9, 12_000);

  private static final long MILLION = 1_000_000;

  private final long warmUpMillis;
  private final long longWarmUpMillis;
  private final int batches;
  private final long batchMillis;
  private final long limitMillis;
  private final int rounds;
  private final long warmingMillis;

  Effort(
      long warmUpMillis,
      long longWarmUpMillis,
      int batches,
      long batchMillis,
      long limitMillis,
      int rounds,
      long warmingMillis) {
    this.warmUpMillis = warmUpMillis;
    this.longWarmUpMillis = longWarmUpMillis;
    this.batches = batches;
    this.batchMillis = batchMillis;
    this.limitMillis = limitMillis;
    this.rounds = rounds;
    this.warmingMillis = warmingMillis;
  }

  static Effort named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The Graal compiler is written in Java and has to become warm itself; programs are large. */
  long warmUpNanos(Plan.Cell cell) {
    boolean isLong = cell.engine().equals("graalwasm-jit") || cell.group().equals("program");
    return MILLION * (isLong ? this.longWarmUpMillis : this.warmUpMillis);
  }

  int batches() {
    return this.batches;
  }

  long batchNanos() {
    return this.batchMillis * MILLION;
  }

  /** After that no further batch is begun, once there are three. */
  long limitNanos() {
    return this.limitMillis * MILLION;
  }

  /** How many fresh processes there are for a first call. */
  int rounds() {
    return this.rounds;
  }

  /** For how long it is watched how a kernel becomes faster. */
  long warmingNanos() {
    return this.warmingMillis * MILLION;
  }
}
