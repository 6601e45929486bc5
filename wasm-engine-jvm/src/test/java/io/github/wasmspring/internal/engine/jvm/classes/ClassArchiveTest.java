package io.github.wasmspring.internal.engine.jvm.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.testing.ModuleMaker;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

  @TempDir private Path parent;

  private static WasmBinary module() {
    byte[] bytes = new ModuleMaker().bytes();
    return new WasmBinary(bytes, WasmDigest.of(bytes), "a test");
  }

  @Test
  void nobodyWaitsForTheDisk() throws InterruptedException {
    Queue<Runnable> writes = new ConcurrentLinkedQueue<>();
    ClassArchive archive =
        new ClassArchive(
            new CompiledCodeStore(this.parent.resolve("code"), 1 << 20),
            CodeAssembly.key(module(), true, VectorUse.HALVES),
            new KnownBigFunctions(module(), true),
            (work, delay) -> writes.add(work));
    Thread caller = new Thread(() -> archive.add("Functions0", new byte[1]));
    synchronized (archive) {
      // As while it is written.
      caller.start();
      caller.join(10_000);
      assertThat(caller.isAlive()).isFalse();
    }
    assertThat(writes).hasSize(1);
  }
}
