package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.jvm.classes.BuildTimeCompiler;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import io.github.wasmspring.testing.Failures;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes that were made before, and nothing that makes any when they are used. */
class BuildTimeCompilerTest {

  private static final String MAIN = "com.example.LoadedCode";
  private static final String RESOURCE = "wasm/loaded.wasm";
  private static final String IMAGE = "org.graalvm.nativeimage.imagecode";

  /** A class path of classes and a file. */
  private static final class Built extends ClassLoader {

    private final Map<String, byte[]> files = new HashMap<>();

    Built(byte[] module) {
      super(BuildTimeCompilerTest.class.getClassLoader());
      this.files.put(RESOURCE, module);
      compile(module)
          .classes()
          .forEach((name, bytes) -> this.files.put(name.replace('/', '.'), bytes));
    }

    static BuildTimeCompiler.Result compile(byte[] module) {
      WasmBinary binary = new WasmBinary(module, WasmDigest.of(module), "a test");
      BuildTimeClasses.check(binary);
      return BuildTimeCompiler.compile(binary, MAIN, RESOURCE);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = this.files.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      byte[] bytes = this.files.get(name);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    /** As in an image, where nothing can be made. */
    WasmCode open() {
      System.setProperty(IMAGE, "runtime");
      try {
        return new JvmEngine().precompiled(MAIN, this);
      } finally {
        System.clearProperty(IMAGE);
      }
    }
  }

  private static WasmInstance start(WasmCode code) {
    return code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, true);
  }

  static List<String> guests() throws IOException {
    return Guests.names();
  }

  @ParameterizedTest
  @MethodSource("guests")
  void everythingThatAClassUsesIsMadeAndVerified(String guest) throws Exception {
    byte[] module = Guests.bytes(guest);
    Built built = new Built(module);
    for (String file : built.files.keySet()) {
      if (!file.equals(RESOURCE)) {
        Class.forName(file, true, built);
      }
    }
    WasmCode code = built.open();
    assertThat(code.kind()).isEqualTo(WasmCodeKind.PRECOMPILED);
    WasmCode compiled = io.github.wasmspring.engine.jvm.Guests.open(module);
    assertThat(code.exports()).isEqualTo(compiled.exports());
    assertThat(code.hostImports()).isEqualTo(compiled.hostImports());
    assertThat(code.features()).isEqualTo(compiled.features());
  }

  @Test
  void answersAsWhatIsCompiledWhenItIsCalled() {
    WasmCode code = new Built(Guests.bytes("scalar")).open();
    WasmCode compiled = io.github.wasmspring.engine.jvm.Guests.open(Guests.bytes("scalar"));
    int add = code.exports().get("add").index();
    try (WasmInstance instance = start(code);
        WasmInstance other = start(compiled)) {
      assertThat(instance.call(add, 3, 4)).isEqualTo(other.call(add, 3, 4)).containsExactly(7);
      assertThat(code.direct(add).call(instance, 3, 4)).isEqualTo(7);
      assertThat(instance.reset()).isTrue();
      assertThat(instance.call(add, 1, 1)).containsExactly(2);
    }
  }

  /** Functions of two types are in a table; the host calls them by their place in it. */
  @Test
  void theHostCallsWhatIsInATable() {
    byte[] module =
        new ModuleMaker()
            .type("60 01 7f 01 7f")
            .type("60 00 01 7e")
            .function(0, "00 20 00 41 01 6a 0b")
            .function(1, "00 42 07 0b")
            .table("70 00 02")
            .export("table", 1, 0)
            .elements("00 41 00 0b 02 00 01")
            .bytes();
    try (WasmInstance instance = start(new Built(module).open())) {
      assertThat(instance.table("table").call(0, 41)).containsExactly(42);
      assertThat(instance.table("table").call(1)).containsExactly(7);
    }
  }

  @Test
  void memoryThatGrowsOftenGetsRoomOnTheJvm() {
    byte[] module =
        new ModuleMaker()
            .type("60 01 7f 01 7f")
            .function(0, "00 03 40 41 01 40 00 1a 20 00 41 01 6b 22 00 0d 00 0b 3f 00 0b")
            .memory("01 01 ff 3f")
            .global("7f 01 41 05 0b")
            .export("grow", 0, 0)
            .export("kept", 3, 0)
            .bytes();
    JvmEngine engine = new JvmEngine(Runnable::run, Runnable::run);
    try (WasmInstance instance = start(engine.precompiled(MAIN, new Built(module)))) {
      assertThat(instance.call(0, 200)).containsExactly(201);
      assertThat(instance.call(0, 1)).containsExactly(202);
      assertThat(instance.call(0, 1)).containsExactly(203);
      assertThat(instance.global("kept").get()).isEqualTo(5);
    }
  }

  @Test
  void framesAreThoseOfFunctions() {
    Built built = new Built(Guests.bytes("scalar"));
    WasmCode code = built.open();
    String name = MAIN + "$Functions0";
    assertThat(code.functionAt(new StackTraceElement(name, "f3", null, -1))).isEqualTo(3);
    assertThat(code.functionAt(new StackTraceElement(MAIN, "f3", null, -1)))
        .isEqualTo(WasmCode.NO_FUNCTION);
    assertThat(code.functionAt(new StackTraceElement("wasm.module.Functions0", "f3", null, -1)))
        .isEqualTo(WasmCode.NO_FUNCTION);
  }

  @Test
  void whatWasMadeOfOtherBytesIsRefused() {
    Built built = new Built(Guests.bytes("scalar"));
    built.files.put(RESOURCE, Guests.bytes("buffer"));
    WasmException failure = Failures.failure(WasmErrorCategory.LOAD, built::open);
    assertThat(failure)
        .hasMessageContaining(MAIN)
        .hasMessageContaining(RESOURCE)
        .hasMessageContaining("another module")
        .hasMessageContaining("build it again");
    built.files.remove(RESOURCE);
    assertThat(Failures.failure(WasmErrorCategory.LOAD, built::open))
        .hasMessageContaining("not in the class path");
  }

  @Test
  void whatAnotherVersionMadeIsCompiledAgain() {
    Built built = new Built(Guests.bytes("scalar"));
    built.files.put(MAIN, ofAnotherForm(built.files.get(MAIN)));
    WasmCode code = new JvmEngine().precompiled(MAIN, built);
    assertThat(code.kind()).isEqualTo(WasmCodeKind.COMPILED);
    try (WasmInstance instance = start(code)) {
      assertThat(instance.call(code.exports().get("add").index(), 3, 4)).containsExactly(7);
    }
    assertThat(Failures.failure(WasmErrorCategory.ENGINE, built::open))
        .hasMessageContaining("native image");
  }

  @Test
  void whatNamesClassesThatAreNoLongerThereIsToBeBuiltAgain() {
    Built built = new Built(Guests.bytes("scalar"));
    built.files.put(MAIN, withParent("io/github/wasmspring/engine/jvm/BuiltModule"));
    JvmEngine engine = new JvmEngine();
    assertThat(engine.takesPrecompiled(MAIN, built)).as("where there is a location").isFalse();
    assertThat(Failures.failure(WasmErrorCategory.LOAD, () -> engine.precompiled(MAIN, built)))
        .hasMessageContaining(MAIN)
        .hasMessageContaining("another version of wasm-maven-plugin")
        .hasMessageContaining("build it again");
  }

  private static byte[] withParent(String parent) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
        MAIN.replace('.', '/'),
        null,
        parent,
        null);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] ofAnotherForm(byte[] classFile) {
    ClassWriter writer = new ClassWriter(0);
    ClassVisitor changed =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method =
                super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!name.equals("form")) {
              return method;
            }
            method.visitCode();
            method.visitIntInsn(Opcodes.BIPUSH, 99);
            method.visitInsn(Opcodes.IRETURN);
            method.visitMaxs(1, 1);
            method.visitEnd();
            return null;
          }
        };
    new ClassReader(classFile).accept(changed, 0);
    return writer.toByteArray();
  }

  @Test
  void classesOfOthersAreLeftAlone() {
    JvmEngine engine = new JvmEngine();
    ClassLoader here = getClass().getClassLoader();
    assertThat(engine.takesPrecompiled(MAIN, new Built(Guests.bytes("scalar")))).isTrue();
    assertThat(engine.takesPrecompiled("java.lang.String", here)).isFalse();
    assertThat(engine.takesPrecompiled("com.example.Missing", here)).isTrue();
    assertThat(
            Failures.failure(
                WasmErrorCategory.LOAD, () -> engine.precompiled("java.lang.String", here)))
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("compiled-class")
        .hasMessageContaining("wasm-maven-plugin");
    assertThat(
            Failures.failure(
                WasmErrorCategory.LOAD, () -> engine.precompiled("com.example.Missing", here)))
        .hasMessageContaining("there is no class com.example.Missing");
  }

  @Test
  void theBuildSaysWhyAModuleIsRefused() {
    assertThat(
            Failures.failure(
                WasmErrorCategory.MALFORMED, () -> Built.compile(new byte[] {1, 2, 3, 4})))
        .hasMessageContaining("a test");
    byte[] invalid = new ModuleMaker().type("60 00 01 7f").function(0, "00 42 00 0b").bytes();
    Failures.failure(WasmErrorCategory.INVALID, () -> Built.compile(invalid));
  }

  @Test
  void manyFunctionsCanBeCalledByTheirNames() {
    ModuleMaker module = new ModuleMaker().type("60 00 01 7f");
    for (int i = 0; i < 2_500; i++) {
      module.function(0, "00 41 %02x 0b".formatted(i & 0x3f)).export("f" + i, 0, i);
    }
    try (WasmInstance instance = start(new Built(module.bytes()).open())) {
      for (int i : new int[] {0, 999, 1_000, 1_999, 2_000, 2_499}) {
        assertThat(instance.call(i)).containsExactly(i & 0x3f);
      }
    }
    assertThatCode(() -> Built.compile(new ModuleMaker().bytes())).doesNotThrowAnyException();
  }

  /** The owner has a table, into which others put functions. */
  private static ModuleMaker owner() {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .type("60 01 7f 01 7f")
        .function(1, "00 20 00 11 00 00 0b")
        .function(0, "00 41 2a 0b")
        .table("70 00 04")
        .memory("00 01")
        .global("7f 01 41 05 0b")
        .elements("00 41 00 0b 01 01")
        .export("call", ModuleMaker.FUNCTION, 0)
        .export("table", ModuleMaker.TABLE, 0)
        .export("memory", ModuleMaker.MEMORY, 0)
        .export("global", ModuleMaker.GLOBAL, 0);
  }

  private static LinkedGuest linked(ModuleMaker module, WasmProvidedImport... imports) {
    WasmCode code = new Built(module.bytes()).open();
    return new LinkedGuest(
        code, code.instantiate(List.of(imports), Limits.DEFAULTS, MemoryCharge.NONE, true));
  }

  @Test
  void instancesAreLinkedWithEachOther() {
    ModuleMaker user =
        new ModuleMaker()
            .type("60 00 01 7f")
            .type("60 01 7f 01 7f")
            .imports("a", "call", "00 01")
            .imports("a", "table", "01 70 00 04")
            .imports("a", "memory", "02 00 01")
            .function(0, "00 41 07 0b")
            .function(1, "00 20 00 10 00 0b")
            .elements("00 41 01 0b 01 01")
            .export("call", ModuleMaker.FUNCTION, 2);
    try (LinkedGuest owner = linked(owner());
        LinkedGuest guest =
            linked(user, owner.give("call"), owner.give("table"), owner.give("memory"))) {
      assertThat(owner.call("call", 1)).containsExactly(7);
      assertThat(guest.call("call", 0)).containsExactly(42);
    }
  }

  @Test
  void codeForGlobalsOfOthersCanNotBeMadeInAnImage() {
    ModuleMaker user = new ModuleMaker().imports("a", "global", "03 7f 01");
    try (LinkedGuest owner = linked(owner())) {
      assertThatExceptionOfType(WasmLoadException.class)
          .isThrownBy(() -> linked(user, owner.give("global")).close())
          .matches(refused -> refused.category() == WasmErrorCategory.ENGINE)
          .withMessageContaining("native image");
    }
  }
}
