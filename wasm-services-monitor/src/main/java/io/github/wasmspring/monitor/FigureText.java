package io.github.wasmspring.monitor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Figures for people. */
final class FigureText {

  private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private FigureText() {}

  /** With three digits that mean something; more only before the point. */
  static String of(double figure) {
    BigDecimal exact = BigDecimal.valueOf(figure);
    return Math.abs(figure) >= 1000
        ? exact.setScale(0, RoundingMode.HALF_UP).toPlainString()
        : exact.round(THREE).toPlainString();
  }

  /** {@code 12.3 µs}. */
  static String nanos(double nanos) {
    if (nanos < NANOS_PER_MICRO) {
      return of(nanos) + " ns";
    }
    if (nanos < NANOS_PER_MILLI) {
      return of(nanos / NANOS_PER_MICRO) + " µs";
    }
    return nanos < NANOS_PER_SECOND
        ? of(nanos / NANOS_PER_MILLI) + " ms"
        : of(nanos / NANOS_PER_SECOND) + " s";
  }
}
