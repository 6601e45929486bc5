package io.github.wasmspring.verification.engines;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.WasmEngines;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** An engine behind our own interface. */
class JavaRunner implements ModuleRunner {

  private static final int DIGEST_SHOWN = 16;

  private final WasmEngine engine;
  private final WasmEngineMode mode;

  JavaRunner(String engine, WasmEngineMode mode) {
    this(WasmEngines.of(JavaRunner.class.getClassLoader()).find(engine).create(null), mode);
  }

  JavaRunner(WasmEngine engine, WasmEngineMode mode) {
    this.engine = engine;
    this.mode = mode;
  }

  /** Is told about each call before it is made. */
  void before(int call, int calls, WasmInstance instance) {}

  @Override
  public final boolean has(Set<WasmFeature> features) {
    return this.engine.features(this.mode).containsAll(features);
  }

  @Override
  public final String name() {
    return this.engine.name();
  }

  @Override
  public final Supplier<List<String>> start(GuestRun run) {
    return () -> run(run);
  }

  private List<String> run(GuestRun run) {
    try {
      WasmCode code =
          this.engine.compile(new WasmBinary(run.module(), "none", "random"), this.mode);
      try (WasmInstance instance =
          code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false)) {
        return answers(run, code, instance);
      }
    } catch (WasmException refused) {
      return List.of("refused: " + kind(refused));
    } catch (RuntimeException | LinkageError broken) {
      return List.of("refused: " + broken);
    }
  }

  private List<String> answers(GuestRun run, WasmCode code, WasmInstance instance) {
    Map<String, GuestType> globals = run.globals();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < run.calls().size(); i++) {
      PlannedCall call = run.calls().get(i);
      before(i, run.calls().size(), instance);
      answers.add(orFailure(() -> answer(code, instance, call)));
      if (run.isStateSeen(i)) {
        answers.add(orFailure(() -> state(code, instance, globals, run)));
      }
    }
    return answers;
  }

  private static String answer(WasmCode code, WasmInstance instance, PlannedCall call) {
    call(code, instance, "refuel", GuestRun.FUEL);
    long[] arguments = call.arguments().stream().mapToLong(Long::longValue).toArray();
    long[] results = call(code, instance, call.export(), arguments);
    if (results.length != call.results().size()) {
      return results.length + " results";
    }
    StringBuilder text = new StringBuilder("gave");
    for (int i = 0; i < results.length; i++) {
      text.append(' ').append(PlannedCall.text(call.results().get(i), results[i]));
    }
    return text.toString();
  }

  private String orFailure(Supplier<String> answer) {
    try {
      return answer.get();
    } catch (WasmException failure) {
      return kind(failure);
    } catch (RuntimeException | Error broken) {
      return "broken: " + broken;
    }
  }

  /** HotSpot leaves out of an exception what Java says, once it was thrown often in one place. */
  private String kind(WasmException failure) {
    return this.engine.name().startsWith("chicory") && hasCause(failure, NullPointerException.class)
        ? "trap " + TrapKind.NULL_EXCEPTION
        : TrapKind.of(failure.detail());
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static long[] call(
      WasmCode code, WasmInstance instance, String export, long... arguments) {
    return instance.call(
        Objects.requireNonNull(code.exports().get(export), export).index(), arguments);
  }

  private static String state(
      WasmCode code, WasmInstance instance, Map<String, GuestType> globals, GuestRun run) {
    StringBuilder text = new StringBuilder("state");
    globals.forEach(
        (name, type) ->
            text.append(' ')
                .append(name)
                .append('=')
                .append(PlannedCall.text(type, instance.global(name).get())));
    for (int i = 0; i < run.tables(); i++) {
      text.append(" table").append(i).append('=');
      int size = (int) call(code, instance, "size" + i)[0];
      for (int element = 0; element < size; element++) {
        text.append(call(code, instance, "null" + i, element)[0]);
      }
    }
    for (int i = 1; i < run.memories(); i++) {
      long hash = call(code, instance, "hash" + i)[0];
      text.append(" memory").append(i).append('=').append(hash);
    }
    WasmMemory memory = Objects.requireNonNull(instance.memory());
    return text.append(" memory=")
        .append(memory.size())
        .append(' ')
        .append(digest(memory))
        .toString();
  }

  private static String digest(WasmMemory memory) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(memory.window(0, memory.size()));
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_SHOWN);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every JDK has SHA-256", missing);
    }
  }
}
