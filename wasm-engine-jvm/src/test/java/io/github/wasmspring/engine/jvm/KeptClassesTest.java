package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.CompiledCodeKey;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.jvm.classes.CodeAssembly;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.ModuleMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that a process has made are there for the next one. */
class KeptClassesTest {

  @TempDir private Path parent;

  private final Queue<Runnable> writes = new ArrayDeque<>();
  private final WasmBinary module = module();
  private CompiledCodeStore store;

  /** As many bytes as fill a group are between two functions. */
  private static WasmBinary module() {
    ModuleMaker module =
        new ModuleMaker()
            .type("60 01 7f 01 7f")
            .function(0, "00 20 00 41 01 6a 0b")
            .function(0, "00 " + "01 ".repeat(10_000) + "20 00 0b")
            .function(0, "00 20 00 41 02 6a 0b")
            .export("one", 0, 0)
            .export("many", 0, 1)
            .export("two", 0, 2);
    byte[] bytes = module.bytes();
    return new WasmBinary(bytes, WasmDigest.of(bytes), "a test");
  }

  @BeforeEach
  void open() {
    this.store = new CompiledCodeStore(this.parent.resolve("code"), 1 << 20);
  }

  private JvmEngine engine() {
    return new JvmEngine(
        new CodeAssembly(
            Runnable::run,
            Runnable::run,
            this.store,
            VectorUse.HALVES,
            (work, delay) -> this.writes.add(work)));
  }

  private void write() {
    while (!this.writes.isEmpty()) {
      this.writes.remove().run();
    }
  }

  private static long call(WasmCode code, int export) {
    try (WasmInstance instance =
        code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false)) {
      return instance.call(export, 40)[0];
    }
  }

  private WasmCode compile(JvmEngine engine) {
    return engine.compile(this.module, WasmEngineMode.COMPILED, true);
  }

  @Test
  void nothingIsKeptAtFirst() {
    assertThat(engine().stored(this.module, true)).isNull();
    assertThat(this.store.status().entries()).isZero();
  }

  @Test
  void whatWasMadeIsTakenAndWhatIsMissingIsMade() {
    WasmCode first = compile(engine());
    assertThat(call(first, 0)).isEqualTo(41);
    write();
    long few = this.store.status().bytes();
    assertThat(this.store.status().entries()).isOne();

    WasmCode second = engine().stored(this.module, true);
    assertThat(second.kind()).isEqualTo(WasmCodeKind.COMPILED);
    assertThat(second.features()).isEqualTo(first.features());
    assertThat(call(second, 0)).isEqualTo(41);
    assertThat(this.writes).isEmpty();
    assertThat(call(second, 2)).isEqualTo(42);
    assertThat(this.writes).hasSize(1);
    write();
    assertThat(this.store.status().bytes()).isGreaterThan(few);

    WasmCode third = engine().stored(this.module, true);
    assertThat(call(third, 0) + call(third, 2)).isEqualTo(83);
    assertThat(this.writes).isEmpty();
  }

  @Test
  void whatIsNotWrittenYetIsWrittenAtTheEnd() {
    try (JvmEngine engine = engine()) {
      call(compile(engine), 0);
      assertThat(this.store.status().entries()).isZero();
    }
    assertThat(this.store.status().entries()).isOne();
    long bytes = this.store.status().bytes();
    write();
    assertThat(this.store.status().bytes()).isEqualTo(bytes);
    assertThat(call(engine().stored(this.module, true), 0)).isEqualTo(41);
  }

  @Test
  void codeOfOtherSettingsIsOther() {
    call(compile(engine()), 0);
    write();
    assertThat(engine().stored(this.module, false)).isNull();
  }

  @Test
  void whatIsForgottenIsNotWrittenAgain() {
    JvmEngine engine = engine();
    call(compile(engine), 0);
    write();
    WasmCode kept = engine.stored(this.module, true);
    engine.forget(this.module.digest());
    assertThat(this.store.status().entries()).isZero();
    assertThat(call(kept, 2)).isEqualTo(42);
    write();
    assertThat(this.store.status().entries()).isZero();
    assertThat(engine.stored(this.module, true)).isNull();
  }

  @Test
  void aDamagedFileIsNotRead() throws IOException {
    call(compile(engine()), 0);
    write();
    Path file = onlyFile();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(engine().stored(this.module, true)).isNull();
    assertThat(file).doesNotExist();
  }

  @Test
  void classesThatTheJvmDoesNotTakeAreMadeAgain() {
    call(compile(engine()), 0);
    write();
    CompiledCodeKey key = CodeAssembly.key(this.module, true, VectorUse.HALVES);
    String kept = new String(this.store.find(key), StandardCharsets.ISO_8859_1);
    String damaged = kept.replace("\u00ca\u00fe\u00ba\u00be", "none");
    assertThat(damaged).isNotEqualTo(kept);
    this.store.store(key, damaged.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(call(engine().stored(this.module, true), 0)).isEqualTo(41);
    write();
    assertThat(this.store.status().entries()).isZero();
    this.store.store(key, "not an archive".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(engine().stored(this.module, true)).isNull();
    assertThat(this.store.status().entries()).isZero();
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(this.parent.resolve("code"))) {
      return files.filter(file -> file.toString().endsWith(".code")).findFirst().orElseThrow();
    }
  }

  @Test
  void formsOfVectorsAreKeptApart() {
    assertThat(
            Stream.of(VectorUse.values())
                .map(use -> CodeAssembly.key(this.module, true, use))
                .distinct())
        .as("without the Vector API there is one form, whether it was wanted or not")
        .hasSize(VectorUse.values().length - 1);
  }
}
