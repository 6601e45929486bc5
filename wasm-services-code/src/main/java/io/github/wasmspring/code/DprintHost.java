package io.github.wasmspring.code;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmImportDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a formatter of dprint imports, to have a part of its text formatted by another one. */
final class DprintHost {

  private static final String MODULE = "dprint";
  private static final int UNCHANGED = 0;
  private static final int CHANGED = 1;
  private static final int FAILED = 2;

  private DprintHost() {}

  /** Formats a part of a text. */
  @FunctionalInterface
  interface Nested {

    /**
     * @param file a name that ends as files of its language do
     * @param override of the configuration, as JSON, {@code null} for none
     * @return the text itself where nothing is known of its language
     * @throws DprintException if it can't be
     */
    String format(String file, String text, @Nullable String override) throws DprintException;
  }

  /** What belongs to an instance while it formats. */
  static final class State {

    private @Nullable Nested nested;
    private String formatted = "";
    private String error = "";
    private byte[] given = {};

    void begin(Nested nested) {
      this.nested = nested;
    }

    private int give(String text) {
      this.given = text.getBytes(StandardCharsets.UTF_8);
      return this.given.length;
    }
  }

  static List<WasmImportDefinition> imports() {
    return List.of(
        function("host_format", 8, 1, DprintHost::format),
        function("host_get_formatted_text", 0, 1, (caller, none) -> give(caller, true)),
        function("host_get_error_text", 0, 1, (caller, none) -> give(caller, false)),
        function("host_write_buffer", 1, 0, DprintHost::write));
  }

  private static WasmImportDefinition function(
      String name, int parameters, int results, WasmHostFunction function) {
    return new WasmImportDefinition(
        MODULE,
        name,
        new WasmFunctionType(
            Collections.nCopies(parameters, WasmValueType.I32),
            Collections.nCopies(results, WasmValueType.I32)),
        function);
  }

  private static State state(WasmCaller caller) {
    return caller.attribute(State.class, State::new);
  }

  private static long[] format(WasmCaller caller, long[] arguments) {
    State state = state(caller);
    Nested nested = state.nested;
    if (nested == null) {
      return new long[] {UNCHANGED};
    }
    String file = text(caller, arguments, 0);
    String override = text(caller, arguments, 4);
    String text = text(caller, arguments, 6);
    try {
      state.formatted = nested.format(file, text, override.isEmpty() ? null : override);
      return new long[] {state.formatted.equals(text) ? UNCHANGED : CHANGED};
    } catch (DprintException refusal) {
      state.error = refusal.text();
      return new long[] {FAILED};
    }
  }

  private static String text(WasmCaller caller, long[] arguments, int from) {
    return memory(caller).readString((int) arguments[from], (int) arguments[from + 1]);
  }

  private static long[] give(WasmCaller caller, boolean formatted) {
    State state = state(caller);
    return new long[] {state.give(formatted ? state.formatted : state.error)};
  }

  private static long[] write(WasmCaller caller, long[] arguments) {
    memory(caller).write((int) arguments[0], state(caller).given);
    return new long[0];
  }

  private static WasmMemory memory(WasmCaller caller) {
    return Objects.requireNonNull(caller.memory(), "A formatter has a memory");
  }
}
