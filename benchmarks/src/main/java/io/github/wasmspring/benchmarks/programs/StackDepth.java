package io.github.wasmspring.benchmarks.programs;

import io.github.wasmspring.WasmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How deep a JavaScript function calls itself in QuickJS on a stack of a given size, with its big
 * functions split and as they are. Takes the file of QuickJS.
 */
public final class StackDepth {

  private static final List<String> ENGINES = List.of("jvm", "chicory");
  private static final int[] STACKS = {256, 512, 1024, 2048};

  private StackDepth() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    byte[] module = Files.readAllBytes(Path.of(arguments[0]));
    System.out.println("engine,stack of KB,split,depth,ends with");
    for (String engine : ENGINES) {
      for (int stack : STACKS) {
        for (boolean split : new boolean[] {false, true}) {
          Thread thread =
              new Thread(
                  null, () -> measure(module, engine, split, stack), "deep", (long) stack << 10);
          thread.start();
          thread.join();
        }
      }
    }
    System.exit(0);
  }

  private static void measure(byte[] module, String engine, boolean split, int stack) {
    AtomicInteger depth = new AtomicInteger();
    QuickJsGuest guest =
        new QuickJsGuest(Guest.here(module, Guest.answering0(module), engine, split));
    String end = "its own limit";
    try {
      for (int i = 0; i < Integer.getInteger("warm-up", 200); i++) {
        guest.evaluate("(() => { let f = n => n == 0 ? 0 : 1 + f(n - 1); return f(20) + '' })()");
      }
      for (int next = 10; ; next += Math.max(1, next / 20)) {
        String answer =
            guest.evaluate(
                "(() => { let f = n => n == 0 ? 0 : 1 + f(n - 1); try { return f(%d) + '' } catch (e) { return 'deep' } })()"
                    .formatted(next));
        if (!answer.equals(String.valueOf(next))) {
          break;
        }
        depth.set(next);
      }
    } catch (WasmException overflow) {
      end = overflow.category().name();
    }
    System.out.printf("%s,%d,%s,%d,%s%n", engine, stack, split, depth.get(), end);
  }
}
