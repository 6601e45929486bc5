package io.github.wasmspring.bundle.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How long a label is in the form that the DNS sees, after RFC 3492. */
final class Punycode {

  private static final int LONGEST = 63;
  private static final int PREFIX = "xn--".length();

  private final int[] points;
  private int done;
  private int bias = 72;

  private Punycode(int[] points) {
    this.points = points;
  }

  /** The length of an international label as {@code xn--…}, or anything above 63 if longer. */
  static int length(byte[] text, int from, int to) {
    int[] points = new String(text, from, to - from, UTF_8).codePoints().toArray();
    return points.length > LONGEST ? LONGEST + 1 : PREFIX + new Punycode(points).encoded();
  }

  private int encoded() {
    int basic = 0;
    for (int point : this.points) {
      basic += point < 0x80 ? 1 : 0;
    }
    int length = basic > 0 ? basic + 1 : 0;
    int delta = 0;
    int smallest = 0x80;
    for (this.done = basic; this.done < this.points.length; ) {
      int next = next(smallest);
      delta += (next - smallest) * (this.done + 1);
      for (int point : this.points) {
        if (point < next) {
          delta++;
        } else if (point == next) {
          length += digits(delta);
          adapt(delta, this.done == basic);
          delta = 0;
        }
      }
      delta++;
      smallest = next + 1;
    }
    return length;
  }

  private int next(int smallest) {
    int next = Integer.MAX_VALUE;
    for (int point : this.points) {
      if (point >= smallest) {
        next = Math.min(next, point);
      }
    }
    return next;
  }

  private int digits(int number) {
    int rest = number;
    for (int length = 1; ; length++) {
      int threshold = Math.max(1, Math.min(26, 36 * length - this.bias));
      if (rest < threshold) {
        return length;
      }
      rest = (rest - threshold) / (36 - threshold);
    }
  }

  private void adapt(int number, boolean first) {
    this.done++;
    int delta = first ? number / 700 : number / 2;
    delta += delta / this.done;
    int k = 0;
    for (; delta > 35 * 26 / 2; k += 36) {
      delta /= 35;
    }
    this.bias = k + 36 * delta / (delta + 38);
  }
}
