package io.github.wasmspring.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmWork;
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

  private static WasmEvent.ModuleProgressed progressed(WasmWork work, long done, long total) {
    return new WasmEvent.ModuleProgressed("json", "1.0.0", work, done, total);
  }

  @Test
  void aModuleThatIsLoadedSaysHowMuchOfItHasCome() {
    this.log.onEvent(new WasmEvent.ModuleLoading("json", "1.0.0"));
    this.log.onEvent(progressed(WasmWork.DOWNLOAD, 1_000, 4_000));
    this.log.onEvent(progressed(WasmWork.DOWNLOAD, 2_000, 4_000));

    assertThat(this.log.list())
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.state()).isEqualTo("running");
              assertThat(work.kind()).isEqualTo("load");
              assertThat(work.share()).isEqualTo(0.5);
              assertThat(work.text()).isEqualTo("2,000 of 4,000 bytes (50 %)");
            });

    this.log.onEvent(progressed(WasmWork.DOWNLOAD, 3_000, -1));
    assertThat(this.log.list().get(0).share()).isNull();
    assertThat(this.log.list().get(0).text()).isEqualTo("3,000 bytes so far");

    this.log.onEvent(progressed(WasmWork.DOWNLOAD, 4_000, 4_000));
    assertThat(this.log.list()).extracting(ProgressView::state).containsExactly("running");
    this.log.onEvent(new WasmEvent.ModuleReady("json", "1.0.0", "jvm", null, Duration.ZERO));
    assertThat(this.log.list()).extracting(ProgressView::state).containsExactly("done");
  }

  @Test
  void whatIsNoPartOfALoadIsWorkOfItsOwnUntilAllIsDone() {
    this.log.onEvent(progressed(WasmWork.PRELOAD, 1, 10));
    this.log.onEvent(new WasmEvent.ModuleProgressed("hash", "2.0.0", WasmWork.PRELOAD, 5, 10));
    this.log.onEvent(progressed(WasmWork.DRAIN, 3, 4));
    this.log.onEvent(progressed(WasmWork.COMPILE, 30, 40));

    assertThat(this.log.list())
        .extracting(ProgressView::kind, ProgressView::title, ProgressView::share)
        .containsExactly(
            tuple("preload", "Load modules ahead", 0.5),
            tuple("drain", "Old code of json 1.0.0 ends", 0.75),
            tuple("compile", "Compile json 1.0.0", 0.75));

    this.log.onEvent(progressed(WasmWork.PRELOAD, 10, 10));
    this.log.onEvent(progressed(WasmWork.DRAIN, 4, 4));
    this.log.onEvent(progressed(WasmWork.COMPILE, 40, 40));
    assertThat(this.log.list()).extracting(ProgressView::state).containsOnly("done");
    assertThat(this.log.list()).hasSize(3);
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
