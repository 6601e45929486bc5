package io.github.wasmspring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WasmTopicPatternTest {

  /** The first ones are those of the AMQP 0-9-1 specification, section 3.1.3.3. */
  @ParameterizedTest
  @CsvSource({
    "*.stock.#, usd.stock, true",
    "*.stock.#, eur.stock.db, true",
    "*.stock.#, stock.nasdaq, false",
    "orders.new, orders.new, true",
    "orders.new, orders.news, false",
    "orders.new, orders, false",
    "orders.new, orders.new.eu, false",
    "orders.*, orders.new, true",
    "orders.*, orders, false",
    "orders.*, orders.new.eu, false",
    "orders.#, orders, true",
    "orders.#, orders.new.eu, true",
    "orders.#, border.new, false",
    "#, a, true",
    "#, a.b.c, true",
    "*, a, true",
    "*, a.b, false",
    "#.eu, eu, true",
    "#.eu, orders.new.eu, true",
    "#.eu, orders.eu.new, false",
    "a.#.b, a.b, true",
    "a.#.b, a.b.b, true",
    "a.#.b, a.x.b.y.b, true",
    "a.#.b, a.x.y, false",
    "#.b.#.c, a.b.b.c, true",
    "#.#, a, true",
    "#.*, a.b, true",
    "*.#.*, a, false",
    "*.#.*, a.b, true",
    "Orders, orders, false",
    "urn:x/y.*, urn:x/y.z-1_2, true"
  })
  void selectsAsAmqpDoes(String pattern, String topic, boolean selects) {
    assertThat(WasmTopicPattern.of(pattern).matches(topic)).isEqualTo(selects);
    assertThat(WasmTopicPattern.isTopic(topic)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "a b", "a*", "#a", "a.b*.c", "ä", "a\n", "$"})
  void whatIsNeitherTopicNorPattern(String text) {
    assertThat(WasmTopicPattern.isTopic(text)).isFalse();
    assertThatThrownBy(() -> WasmTopicPattern.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parted by dots");
  }

  @Test
  void aPatternIsNoTopic() {
    assertThat(WasmTopicPattern.isTopic("a.*")).isFalse();
    assertThat(WasmTopicPattern.isTopic("#")).isFalse();
  }

  @Test
  void thereIsALongestTopic() {
    assertThat(WasmTopicPattern.isTopic("a".repeat(255))).isTrue();
    assertThat(WasmTopicPattern.isTopic("a".repeat(256))).isFalse();
    assertThatThrownBy(() -> WasmTopicPattern.of("a".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noPatternTakesLong() {
    WasmTopicPattern evil = WasmTopicPattern.of("#.a".repeat(60).replace("a#", "a.#") + ".b");
    String topic = "a.".repeat(127) + "a";

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < 1000; i++) {
            assertThat(evil.matches(topic)).isFalse();
          }
        });
  }
}
