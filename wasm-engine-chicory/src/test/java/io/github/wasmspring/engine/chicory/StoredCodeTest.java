package io.github.wasmspring.engine.chicory;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionBody;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.binary.FeatureProbe;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.CompileListener;
import io.github.wasmspring.internal.engine.CompilerThreads;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Code that an earlier process compiled: each engine here stands for one process. */
class StoredCodeTest {

  private static final long MANY = 64 << 20;

  @TempDir private Path directory;

  @BeforeEach
  void directoryOfOurOwn() {
    this.directory = this.directory.resolve("code");
  }

  private static WasmBinary guest(String name) {
    byte[] bytes = Guests.bytes(name);
    return new WasmBinary(bytes, WasmDigest.of(bytes), name);
  }

  private CompiledCodeStore store() {
    return new CompiledCodeStore(this.directory, MANY);
  }

  private static WasmCode compile(CompiledCodeStore store, WasmBinary binary) {
    return compile(store, binary, false);
  }

  /** As a process does that has nothing in its heap yet. */
  static WasmCode compile(CompiledCodeStore store, WasmBinary binary, boolean split) {
    return new CompilerThreads(new ChicoryEngine(store), new CompiledModuleCache(1 << 20))
        .compile(
            binary, WasmEngineMode.COMPILED, split, Duration.ofMinutes(1), CompileListener.NONE);
  }

  private static WasmInstance instance(WasmCode code) {
    return code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false);
  }

  private static int call(WasmCode code, String export, long argument) {
    return (int) instance(code).call(code.exports().get(export).index(), argument)[0];
  }

  private static int sum(WasmCode scalar) {
    return (int) instance(scalar).call(scalar.exports().get("add").index(), 40, 2)[0];
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(this.directory)) {
      return files.toList().get(0);
    }
  }

  @Test
  void theNextProcessTakesItAndSaysTheSameOfIt() {
    WasmCode first = compile(store(), guest("buffer"));
    CompiledCodeStore store = store();

    WasmCode second = compile(store, guest("buffer"));

    assertThat(store.status().hits()).isEqualTo(1);
    assertThat(second.engine()).isEqualTo(first.engine()).isEqualTo("chicory-compiled");
    assertThat(second.exports()).isEqualTo(first.exports());
    assertThat(second.imports()).isEqualTo(first.imports());
    assertThat(second.hasMemory()).isTrue();
    assertThat(second.weight()).isEqualTo(first.weight());
  }

  @Test
  void theFeaturesOfTheModuleAreKeptToo() {
    byte[] bytes = FeatureProbe.TAIL_CALL.bytes();
    WasmBinary module = new WasmBinary(bytes, WasmDigest.of(bytes), "test");
    WasmCode first = compile(store(), module);
    CompiledCodeStore store = store();

    WasmCode second = compile(store, module);

    assertThat(store.status().hits()).isEqualTo(1);
    assertThat(first.features()).containsExactly(WasmFeature.TAIL_CALL);
    assertThat(second.features()).isEqualTo(first.features());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void functionsThatStayInTheInterpreterKeepTheirBodies(boolean tailCall) {
    WasmBinary module = tailCall ? BigModule.withTailCall() : BigModule.withCall();
    WasmCode first = compile(store(), module);
    CompiledCodeStore store = store();
    WasmCode second = compile(store, module);

    assertThat(store.status().hits()).isEqualTo(1);
    for (WasmCode code : List.of(first, second)) {
      assertThat(call(code, "big", 7)).isEqualTo(BigModule.big(7));
      assertThat(call(code, "small", 21)).isEqualTo(42);
    }
  }

  @Test
  void whatIsKnownOfBigFunctionsIsKeptToo() {
    WasmBinary module = BigModule.withCall();
    CompiledCodeStore store = store();

    WasmCode first = compile(store, module, true);
    WasmCode second = compile(store, module, true);
    WasmCode unsplit = compile(store, module, false);

    assertThat(store.status().hits()).isEqualTo(1);
    assertThat(first.bigFunctions()).isNotEmpty().isEqualTo(second.bigFunctions());
    assertThat(unsplit.bigFunctions()).isNotEmpty().allMatch(function -> function.pieces() == 0);
    for (WasmCode code : List.of(first, second, unsplit)) {
      assertThat(call(code, "big", 7)).isEqualTo(BigModule.big(7));
    }
  }

  @Test
  void onlyBodiesThatAreNeededAreKept() {
    WasmBinary module = BigModule.withCall();

    CompiledForm form =
        CompiledForm.compile(Parser.parse(module.bytes()), module.bytes(), List.of(), Set.of());
    FunctionBody[] bodies = form.module().codeSection().functionBodies();

    assertThat(form.keptBodies()).containsExactly(1);
    assertThat(bodies[0].instructions()).hasSize(1);
    assertThat(bodies[1].instructions()).hasSizeGreaterThan(40_000);
  }

  @Test
  void nothingOfTheFunctionsOfARealModuleIsKept() throws IOException {
    try (InputStream stream =
        getClass()
            .getResourceAsStream(
                "/META-INF/resources/webjars/source-map/0.7.3/lib/mappings.wasm")) {
      byte[] bytes = stream.readAllBytes();
      CompiledForm form = CompiledForm.compile(Parser.parse(bytes), bytes, List.of(), Set.of());

      assertThat(form.keptBodies()).isEmpty();
      assertThat(form.skeleton().length).isLessThan(bytes.length / 4);
      assertThat(form.module().codeSection().functionBodies())
          .hasSizeGreaterThan(20)
          .allMatch(body -> body.instructions().size() == 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"unreachable_op, TRAP", "recurse, STACK_OVERFLOW"})
  void aFailureReadsTheSameFromBoth(String export, WasmErrorCategory category) {
    WasmBinary module = guest("trouble");
    String first = failureOf(compile(store(), module), export, category);
    String second = failureOf(compile(store(), module), export, category);

    assertThat(second).isEqualTo(first);
  }

  private static String failureOf(WasmCode code, String export, WasmErrorCategory category) {
    WasmExportedFunction function = code.exports().get(export);
    long[] arguments = new long[function.type().params().size()];
    Arrays.fill(arguments, Integer.MAX_VALUE);
    return failure(category, () -> instance(code).call(function.index(), arguments)).getMessage();
  }

  /** Each region of the file: its header, the names, the skeleton, the classes, the checksum. */
  @Test
  void whatIsDamagedIsCompiledAgain() throws IOException {
    WasmBinary module = guest("scalar");
    compile(store(), module);
    byte[] good = Files.readAllBytes(file());
    for (int region = 0; region < 40; region++) {
      byte[] bad = good.clone();
      bad[(int) ((long) region * (good.length - 1) / 39)] ^= 0x10;
      Files.write(file(), bad);
      CompiledCodeStore store = store();

      assertThat(sum(compile(store, module))).isEqualTo(42);

      assertThat(store.status().hits()).as("region %d", region).isZero();
      assertThat(store.status().failures()).isEqualTo(1);
      assertThat(store().find(CompiledForm.key(module, false))).isNotNull();
    }
  }

  /** Somebody's own file, or a mistake of ours: the checksum is right and the content is not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 200, 2000})
  void whatIsIntactButNoCodeIsCompiledAgain(int length) {
    WasmBinary module = guest("scalar");
    CompiledForm form =
        CompiledForm.compile(Parser.parse(module.bytes()), module.bytes(), List.of(), Set.of());
    byte[] cut = Arrays.copyOf(form.write(), length);
    store().store(CompiledForm.key(module, false), cut);
    CompiledCodeStore store = store();

    WasmCode code = compile(store, module);

    assertThat(sum(code)).isEqualTo(42);
    assertThat(store.status().failures()).isEqualTo(1);
    assertThat(store().find(CompiledForm.key(module, false))).isNotEqualTo(cut);
  }

  @Test
  void classesThatTheJvmRefusesAreCompiledAgain() {
    WasmBinary module = guest("scalar");
    CompiledForm form =
        CompiledForm.compile(Parser.parse(module.bytes()), module.bytes(), List.of(), Set.of());
    Map<String, byte[]> classes = new HashMap<>(form.classes());
    classes.replaceAll((name, bytes) -> new byte[] {1, 2, 3});
    store()
        .store(
            CompiledForm.key(module, false),
            new CompiledForm(
                    form.mainClass(),
                    classes,
                    form.skeleton(),
                    form.keptBodies(),
                    List.of(),
                    Set.of())
                .write());
    CompiledCodeStore store = store();

    assertThat(compile(store, module).exports()).containsKey("add");
    assertThat(store.status().failures()).isEqualTo(1);
  }

  private CompiledCodeStore forged(WasmBinary module, CompiledForm form) {
    return forged(module, form.write());
  }

  private CompiledCodeStore forged(WasmBinary module, byte[] form) {
    store().store(CompiledForm.key(module, false), form);
    return store();
  }

  private void isCompiledAnew(CompiledCodeStore store, WasmBinary module) {
    assertThat(sum(compile(store, module))).isEqualTo(42);
    assertThat(store.status().failures()).isEqualTo(1);
    assertThat(sum(compile(store, module))).isEqualTo(42);
    assertThat(store.status().failures()).isEqualTo(1);
  }

  /** Of each class all methods fall off their end, as the verifier finds out and the parser not. */
  @Test
  void classesThatDoNotPassTheVerifierAreCompiledAgain() {
    WasmBinary module = guest("scalar");
    CompiledForm form =
        CompiledForm.compile(Parser.parse(module.bytes()), module.bytes(), List.of(), Set.of());
    for (String name : form.classes().keySet()) {
      Map<String, byte[]> classes = new HashMap<>(form.classes());
      classes.computeIfPresent(name, (key, bytes) -> withMethodsThatDoNotEnd(bytes));

      isCompiledAnew(forged(module, with(form, form.mainClass(), classes)), module);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        StackOverflowError.class,
        StreamCorruptedException.class,
        AssertionError.class,
        UnknownError.class,
        IllegalMonitorStateException.class
      })
  void codeThatThrowsWhateverWhenItIsLoadedIsCompiledAgain(Class<? extends Throwable> type) {
    WasmBinary module = guest("scalar");
    CompiledForm form =
        CompiledForm.compile(Parser.parse(module.bytes()), module.bytes(), List.of(), Set.of());
    Map<String, byte[]> classes = new HashMap<>(form.classes());
    classes.computeIfPresent(form.mainClass(), (key, bytes) -> withInitializer(bytes, type));

    isCompiledAnew(forged(module, with(form, form.mainClass(), classes)), module);
  }

  @Test
  void codeWhoseMainClassIsAnythingElseIsCompiledAgain() {
    WasmBinary module = guest("scalar");
    CompiledForm form =
        CompiledForm.compile(Parser.parse(module.bytes()), module.bytes(), List.of(), Set.of());
    for (String other : List.of("java.lang.String", "java.lang.System", "none", "", "a/b")) {
      isCompiledAnew(forged(module, with(form, other, form.classes())), module);
    }
  }

  /** Every four bytes where a number may stand say something huge, or something below 0. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, -1})
  void lengthsThatAreNotTrueAreCompiledAgain(int length) {
    WasmBinary module = guest("scalar");
    CompiledForm form =
        CompiledForm.compile(Parser.parse(module.bytes()), module.bytes(), List.of(), Set.of());
    byte[] good = form.write();
    int kept = 2 + form.mainClass().length();
    int skeleton = kept + 4 + 4 * form.keptBodies().length;
    int classes = skeleton + 4 + form.skeleton().length;
    for (int position : new int[] {kept, skeleton}) {
      byte[] bad = good.clone();
      ByteBuffer.wrap(bad).putInt(position, length);

      isCompiledAnew(forged(module, bad), module);
    }
    byte[] bad = good.clone();
    ByteBuffer.wrap(bad).putInt(classes, Integer.MAX_VALUE);
    isCompiledAnew(forged(module, bad), module);
  }

  private static CompiledForm with(
      CompiledForm form, String mainClass, Map<String, byte[]> classes) {
    return new CompiledForm(
        mainClass, classes, form.skeleton(), form.keptBodies(), List.of(), Set.of());
  }

  private static byte[] withMethodsThatDoNotEnd(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public @Nullable MethodVisitor visitMethod(
                  int access, String name, String type, String generic, String[] thrown) {
                MethodVisitor code = super.visitMethod(access, name, type, generic, thrown);
                code.visitCode();
                code.visitInsn(Opcodes.NOP);
                code.visitMaxs(20, 300);
                code.visitEnd();
                return null;
              }
            },
            0);
    return writer.toByteArray();
  }

  private static byte[] withInitializer(byte[] bytes, Class<?> thrown) {
    String type = Type.getInternalName(thrown);
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(bytes).accept(writer, 0);
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    code.visitCode();
    code.visitTypeInsn(Opcodes.NEW, type);
    code.visitInsn(Opcodes.DUP);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "()V", false);
    code.visitInsn(Opcodes.ATHROW);
    code.visitMaxs(2, 0);
    code.visitEnd();
    return writer.toByteArray();
  }

  @Test
  void theInterpreterNeedsNoStore() {
    CompiledCodeStore store = store();

    new CompilerThreads(new ChicoryEngine(store), new CompiledModuleCache(1 << 20))
        .compile(
            guest("scalar"),
            WasmEngineMode.INTERPRETER,
            false,
            Duration.ofMinutes(1),
            CompileListener.NONE);

    assertThat(store.status().entries()).isZero();
    assertThat(store.status().misses()).isZero();
  }

  @Test
  void whatDoesNotCompileIsNotStored() {
    WasmBinary broken = new WasmBinary(new byte[] {0, 1, 2}, "sha256:broken", "test");

    failure(WasmErrorCategory.MALFORMED, () -> compile(store(), broken));

    assertThat(store().status().entries()).isZero();
  }
}
