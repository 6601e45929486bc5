package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.split.BigFunction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes classes of a module, for builds without Maven: {@code java -cp …
 * io.github.wasmspring.engine.jvm.CompileCommand tax.wasm com.example.TaxCode classes}.
 */
public final class CompileCommand {

  private CompileCommand() {}

  /**
   * @param arguments the module, the class to make, the folder for class files, and where the
   *     module is from the root of the class path, if it is not to be put beside the class
   * @throws IOException if the module can't be read or the folder can't be written to
   * @throws io.github.wasmspring.WasmLoadException if it is no module, or one that the engine
   *     refuses
   */
  public static void main(String... arguments) throws IOException {
    if (arguments.length < 3 || arguments.length > 4) {
      throw new IllegalArgumentException(
          "Give the module, the class to make, the folder for class files, and where the module is in the class path unless it is to be put beside the class");
    }
    compile(
        new BuildTimeClasses(
            Files.readAllBytes(Path.of(arguments[0])),
            arguments[0],
            arguments[1],
            arguments.length == 4 ? arguments[3] : null),
        Path.of(arguments[2]),
        System.out);
  }

  private static void compile(BuildTimeClasses classes, Path folder, PrintStream report)
      throws IOException {
    if (classes.areIn(folder)) {
      return;
    }
    for (BigFunction function : classes.writeTo(folder)) {
      if (function.isTooBig()) {
        report.println(function.describe() + "; HotSpot won't compile it");
      }
    }
  }
}
