package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmOperationException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A tool with its limits, for Spring AI. */
final class LimitedToolCallback implements ToolCallback {

  private static final String NOTHING = "Done.";

  private final WasmTool tool;
  private final WasmToolLimits limits;
  private final Function<ToolContext, @Nullable String> tenant;
  private final ToolDefinition definition;

  /**
   * @param tenant the key of who a call is made for, of what the application says of it
   */
  LimitedToolCallback(
      WasmTool tool, WasmToolLimits limits, Function<ToolContext, @Nullable String> tenant) {
    this.tool = tool;
    this.limits = limits;
    this.tenant = tenant;
    this.definition =
        ToolDefinition.builder()
            .name(tool.name())
            .description(tool.description())
            .inputSchema(ToolSchemas.of(tool.parameters()))
            .build();
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return this.definition;
  }

  @Override
  public String call(String input) {
    return answer(input, null);
  }

  @Override
  public String call(String input, @Nullable ToolContext context) {
    return answer(input, context);
  }

  private String answer(String input, @Nullable ToolContext context) {
    try {
      if (input.length() > this.limits.maxInput()) {
        throw new WasmToolException(
            "The arguments have %d chars, and the tool takes %d"
                .formatted(input.length(), this.limits.maxInput()),
            null);
      }
      Map<String, Object> arguments = ToolArguments.read(input, this.tool.parameters());
      WasmToolRequest request =
          new WasmToolRequest(
              this.limits.timeout(), context == null ? null : this.tenant.apply(context));
      return cut(text(this.tool.call(arguments, request)));
    } catch (Exception failure) {
      throw new ToolExecutionException(this.definition, told(failure));
    }
  }

  private static String text(@Nullable Object answer) {
    if (answer == null) {
      return NOTHING;
    }
    if (answer instanceof CharSequence text) {
      return text.toString();
    }
    if (answer instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    try {
      return JsonMapper.shared().writeValueAsString(answer);
    } catch (JacksonException unwritable) {
      throw new WasmToolException("The answer can't be written as JSON", unwritable);
    }
  }

  private String cut(String answer) {
    int most = this.limits.maxOutput();
    if (answer.length() <= most) {
      return answer;
    }
    int end = Character.isHighSurrogate(answer.charAt(most - 1)) ? most - 1 : most;
    return answer.substring(0, end)
        + "\n[The answer was cut here: these are the first %d of %d chars. Ask for less.]"
            .formatted(end, answer.length());
  }

  /** Models are told what they can mend, and of the rest only what kind of failure it is. */
  private static Exception told(Exception failure) {
    if (failure instanceof WasmToolException) {
      return failure;
    }
    if (failure instanceof WasmOperationException refusal) {
      return new WasmToolException(
          "The tool refused this: %s (%s%s)"
              .formatted(
                  refusal.detail(),
                  refusal.code(),
                  refusal.offset() == null ? "" : ", at byte " + refusal.offset()),
          failure);
    }
    if (failure instanceof WasmException wasm) {
      return new WasmToolException(
          switch (wasm.category()) {
            case INVALID_INPUT -> "The arguments can't be used: " + wasm.detail();
            case TIMEOUT ->
                "The tool took longer than it may and was stopped. Ask for less at a time";
            case MEMORY_LIMIT, STACK_OVERFLOW ->
                "The tool needed more memory than it may have. Ask for less at a time";
            case TRAP -> "The tool broke down on these arguments";
            case REJECTED, BUDGET -> "There is no room for another call just now. Try again later";
            default -> "The tool can't be used just now";
          },
          failure);
    }
    return new WasmToolException("The tool failed", failure);
  }
}
