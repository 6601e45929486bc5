package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownValueTest {

  private record Order(String customer) {}

  private static final class Hostile {

    @Override
    public String toString() {
      throw new IllegalStateException("no");
    }
  }

  private static final class HostileFailure extends RuntimeException {

    @Override
    public String getMessage() {
      throw new IllegalStateException("no");
    }
  }

  private record Cyclic(List<Object> within) {

    @Override
    public String toString() {
      return this.within.toString();
    }
  }

  /** Like a collection whose database session is closed. */
  private static final class Lazy extends AbstractList<Object> {

    @Override
    public Object get(int index) {
      throw new IllegalStateException("no session");
    }

    @Override
    public int size() {
      throw new IllegalStateException("no session");
    }
  }

  private static class HostileNumber extends Number {

    @Override
    public int intValue() {
      return 0;
    }

    @Override
    public long longValue() {
      return 0;
    }

    @Override
    public float floatValue() {
      return 0;
    }

    @Override
    public double doubleValue() {
      return 0;
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no");
    }
  }

  private record HostileText(List<Object> cyclic) implements CharSequence {

    @Override
    public int length() {
      return this.cyclic.toString().length();
    }

    @Override
    public char charAt(int index) {
      return 'x';
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return "x";
    }
  }

  @Test
  void sizesSayNothingOfContents() {
    assertThat(ShownValue.size(null)).isEqualTo("null");
    assertThat(ShownValue.size("secret")).isEqualTo("6 characters");
    assertThat(ShownValue.size("s")).isEqualTo("1 character");
    assertThat(ShownValue.size(new byte[300])).isEqualTo("300 bytes");
    assertThat(ShownValue.size(ByteBuffer.allocate(12).position(2))).isEqualTo("10 bytes");
    assertThat(ShownValue.size(new int[] {4711})).isEqualTo("int[1]");
    assertThat(ShownValue.size(new String[] {"secret"})).isEqualTo("String[1]");
    assertThat(ShownValue.size(List.of("secret", "secret"))).isEqualTo("2 elements");
    assertThat(ShownValue.size(Map.of("secret", 1))).isEqualTo("1 entry");
    assertThat(ShownValue.size(4711)).isEqualTo("Integer");
    assertThat(ShownValue.size(new Order("secret"))).isEqualTo("Order");
    assertThat(ShownValue.size(new Hostile())).isEqualTo("Hostile");
  }

  @Test
  void contentsShowHowItBegins() {
    assertThat(ShownValue.contents("text")).isEqualTo("\"text\" (4 characters)");
    assertThat(ShownValue.contents(new byte[] {0, 97, -1})).isEqualTo("0061ff (3 bytes)");
    assertThat(ShownValue.contents(new int[] {1, 2})).isEqualTo("[1, 2] (int[2])");
    assertThat(ShownValue.contents(4711)).isEqualTo("4711");
    assertThat(ShownValue.contents(true)).isEqualTo("true");
    assertThat(ShownValue.contents(null)).isEqualTo("null");
    assertThat(ShownValue.contents(new Order("Ada"))).isEqualTo("\"Order[customer=Ada]\" (Order)");
  }

  @Test
  void aBufferIsLeftWhereItWas() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);
    assertThat(ShownValue.contents(buffer)).isEqualTo("0203 (2 bytes)");
    assertThat(buffer.position()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 1000, 10_000_000})
  void nothingIsLong(int length) {
    assertThat(ShownValue.contents("x".repeat(length))).hasSizeLessThan(150).contains("…");
    assertThat(ShownValue.contents("\u0000".repeat(length))).hasSizeLessThan(750);
    assertThat(ShownValue.contents(new byte[length])).hasSizeLessThan(150);
    assertThat(ShownValue.contents(new long[length])).hasSizeLessThan(150);
    assertThat(ShownValue.contents(List.of("x".repeat(length)))).hasSizeLessThan(150);
    assertThat(ShownValue.contents(new String[] {"x".repeat(length)})).hasSizeLessThan(150);
  }

  @Test
  void nothingEndsALineOrHides() {
    assertThat(ShownValue.contents("a\nINFO forged\r\t\u001b[31m\u202e\u2028\"\\"))
        .isEqualTo(
            "\"a\\nINFO forged\\r\\t\\u{1b}[31m\\u{202e}\\u{2028}\\\"\\\\\" (24 characters)");
    assertThat(ShownValue.contents("x".repeat(99) + "😀")).contains("x…").doesNotContain("?");
  }

  @Test
  void whatCanNotSayWhatItIsDoesNoHarm() {
    assertThat(ShownValue.contents(new Hostile()))
        .isEqualTo("Hostile (can't be shown: java.lang.IllegalStateException)");
    assertThat(ShownValue.message(new HostileFailure()))
        .isEqualTo("HostileFailure (can't be shown: java.lang.IllegalStateException)");
  }

  static List<Object> hostile() {
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(List.of(cyclic));
    return List.of(
        new Cyclic(cyclic),
        List.of(new Cyclic(cyclic)),
        new Lazy(),
        new HostileNumber(),
        new HostileText(cyclic));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void nothingThatItDoesIsThrown(Object hostile) {
    assertThat(ShownValue.contents(hostile)).contains("can't be shown: ");
    assertThat(ShownValue.size(hostile)).isNotEmpty();
  }

  @Test
  void numbersOfOthersAreTexts() {
    assertThat(ShownValue.contents(new AtomicInteger(7))).isEqualTo("\"7\" (AtomicInteger)");
    assertThat(ShownValue.contents(BigInteger.ONE.shiftLeft(10_000))).hasSizeLessThan(150);
    assertThat(
            ShownValue.contents(
                new HostileNumber() {
                  @Override
                  public String toString() {
                    return "1\nINFO forged";
                  }
                }))
        .startsWith("\"1\\nINFO forged\"");
  }

  @Test
  void ofManyElementsTheFirstAreAsked() {
    AtomicInteger asked = new AtomicInteger();
    Object counting =
        new Object() {
          @Override
          public String toString() {
            return "e" + asked.incrementAndGet();
          }
        };
    assertThat(ShownValue.contents(Collections.nCopies(1_000_000, counting)))
        .isEqualTo("[e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, …] (1000000 elements)");
    assertThat(ShownValue.contents(Map.of("key", counting))).isEqualTo("[key=e11] (1 entry)");
    assertThat(ShownValue.contents(List.of(Collections.nCopies(1_000_000, counting), new int[2])))
        .isEqualTo("[1000000 elements, int[2]] (2 elements)");
    assertThat(asked).hasValue(11);
  }
}
