package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.engine.CompiledCodeKey;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledCodeStoreStatus;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** What other JVMs do with a directory; they are started by {@link StoreProcessesTest}. */
final class StoreProcess implements AutoCloseable {

  static final int LARGE = 3 << 20;

  private final Process process;
  private final BufferedReader output;

  private StoreProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a JVM and waits until it is ready to begin.
   *
   * @param what {@code compile} or {@code write}
   */
  static StoreProcess start(Path directory, String what) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    StoreProcess started =
        new StoreProcess(
            new ProcessBuilder(
                    java.toString(),
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StoreProcess.class.getName(),
                    directory.toString(),
                    what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    String ready = started.readLine();
    if (!"ready".equals(ready)) {
      started.close();
      throw new IOException("The process said " + ready);
    }
    return started;
  }

  void begin() throws IOException {
    this.process.getOutputStream().write('\n');
    this.process.getOutputStream().flush();
  }

  String readLine() throws IOException {
    return this.output.readLine();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    this.process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    this.process.destroyForcibly();
  }

  static CompiledCodeKey key(int number) {
    return new CompiledCodeKey("module " + number, "variant");
  }

  static byte[] content(int number) {
    byte[] content = new byte[LARGE];
    new Random(number).nextBytes(content);
    return content;
  }

  public static void main(String[] arguments) throws IOException {
    CompiledCodeStore store = new CompiledCodeStore(Path.of(arguments[0]), 1L << 30);
    System.out.println("ready");
    new InputStreamReader(System.in, StandardCharsets.UTF_8).read();
    if (arguments[1].equals("compile")) {
      compile(store);
    } else {
      writeForEver(store);
    }
  }

  private static void compile(CompiledCodeStore store) {
    WasmCode code = StoredCodeTest.compile(store, BigModule.withCall(), true);
    long result =
        code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false)
            .call(code.exports().get("big").index(), 7)[0];
    CompiledCodeStoreStatus status = store.status();
    System.out.println(
        (int) result + " " + status.hits() + " " + status.failures() + " " + status.entries());
  }

  private static void writeForEver(CompiledCodeStore store) {
    for (int number = 0; ; number = (number + 1) % 4) {
      store.store(key(number), content(number));
      System.out.println(number);
    }
  }
}
