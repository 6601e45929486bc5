package io.github.wasmspring.benchmarks.studies;

import com.sun.management.ThreadMXBean;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.validate.ModuleValidator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What reading and validating modules costs. Prints a line per module. */
public final class ValidationCost {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ValidationCost() {}

  public static void main(String[] arguments) throws IOException {
    for (String argument : arguments) {
      measure(Path.of(argument));
    }
  }

  private static void measure(Path file) throws IOException {
    byte[] module = Files.readAllBytes(file);
    long before = THREADS.getCurrentThreadCpuTime();
    ModuleFacts facts = ModuleFacts.of(module);
    long read = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    ModuleValidator.validate(module, facts);
    long made = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
    long validated = THREADS.getCurrentThreadCpuTime();
    System.out.printf(
        "%s: %d bytes, read in %.0f ms, validated in %.0f ms of CPU with %.2f MB of objects%n",
        file.getFileName(),
        module.length,
        (read - before) / 1e6,
        (validated - read) / 1e6,
        made / 1e6);
  }
}
