package io.github.wasmspring.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmModuleSettings.Retry;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private static Retry retry(Consumer<WasmModuleSettings.Builder> change) {
    return WasmModuleSettings.DEFAULTS.with(change).retry();
  }

  private static long millis(Retry retry, int attempt) {
    return BackOff.pause(retry, attempt).toMillis();
  }

  @Test
  void isTwiceAsLongEachTimeUpToALongest() {
    Retry retry = retry(settings -> settings.maxAttempts(9));
    assertThat(millis(retry, 1)).isEqualTo(100);
    assertThat(millis(retry, 2)).isEqualTo(200);
    assertThat(millis(retry, 3)).isEqualTo(400);
    assertThat(millis(retry, 7)).isEqualTo(5000);
    assertThat(millis(retry, Integer.MAX_VALUE)).isEqualTo(5000);
  }

  @Test
  void canBeTheSameEachTimeOrNothing() {
    Retry same = retry(settings -> settings.retryMultiplier(1));
    assertThat(millis(same, 1)).isEqualTo(millis(same, 50)).isEqualTo(100);
    Retry none = retry(settings -> settings.retryDelay(Duration.ZERO));
    assertThat(millis(none, 50)).isZero();
  }

  @Test
  void aDelayIsNeverShorterThanItsBeginning() {
    Retry retry =
        retry(
            settings ->
                settings.retryDelay(Duration.ofSeconds(10)).retryMaxDelay(Duration.ofSeconds(1)));
    assertThat(millis(retry, 3)).isEqualTo(10_000);
  }

  @Test
  void chanceMovesItWithinBounds() {
    Retry retry =
        retry(
            settings ->
                settings
                    .retryDelay(Duration.ofMillis(1000))
                    .retryMultiplier(3)
                    .retryJitter(Duration.ofMillis(100)));
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      assertThat(millis(retry, 1)).isBetween(1000L, 1100L);
      long second = millis(retry, 2);
      assertThat(second).isBetween(2700L, 3300L);
      least = Math.min(least, second);
      most = Math.max(most, second);
    }
    assertThat(most - least).isGreaterThan(100);
  }

  @Test
  void whatMayPassIsTriedAgainAndTimeOutsAreNot() {
    assertThat(Retry.NONE.categories())
        .containsExactlyInAnyOrder(
            WasmErrorCategory.LOAD,
            WasmErrorCategory.INSTANTIATION,
            WasmErrorCategory.BUDGET,
            WasmErrorCategory.REJECTED,
            WasmErrorCategory.HOST_FUNCTION);
  }

  @Test
  void whatCanNeverBeIsRefused() {
    assertThatThrownBy(() -> retry(settings -> settings.retryMultiplier(0.5)))
        .hasMessageContaining("between 1 and 1000");
    assertThatThrownBy(() -> retry(settings -> settings.retryMultiplier(Double.NaN)))
        .hasMessageContaining("between 1 and 1000");
    assertThatThrownBy(() -> retry(settings -> settings.retryJitter(Duration.ofMillis(-1))))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> retry(settings -> settings.retryMaxTime(Duration.ZERO)))
        .hasMessageContaining("must be positive");
    assertThatThrownBy(
            () ->
                retry(
                    settings -> settings.retryCategories(Set.of(WasmErrorCategory.INVALID_INPUT))))
        .hasMessageContaining("INVALID_INPUT is the caller's own business");
  }
}
