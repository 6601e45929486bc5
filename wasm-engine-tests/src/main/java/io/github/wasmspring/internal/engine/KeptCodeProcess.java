package io.github.wasmspring.internal.engine;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.BytesLocationResolver;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/**
 * Compiles modules and keeps their code, or finds it, until it is killed; started by {@link
 * KeptCodeKillTest}.
 */
final class KeptCodeProcess {

  static final int MODULES = 4;
  static final String RIGHT = "right";
  static final String WRONG = "wrong";

  private static final int FUNCTIONS = 8;
  private static final int ADDITIONS = 600;

  private KeptCodeProcess() {}

  /** {@code directory}, {@code seed}. */
  public static void main(String[] arguments) {
    Random random = new Random(Long.parseLong(arguments[1]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CompiledCodeStore store = store(Path.of(arguments[0]));
    out.println("open");
    for (; ; ) {
      int number = random.nextInt(MODULES);
      if (random.nextBoolean()) {
        store.invalidate(WasmDigest.of(bytes(number)));
      }
      int answer = answer(store, number);
      long failures = store.status().failures();
      out.println(
          answer == expected(number) && failures == 0
              ? RIGHT
              : WRONG + ": " + number + " answers " + answer + ", " + failures + " failures");
    }
  }

  static CompiledCodeStore store(Path directory) {
    return new CompiledCodeStore(directory, 64 << 20);
  }

  /** What the module of that number answers with code from the store, or that is stored then. */
  static int answer(CompiledCodeStore store, int number) {
    BytesLocationResolver resolver = new BytesLocationResolver();
    WasmModuleDescriptor module =
        WasmModuleDescriptor.builder("sum")
            .location(resolver.put("sum", bytes(number)))
            .settings(settings -> settings.engineMode(WasmEngineMode.COMPILED))
            .build();
    try (WasmRuntime runtime =
        TestEngines.runtime().codeStore(store).locationResolver(resolver).module(module).build()) {
      return runtime.manager().<Number>execute("sum", "answer", null).value().intValue();
    }
  }

  static int expected(int number) {
    return number + FUNCTIONS * ADDITIONS;
  }

  private static byte[] bytes(int number) {
    ModuleMaker module = new ModuleMaker().type("60 01 7f 01 7f").type("60 00 01 7f");
    StringBuilder calls = new StringBuilder("00 41 %02x ".formatted(number));
    for (int i = 0; i < FUNCTIONS; i++) {
      module.function(0, "00 " + "20 00 41 01 6a 21 00 ".repeat(ADDITIONS) + "20 00 0b");
      calls.append("10 %02x ".formatted(i));
    }
    return module
        .function(1, calls.append("0b").toString())
        .export("answer", ModuleMaker.FUNCTION, FUNCTIONS)
        .bytes();
  }
}
