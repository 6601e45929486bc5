package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.Jvm;
import io.github.wasmspring.benchmarks.programs.Guest;
import io.github.wasmspring.benchmarks.programs.Program;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.List;
import java.util.function.Supplier;

/** Large modules of others, in sessions of this runtime and on Chicory by hand. */
final class Programs {

  private Programs() {}

  static Task task(String label, String engine) {
    Program program = Program.labelled(label);
    byte[] module = ModuleFile.named(program.module()).bytes();
    Supplier<String> answer = program.prepare(guest(module, program.imports(module), engine));
    return previous -> previous + answer.get().length();
  }

  /** Processor time of all threads, from the bytes of the module to the first answer. */
  static Figures firstAnswer(String label, String engine) {
    Program program = Program.labelled(label);
    byte[] module = ModuleFile.named(program.module()).bytes();
    List<WasmImportDefinition> imports = program.imports(module);
    long begin = Jvm.cpuNanos();
    String answer = program.prepare(guest(module, imports, engine)).get();
    long taken = Jvm.cpuNanos() - begin;
    System.err.println(answer);
    return Figures.of(Figures.NANOSECONDS, taken);
  }

  private static Guest guest(byte[] module, List<WasmImportDefinition> imports, String engine) {
    return switch (engine) {
      case "chicory-default" -> Guest.onChicory(module);
      case "wasmspring" -> Guest.here(module, imports, "jvm", true);
      case "wasmspring-chicory" -> Guest.here(module, imports, "chicory", true);
      default -> throw new IllegalArgumentException("No program runs on " + engine);
    };
  }
}
