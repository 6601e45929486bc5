package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownValueTest {

  private record Order(String customer) {}

  private static final class Hostile {

    @Override
    public String toString() {
      throw new IllegalStateException("no");
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
        .isEqualTo("\"can't be shown: java.lang.IllegalStateException\" (Hostile)");
  }
}
