package io.github.wasmspring.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.build.time.compiler.Config;
import com.dylibso.chicory.build.time.compiler.Generator;
import com.dylibso.chicory.compiler.InterpreterFallback;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.chicory.SplitCommand;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

/**
 * What a build does with a module that has a giant function: split it, have Chicory compile what
 * comes out, as its Maven plugin does, and run the classes.
 */
class SplitInTheBuildTest {

  private static final String CODE = "com.example.QuickJsCode";
  private static final int HOTSPOT = 8000;

  /** No function, but a table of all of them: the way from Java into the module. */
  private static final String TABLE = "call_dispatch_";

  private static final List<String> PROGRAMS =
      List.of(
          "1 + 2 * 3 - 4 / 8 % 3 ** 2",
          "let s = 0; for (let i = 0; i < 100000; i++) { if (i % 3) continue; s += i; } s",
          "[..._()].join(); function* _() { for (const w of 'big loop'.split('')) yield w + 1; }",
          "try { null.x } catch (e) { e.message + new RegExp('a+').exec('baaa')[0] }",
          "JSON.stringify([3, 1, 2].sort().map(x => ({ x, y: BigInt(x) ** 70n + '' })))",
          "throw new RangeError('of no use')",
          "(function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2); })(15)");

  @TempDir private Path build;

  @Test
  void aModuleThatWasSplitInTheBuildAnswersTheSameFromMethodsThatHotSpotCompiles()
      throws IOException {
    byte[] module = NpmPackage.QUICKJS.bytes();
    Path whole = Files.write(this.build.resolve("quickjs.wasm"), module);
    Path split = this.build.resolve("split/quickjs.wasm");
    SplitCommand.main(whole.toString(), split.toString());

    Path wholeClasses = compile(whole, "whole");
    Path splitClasses = compile(split, "classes");

    assertThat(methodSizes(wholeClasses)).anyMatch(size -> size > HOTSPOT);
    assertThat(methodSizes(splitClasses)).isNotEmpty().allMatch(size -> size <= HOTSPOT);
    assertThat(answersOfClasses(splitClasses, module))
        .hasSameSizeAs(PROGRAMS)
        .isEqualTo(answersOfBytes(module));
  }

  /** As {@code chicory-compiler-maven-plugin} does, and the Java compiler after it. */
  private Path compile(Path module, String name) throws IOException {
    Path classes = Files.createDirectories(this.build.resolve(name));
    Path sources = Files.createDirectories(this.build.resolve(name + "-sources"));
    Generator generator =
        new Generator(
            Config.builder()
                .withWasmFile(module)
                .withName(CODE)
                .withTargetClassFolder(classes)
                .withTargetSourceFolder(sources)
                .withTargetWasmFolder(classes)
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .build());
    generator.generateMetaWasm(generator.generateResources());
    generator.generateSources();
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("-classpath", classpath(classes)));
    arguments.addAll(files(sources, ".java").map(Path::toString).toList());
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    return classes;
  }

  private static String classpath(Path classes) {
    return classes + System.getProperty("path.separator") + System.getProperty("java.class.path");
  }

  private static Stream<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList().stream();
    }
  }

  private static List<Integer> methodSizes(Path classes) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    files(classes, ".class")
        .forEach(
            file -> {
              try {
                sizes.addAll(methodSizes(new ClassReader(Files.readAllBytes(file))));
              } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
              }
            });
    return sizes;
  }

  /** The code lengths that stand in the class file, which HotSpot goes by. */
  private static List<Integer> methodSizes(ClassReader file) {
    List<Integer> sizes = new ArrayList<>();
    char[] buffer = new char[file.getMaxStringLength()];
    int at = file.header + 6;
    at += 2 + 2 * file.readUnsignedShort(at);
    for (int fieldsThenMethods = 0; fieldsThenMethods < 2; fieldsThenMethods++) {
      int count = file.readUnsignedShort(at);
      at += 2;
      for (int member = 0; member < count; member++) {
        boolean isTable = String.valueOf(file.readUTF8(at + 2, buffer)).startsWith(TABLE);
        int attributes = file.readUnsignedShort(at + 6);
        at += 8;
        for (int attribute = 0; attribute < attributes; attribute++) {
          if (!isTable && "Code".equals(file.readUTF8(at, buffer))) {
            sizes.add(file.readInt(at + 10));
          }
          at += 6 + file.readInt(at + 2);
        }
      }
    }
    return sizes;
  }

  private static List<String> answersOfClasses(Path classes, byte[] module) throws IOException {
    URL[] place = {classes.toUri().toURL()};
    ClassLoader parent = SplitInTheBuildTest.class.getClassLoader();
    try (URLClassLoader loader = new URLClassLoader(place, parent);
        TestRuntime runtime = new TestRuntime()) {
      return answers(
          runtime,
          module,
          WasmModuleDescriptor.builder("quickjs").compiledClass(CODE).classLoader(loader),
          "chicory-build-time");
    }
  }

  private static List<String> answersOfBytes(byte[] module) {
    try (TestRuntime runtime = new TestRuntime()) {
      runtime.bytes.put("quickjs.wasm", module);
      return answers(
          runtime,
          module,
          WasmModuleDescriptor.builder("quickjs").location("bytes:quickjs.wasm"),
          "chicory-compiled");
    }
  }

  private static List<String> answers(
      TestRuntime runtime, byte[] module, WasmModuleDescriptor.Builder quickJs, String engine) {
    runtime.with(
        quickJs
            .imports(DumbImports.of(module, "wasi_snapshot_preview1"))
            .settings(
                settings -> settings.limits(limits -> limits.timeout(Duration.ofMinutes(1)))));
    try (WasmSession session = runtime.manager.open("quickjs")) {
      assertThat(runtime.manager.status("quickjs").get(0).engine()).isEqualTo(engine);
      QuickJs javascript = new QuickJs(session);
      return PROGRAMS.stream().map(javascript::evaluate).toList();
    }
  }
}
