package io.github.wasmspring.verification.hostile;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Every attack once, on modules that are loaded already. Prints a table of how each had to end, how
 * it ended, and after how long; {@code verification/run attacks} starts it. Exits with 1 if one
 * ended otherwise.
 */
public final class Attacks implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofMillis(100);
  private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(5);

  private final WasmRuntime runtime = WasmRuntime.create();

  Attacks() {
    new HostileModules(BORROW_TIMEOUT)
        .modules()
        .forEach(
            module -> {
              this.runtime.register(module);
              this.runtime.manager().warmUp(module.id());
            });
  }

  public static void main(String[] arguments) {
    boolean sound = true;
    System.out.println("| attack | must end in | ended in | ms |");
    System.out.println("|---|---|---|--:|");
    try (Attacks attacks = new Attacks()) {
      for (Attack attack : Attack.ALL) {
        long start = System.nanoTime();
        WasmException failure = attacks.perform(attack);
        System.out.printf(
            "| %s | %s | %s | %d |%n",
            attack.name(),
            attack.expected(),
            failure == null ? "an answer" : failure.category(),
            (System.nanoTime() - start) / 1_000_000);
        sound &= failure != null && failure.category() == attack.expected();
      }
    }
    System.exit(sound ? 0 : 1);
  }

  @Nullable WasmException perform(Attack attack) {
    return attack.perform(this.runtime.manager(), DEADLINE);
  }

  @Override
  public void close() {
    this.runtime.close();
  }
}
