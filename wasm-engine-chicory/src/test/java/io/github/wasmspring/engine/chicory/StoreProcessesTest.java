package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledCodeStoreStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that share a directory. */
@Timeout(180)
class StoreProcessesTest {

  @TempDir private Path directory;

  @BeforeEach
  void directoryOfOurOwn() {
    this.directory = this.directory.resolve("code");
  }

  @Test
  void twoThatCompileTheSameAtTheSameTimeBothSucceedAndAThirdFindsIt() throws Exception {
    try (StoreProcess one = StoreProcess.start(this.directory, "compile");
        StoreProcess other = StoreProcess.start(this.directory, "compile");
        StoreProcess third = StoreProcess.start(this.directory, "compile")) {
      one.begin();
      other.begin();

      for (StoreProcess process : List.of(one, other)) {
        assertThat(process.readLine()).startsWith(BigModule.big(7) + " ").endsWith(" 0 1");
      }
      third.begin();
      assertThat(third.readLine()).isEqualTo(BigModule.big(7) + " 1 0 1");
    }
  }

  /** Killed at another moment of writing each time. */
  @Test
  void whatAKilledProcessLeavesIsNeverTakenForCode() throws Exception {
    int found = 0;
    for (int round = 0; round < 6; round++) {
      try (StoreProcess writer = StoreProcess.start(this.directory, "write")) {
        writer.begin();
        for (int written = 0; written <= round; written++) {
          assertThat(writer.readLine()).isNotNull();
        }
        LockSupport.parkNanos(round * 1_700_000L);
        writer.kill();
      }
      CompiledCodeStore store = new CompiledCodeStore(this.directory, 1L << 30);
      for (int number = 0; number < 4; number++) {
        byte[] content = store.find(StoreProcess.key(number));
        if (content != null) {
          assertThat(content).isEqualTo(StoreProcess.content(number));
          found++;
        }
      }
      assertThat(store.status())
          .extracting(CompiledCodeStoreStatus::failures, CompiledCodeStoreStatus::problem)
          .containsExactly(0L, null);
    }
    assertThat(found).isGreaterThanOrEqualTo(6);
  }
}
