package io.github.wasmspring.code;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.internal.code.QuickJsAnswer;
import io.github.wasmspring.internal.code.QuickJsConvention;
import io.github.wasmspring.internal.code.QuickJsFunction;
import io.github.wasmspring.internal.code.QuickJsProgram;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Code with what it is given, to be run. For one thread; it can be run again. */
public final class CodeScript {

  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]{0,199}");

  private final WasmModuleManager manager;
  private final CodeExecutorSettings settings;
  private final String source;
  private final boolean isModule;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, byte[]> bytes = new LinkedHashMap<>();
  private final Map<String, QuickJsFunction> functions = new LinkedHashMap<>();
  private String file = "code.js";
  private UnaryOperator<@Nullable String> modules = name -> null;
  private Duration timeout;
  private long memory;
  private int stack;
  private long output;
  private long console;
  private ZoneId zone;
  private @Nullable Instant clock;
  private @Nullable Long seed;
  private @Nullable String tenant;

  CodeScript(
      WasmModuleManager manager, CodeExecutorSettings settings, String source, boolean isModule) {
    this.manager = manager;
    this.settings = settings;
    this.source = Objects.requireNonNull(source, "There is no source");
    this.isModule = isModule;
    this.timeout = settings.timeout();
    this.memory = settings.memory();
    this.stack = settings.stack();
    this.output = settings.output();
    this.console = settings.console();
    this.zone = settings.zone();
  }

  /** What the source is called in stacks, and what its imports are relative to. */
  public CodeScript file(String name) {
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("The name of a source must not be empty, nor have a zero");
    }
    this.file = name;
    return this;
  }

  /**
   * A global variable.
   *
   * @param value {@code byte[]}, which becomes a {@code Uint8Array}; anything else crosses as JSON
   * @throws IllegalArgumentException if the name is none, or the value can't be JSON
   */
  public CodeScript argument(String name, @Nullable Object value) {
    requireName(name);
    if (value instanceof byte[] given) {
      this.bytes.put(name, given.clone());
      this.values.remove(name);
    } else {
      this.values.put(name, json(name, value));
      this.bytes.remove(name);
    }
    return this;
  }

  private String json(String name, @Nullable Object value) {
    try {
      return this.settings.json().write(value);
    } catch (RuntimeException unfit) {
      throw new IllegalArgumentException(
          "The argument '%s' can't be JSON: %s".formatted(name, unfit.getMessage()), unfit);
    }
  }

  /**
   * A global function that calls Java. Code can call none but those.
   *
   * @throws IllegalArgumentException if the name is none
   */
  public CodeScript function(String name, CodeFunction function) {
    requireName(name);
    CodeJson json = this.settings.json();
    this.functions.put(
        name,
        (arguments, given) -> {
          List<@Nullable Object> read = Objects.requireNonNull(json.read(arguments, List.class));
          Object answer = function.call(new CodeArguments(json, read, given));
          return answer == null || answer instanceof byte[] ? answer : json.write(answer);
        });
    return this;
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' can't be the name of a variable in JavaScript".formatted(name));
    }
  }

  /** What the code may import, by name; relative specifiers are resolved to paths in here. */
  public CodeScript modules(Map<String, String> sources) {
    Map<String, String> known = Map.copyOf(sources);
    return modules(known::get);
  }

  /**
   * The same from a function.
   *
   * @param sources the source of a module by its name, {@code null} for none
   */
  public CodeScript modules(UnaryOperator<@Nullable String> sources) {
    this.modules = Objects.requireNonNull(sources, "There are no modules");
    return this;
  }

  /** How long it may run. */
  public CodeScript timeout(Duration limit) {
    CodeExecutorSettings.requireTimeout(limit);
    this.timeout = limit;
    return this;
  }

  /** How many bytes it may allocate. */
  public CodeScript memory(long limit) {
    CodeExecutorSettings.requirePositive(limit, "memory");
    this.memory = limit;
    return this;
  }

  /** How many bytes its result may have, and the arguments of each call of a function. */
  public CodeScript output(long limit) {
    CodeExecutorSettings.requirePositive(limit, "output");
    this.output = limit;
    return this;
  }

  /** How many characters it may write to its console; what is more is left out. */
  public CodeScript console(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("The limit of the console must not be negative");
    }
    this.console = limit;
    return this;
  }

  /** The time zone of its dates. */
  public CodeScript zone(ZoneId other) {
    this.zone = Objects.requireNonNull(other, "There is no time zone");
    return this;
  }

  /**
   * The same code comes to the same with each run: the clock stands still, but for timers, and
   * random numbers come from the seed.
   */
  public CodeScript deterministic(Instant now, long randomSeed) {
    this.clock = Objects.requireNonNull(now, "There is no time");
    this.seed = randomSeed;
    return this;
  }

  /** Whom it is run for, where there are tenants. */
  public CodeScript tenant(String key) {
    this.tenant = key;
    return this;
  }

  /**
   * Runs the code.
   *
   * @throws CodeException {@code SYNTAX} if it is none, {@code THROWN} if it has thrown, {@code
   *     LIMIT} if it was stopped, {@code TOO_LARGE} if its result is, {@code INTERRUPTED} if the
   *     thread was
   * @throws WasmException if the module can't be had
   */
  public CodeResult run() {
    long start = System.nanoTime();
    QuickJsAnswer answer;
    try {
      answer = ask();
    } catch (WasmException failure) {
      throw CodeFailures.of(failure, this.file, this.timeout);
    }
    if (answer.problem() != null) {
      throw CodeFailures.of(answer, answer.problem(), program());
    }
    return new CodeResult(
        this.settings.json(),
        answer.json(),
        answer.bytes(),
        CodeFailures.console(answer),
        answer.isConsoleCut(),
        answer.memory(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private QuickJsAnswer ask() {
    OperationSpec operation =
        this.manager
            .module(this.settings.module())
            .operation(QuickJsConvention.RUN)
            .arguments(program())
            .timeout(hardTimeout());
    if (this.tenant != null) {
      operation = operation.tenant(this.tenant);
    }
    return Objects.requireNonNull(operation.retrieve(QuickJsAnswer.class).value());
  }

  /** Where QuickJS does not look at the clock itself, its thread is stopped; that takes longer. */
  private Duration hardTimeout() {
    return this.timeout.plus(this.timeout.dividedBy(10)).plusMillis(20);
  }

  private QuickJsProgram program() {
    StringBuilder object = new StringBuilder("{");
    this.values.forEach(
        (name, value) ->
            object
                .append(object.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return new QuickJsProgram(
        this.source,
        this.file,
        this.isModule,
        object.append('}').toString(),
        Map.copyOf(this.bytes),
        new LinkedHashMap<>(this.functions),
        this.modules,
        new QuickJsProgram.Limits(
            this.timeout.toNanos(), this.memory, this.stack, this.output, this.console),
        this.clock,
        this.seed != null ? this.seed : ThreadLocalRandom.current().nextLong(),
        this.zone);
  }
}
