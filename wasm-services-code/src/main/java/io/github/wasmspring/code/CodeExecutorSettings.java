package io.github.wasmspring.code;

import io.github.wasmspring.internal.code.QuickJsLimits;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * What code may use that says nothing else.
 *
 * @param module the id of the module that runs it, see {@link QuickJsModule}
 * @param timeout how long it may run
 * @param memory bytes that it may allocate
 * @param stack bytes of its stack
 * @param output bytes of its result, and of the arguments of each call of a function
 * @param console characters of what it writes
 * @param zone of its dates
 * @param json how values cross
 */
public record CodeExecutorSettings(
    String module,
    Duration timeout,
    long memory,
    int stack,
    long output,
    long console,
    ZoneId zone,
    CodeJson json) {

  /** A second, 64 MB of memory, 4 MB of result. */
  public static final CodeExecutorSettings DEFAULTS =
      new CodeExecutorSettings(
          QuickJsModule.ID,
          Duration.ofSeconds(1),
          64L << 20,
          QuickJsLimits.STACK,
          4L << 20,
          64L << 10,
          ZoneOffset.UTC,
          new JacksonCodeJson());

  /**
   * @throws IllegalArgumentException if a limit can never be; the message says which
   */
  public CodeExecutorSettings {
    Objects.requireNonNull(module, "A module runs the code");
    requireTimeout(timeout);
    requirePositive(memory, "memory");
    requirePositive(output, "output");
    if (console < 0) {
      throw new IllegalArgumentException("The limit of the console must not be negative");
    }
    if (stack < QuickJsLimits.LEAST_STACK || stack > QuickJsLimits.MOST_STACK) {
      throw new IllegalArgumentException(
          "The stack of code has %d to %d bytes, not %d"
              .formatted(QuickJsLimits.LEAST_STACK, QuickJsLimits.MOST_STACK, stack));
    }
  }

  static void requirePositive(long bytes, String limit) {
    if (bytes <= 0) {
      throw new IllegalArgumentException(
          "The limit of %s must be positive, not %d".formatted(limit, bytes));
    }
  }

  static void requireTimeout(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(QuickJsLimits.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The timeout of code must be positive and no more than %s, not %s"
              .formatted(QuickJsLimits.LONGEST, timeout));
    }
  }

  /** The same, run by another module. */
  public CodeExecutorSettings withModule(String id) {
    return new CodeExecutorSettings(
        id, this.timeout, this.memory, this.stack, this.output, this.console, this.zone, this.json);
  }

  /** The same with another time that code may run. */
  public CodeExecutorSettings withTimeout(Duration limit) {
    return new CodeExecutorSettings(
        this.module,
        limit,
        this.memory,
        this.stack,
        this.output,
        this.console,
        this.zone,
        this.json);
  }

  /** The same with other bytes that code may allocate. */
  public CodeExecutorSettings withMemory(long bytes) {
    return new CodeExecutorSettings(
        this.module,
        this.timeout,
        bytes,
        this.stack,
        this.output,
        this.console,
        this.zone,
        this.json);
  }

  /** The same with other bytes of the stack. */
  public CodeExecutorSettings withStack(int bytes) {
    return new CodeExecutorSettings(
        this.module,
        this.timeout,
        this.memory,
        bytes,
        this.output,
        this.console,
        this.zone,
        this.json);
  }

  /** The same with other bytes of the result. */
  public CodeExecutorSettings withOutput(long bytes) {
    return new CodeExecutorSettings(
        this.module,
        this.timeout,
        this.memory,
        this.stack,
        bytes,
        this.console,
        this.zone,
        this.json);
  }

  /** The same with other characters that code may write. */
  public CodeExecutorSettings withConsole(long characters) {
    return new CodeExecutorSettings(
        this.module,
        this.timeout,
        this.memory,
        this.stack,
        this.output,
        characters,
        this.zone,
        this.json);
  }

  /** The same with another time zone. */
  public CodeExecutorSettings withZone(ZoneId other) {
    return new CodeExecutorSettings(
        this.module,
        this.timeout,
        this.memory,
        this.stack,
        this.output,
        this.console,
        other,
        this.json);
  }

  /** The same with values that cross in another way. */
  public CodeExecutorSettings withJson(CodeJson other) {
    return new CodeExecutorSettings(
        this.module,
        this.timeout,
        this.memory,
        this.stack,
        this.output,
        this.console,
        this.zone,
        other);
  }
}
