package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.internal.split.SplitModule;
import io.github.wasmspring.internal.split.WasmSplitter;
import io.github.wasmspring.split.BigFunction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Splits the big functions of a module in a file, for builds in which Chicory's plugin compiles
 * them: {@code java -cp wasm-engine-chicory.jar:wasm-binary.jar:slf4j-api.jar
 * io.github.wasmspring.engine.chicory.SplitCommand in.wasm out.wasm}.
 */
public final class SplitCommand {

  private SplitCommand() {}

  /**
   * @param arguments the module and the file to write, which may be the same
   * @throws IOException if one can't be read or the other can't be written
   * @throws io.github.wasmspring.binary.WasmBinaryException if what is read is no module
   */
  public static void main(String... arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("Give the module to split and the file to write");
    }
    split(Path.of(arguments[0]), Path.of(arguments[1]), System.out);
  }

  static void split(Path module, Path target, PrintStream report) throws IOException {
    byte[] bytes = Files.readAllBytes(module);
    SplitModule split = WasmSplitter.split(bytes, ModuleFacts.of(bytes), ChicoryCosts.MODEL);
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.write(target, split.bytes());
    for (BigFunction function : split.functions()) {
      String still = function.isTooBig() ? "; HotSpot still won't compile it" : "";
      report.println(module.getFileName() + ": " + function.describe() + still);
    }
  }
}
