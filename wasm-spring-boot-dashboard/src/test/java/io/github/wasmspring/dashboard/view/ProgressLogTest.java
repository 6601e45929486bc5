package io.github.wasmspring.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.event.WasmEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressLogTest {

  private final SetClock clock = new SetClock();
  private final ProgressLog log = new ProgressLog(this.clock);

  private static final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-11-30T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return this.now;
    }
  }

  @Test
  void aModuleThatIsLoadedIsUnderWayUntilItIsReady() {
    this.log.onEvent(new WasmEvent.ModuleLoading("json", "1.0.0"));
    assertThat(this.log.list())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.state()).isEqualTo("running");
              assertThat(work.title()).isEqualTo("Load json 1.0.0");
              assertThat(work.endedAt()).isNull();
            });

    this.clock.now = this.clock.now.plusSeconds(3);
    this.log.onEvent(
        new WasmEvent.ModuleReady("json", "1.0.0", "jvm", null, Duration.ofSeconds(3)));

    assertThat(this.log.list())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.state()).isEqualTo("done");
              assertThat(work.endedAt() - work.startedAt()).isEqualTo(3_000);
            });
  }

  @Test
  void oneThatFailsSaysWhy() {
    this.log.onEvent(new WasmEvent.ModuleLoading("json", "1.0.0"));
    this.log.onEvent(
        new WasmEvent.ModuleFailed(
            "json", "1.0.0", WasmErrorCategory.INTEGRITY, "wrong digest", Duration.ZERO));

    assertThat(this.log.list().get(0).state()).isEqualTo("failed");
    assertThat(this.log.list().get(0).error().category()).isEqualTo("INTEGRITY");
    assertThat(this.log.list().get(0).error().message()).isEqualTo("wrong digest");
  }

  @Test
  void whatEndedIsForgottenAfterAMinute() {
    String id = this.log.begin("action", "Reload", "json", "1.0.0");
    this.log.end(id, "done", null);
    String other = this.log.begin("action", "Reload", "hash", "1.0.0");

    this.clock.now = this.clock.now.plus(ProgressLog.KEPT).plusMillis(1);

    assertThat(this.log.list()).extracting(ProgressView::id).containsExactly(other);
  }

  @Test
  void howFarItIsIsToldUntilItEnds() {
    String id = this.log.begin("upload", "Upload", "greeter", "");
    long mark = this.log.mark();
    this.log.advance(id, 0.5, "half of it");
    assertThat(this.log.since(mark)).extracting(ProgressView::share).containsExactly(0.5);

    this.log.end(id, "installed", null);
    this.log.advance(id, 0.6, "late");
    this.log.end(id, "again", null);

    assertThat(this.log.list()).extracting(ProgressView::text).containsExactly("installed");
    assertThat(this.log.list()).extracting(ProgressView::share).containsExactly(1.0);
  }

  @Test
  void itNeverGrowsWithoutEnd() {
    for (int i = 0; i < 1_000; i++) {
      this.log.begin("action", "Reload", "m" + i, "1.0.0");
    }

    assertThat(this.log.list()).hasSize(200);
  }
}
