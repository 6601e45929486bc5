package io.github.wasmspring.autoconfigure.ai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a model may call. {@link WasmToolCallbacks} makes a callback of Spring AI of it,
 * which reads the arguments, holds the limits and tells the model of failures.
 */
public interface WasmTool {

  /** Letters, digits, dashes and underscores, 64 at most. */
  String name();

  /** What it is for, for the model. */
  String description();

  List<WasmToolParameter> parameters();

  /**
   * Does it.
   *
   * @param arguments by the names of the parameters, converted to their types; what is not required
   *     may be missing
   * @return what {@link tools.jackson.databind.json.JsonMapper} can write, {@code null} for nothing
   */
  @Nullable Object call(Map<String, Object> arguments, WasmToolRequest request) throws Exception;
}
