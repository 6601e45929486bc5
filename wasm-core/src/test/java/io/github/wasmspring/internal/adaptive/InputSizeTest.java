package io.github.wasmspring.internal.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputSizeTest {

  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of(0, new Object[] {}),
        Arguments.of(0, new Object[] {1, 2.5, 3L, null, 'x', true}),
        Arguments.of(0, new Object[] {"", new byte[0]}),
        Arguments.of(1, new Object[] {"x"}),
        Arguments.of(63, new Object[] {new byte[60], "abc", 7}),
        Arguments.of(80, new Object[] {new int[20]}),
        Arguments.of(80, new Object[] {new float[20]}),
        Arguments.of(160, new Object[] {new long[20]}),
        Arguments.of(160, new Object[] {new double[20]}),
        Arguments.of(40, new Object[] {new short[20]}),
        Arguments.of(40, new Object[] {new char[20]}),
        Arguments.of(20, new Object[] {new boolean[20]}),
        Arguments.of(320, new Object[] {new String[20]}),
        Arguments.of(20, new Object[] {new StringBuilder("x".repeat(20))}),
        Arguments.of(30, new Object[] {ByteBuffer.allocate(100).position(70)}),
        Arguments.of(48, new Object[] {List.of(1, 2, 3)}),
        Arguments.of(16, new Object[] {Map.of("a", "b")}),
        Arguments.of(0, new Object[] {new Object()}));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void argumentsCountByTheirBytes(long bytes, Object[] arguments) {
    assertThat(InputSize.classOf(arguments)).isEqualTo(InputSize.classOf(bytes));
  }

  @Test
  void classesFollowEachOtherWithoutGapOrOverlap() {
    for (int sizeClass = 0; sizeClass < InputSize.CLASSES; sizeClass++) {
      assertThat(InputSize.classOf(InputSize.from(sizeClass))).isEqualTo(sizeClass);
      Long last = InputSize.to(sizeClass);
      if (sizeClass < InputSize.CLASSES - 1) {
        assertThat(InputSize.classOf(last)).isEqualTo(sizeClass);
        assertThat(InputSize.from(sizeClass + 1)).isEqualTo(last + 1);
      } else {
        assertThat(last).isNull();
      }
    }
  }

  @Test
  void aClassReachesToFourTimesTheOneBefore() {
    assertThat(InputSize.from(2)).isEqualTo(64);
    assertThat(InputSize.from(3)).isEqualTo(256);
    assertThat(InputSize.from(InputSize.CLASSES - 1)).isEqualTo(64L << 20);
    assertThat(InputSize.classOf(Long.MAX_VALUE)).isEqualTo(InputSize.CLASSES - 1);
  }
}
