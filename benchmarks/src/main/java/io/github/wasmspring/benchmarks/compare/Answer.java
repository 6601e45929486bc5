package io.github.wasmspring.benchmarks.compare;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.IntToDoubleFunction;

/**
 * An answer in one line, so that it can be compared across processes and languages: the SHA-256 of
 * bytes and text, few numbers as they are, of many and of samples their count, sum and weighted
 * sum.
 */
final class Answer {

  private static final int FEW = 64;

  /** Order and width of additions differ between peers. */
  private static final double TOLERANCE = 1e-4;

  /** Of a decoder's rounding, which may favour one direction. */
  private static final double TOLERANCE_OF_SAMPLES = 1e-3;

  private Answer() {}

  static String of(Object answer) {
    if (answer instanceof byte[] bytes) {
      return "sha256 " + sha256(bytes);
    }
    if (answer instanceof String text) {
      return "sha256 " + sha256(text.getBytes(StandardCharsets.UTF_8));
    }
    if (answer instanceof float[] numbers) {
      return numbers(numbers.length, i -> numbers[i]);
    }
    if (answer instanceof double[] numbers) {
      return numbers(numbers.length, i -> numbers[i]);
    }
    if (answer instanceof Samples samples) {
      byte[] values = samples.values();
      return "samples " + sums(values.length, i -> Byte.toUnsignedInt(values[i]));
    }
    return "number " + answer;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String numbers(int count, IntToDoubleFunction at) {
    if (count <= FEW) {
      StringJoiner all = new StringJoiner(" ", "exactly ", "");
      for (int i = 0; i < count; i++) {
        all.add(String.format(Locale.ROOT, "%.9g", at.applyAsDouble(i)));
      }
      return all.toString();
    }
    return "numbers " + sums(count, at);
  }

  private static String sums(int count, IntToDoubleFunction at) {
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < count; i++) {
      sum += at.applyAsDouble(i);
      weighted += at.applyAsDouble(i) * (i % 7 + 1);
    }
    return String.format(Locale.ROOT, "%d %.9g %.9g", count, sum, weighted);
  }

  /** Whether two lines tell of the same answer. */
  static boolean same(String one, String two) {
    String[] a = one.split(" ");
    String[] b = two.split(" ");
    if (a.length != b.length || !a[0].equals(b[0])) {
      return false;
    }
    if (a[0].equals("sha256") || a[0].equals("number")) {
      return a[1].equals(b[1]);
    }
    double tolerance = a[0].equals("samples") ? TOLERANCE_OF_SAMPLES : TOLERANCE;
    for (int i = 1; i < a.length; i++) {
      double x = Double.parseDouble(a[i]);
      double y = Double.parseDouble(b[i]);
      if (!(Math.abs(x - y) <= tolerance * Math.max(1, Math.max(Math.abs(x), Math.abs(y))))) {
        return false;
      }
    }
    return true;
  }
}
