package io.github.wasmspring.verification.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttacksTest {

  private static final Attacks ATTACKS = new Attacks();

  static Stream<Attack> attacks() {
    return Attack.ALL.stream();
  }

  @AfterAll
  static void close() {
    ATTACKS.close();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void anAttackEndsInItsCategory(Attack attack) {
    assertThat(ATTACKS.perform(attack))
        .isNotNull()
        .extracting(WasmException::category)
        .isEqualTo(attack.expected());
    assertThat(Thread.interrupted()).isFalse();
  }
}
