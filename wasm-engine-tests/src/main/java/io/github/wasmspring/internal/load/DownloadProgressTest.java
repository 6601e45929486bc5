package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.event.WasmEvent.ModuleProgressed;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.TestEngines;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a module from a slow server it is told how much has come. */
@Timeout(120)
class DownloadProgressTest {

  private final List<ModuleProgressed> told = new CopyOnWriteArrayList<>();
  private SlowModuleServer server;

  @BeforeEach
  void start() throws IOException {
    this.server = new SlowModuleServer();
  }

  @AfterEach
  void stop() {
    this.server.close();
  }

  /** The server sends the second half when it was told of the first. */
  private void load(String kind) {
    CountDownLatch gate = this.server.holdHalfWay();
    try (WasmRuntime runtime = TestEngines.runtime().build()) {
      runtime
          .events()
          .addListener(
              event -> {
                if (event instanceof ModuleProgressed progressed) {
                  this.told.add(progressed);
                  gate.countDown();
                }
              });
      runtime.register(DownloadProcess.module(this.server.location(kind, 7)));
      assertThat(DownloadProcess.answer(runtime, DownloadProcess.MODULE)).isEqualTo(7);
    }
  }

  @Test
  void asAShareWhereTheServerSaysHowMuchThereIs() {
    load("known");
    int length = SlowModuleServer.module(7).length;
    ModuleProgressed first = this.told.get(0);
    assertThat(first.module()).isEqualTo(DownloadProcess.MODULE);
    assertThat(first.work()).isEqualTo(WasmWork.DOWNLOAD);
    assertThat(first.total()).isEqualTo(length);
    assertThat(first.done()).isPositive().isLessThan(length);
    assertThat(first.share()).isEqualTo((double) first.done() / length);
    assertThat(first.text()).contains(" of ", "bytes (");
    assertThat(this.told).extracting(ModuleProgressed::done).isSorted();
  }

  @Test
  void asBytesSoFarWhereItDoesNot() {
    load("chunked");
    ModuleProgressed first = this.told.get(0);
    assertThat(first.total()).isEqualTo(ModuleProgressed.UNKNOWN);
    assertThat(first.share()).isNull();
    assertThat(first.done()).isPositive();
    assertThat(first.text()).endsWith(" bytes so far");
  }
}
