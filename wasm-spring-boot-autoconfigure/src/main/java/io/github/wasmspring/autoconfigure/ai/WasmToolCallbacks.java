package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/**
 * Collects what models may call; nothing is offered that is not named here. Each becomes a {@link
 * ToolCallback} of Spring AI, for a {@code ChatClient} or, as a bean of type {@link
 * ToolCallbackProvider}, for an MCP server.
 */
public final class WasmToolCallbacks {

  /** The entry of a {@link ToolContext} that has the key of the tenant who a call is made for. */
  public static final String TENANT = "wasm.tenant";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private record Wanted(Supplier<List<? extends WasmTool>> tools, WasmToolLimits limits) {}

  private final WasmModuleManager manager;
  private final List<Supplier<Wanted>> wanted = new ArrayList<>();
  private WasmToolLimits limits = WasmToolLimits.DEFAULTS;
  private Function<ToolContext, @Nullable String> tenant = WasmToolCallbacks::tenantOf;

  private WasmToolCallbacks(WasmModuleManager manager) {
    this.manager = manager;
  }

  public static WasmToolCallbacks of(WasmModuleManager manager) {
    return new WasmToolCallbacks(Objects.requireNonNull(manager, "There is no manager"));
  }

  private static @Nullable String tenantOf(ToolContext context) {
    return context.getContext().get(TENANT) instanceof String key ? key : null;
  }

  /** The limits of all that have none of their own. */
  public WasmToolCallbacks limits(WasmToolLimits ofAll) {
    this.limits = ofAll;
    return this;
  }

  /**
   * Who a call is made for, of what the application says of it; {@code null} for whom its {@link
   * io.github.wasmspring.tenant.WasmTenantResolver} finds. Else it is the entry {@link #TENANT}.
   */
  public WasmToolCallbacks tenant(Function<ToolContext, @Nullable String> ofContext) {
    this.tenant = ofContext;
    return this;
  }

  /** An operation by its name, with the parameters that an interface of its module declares. */
  public WasmToolCallbacks operation(String module, String operation) {
    return operation(module, operation, said -> {});
  }

  /** An operation by its name. */
  public WasmToolCallbacks operation(
      String module, String operation, Consumer<WasmToolOperation> more) {
    WasmToolOperation said = new WasmToolOperation(module, operation);
    more.accept(said);
    this.wanted.add(
        () ->
            new Wanted(
                () -> List.of(new OperationTools(this.manager).of(said)),
                said.limits == null ? this.limits : said.limits));
    return this;
  }

  /**
   * Methods of a {@link io.github.wasmspring.WasmModule} interface. {@code @Tool} and
   * {@code @ToolParam} may say what they are for. One that takes {@link
   * io.github.wasmspring.WasmCallOptions} gets the timeout and the tenant of the call.
   */
  public WasmToolCallbacks methods(Class<?> type, String... names) {
    List<String> named = List.of(names);
    this.wanted.add(
        () ->
            new Wanted(
                () -> new MethodTools(this.manager).of(type, named, this.limits.timeout() != null),
                this.limits));
    return this;
  }

  /** A tool of your own, with the limits of all. */
  public WasmToolCallbacks tool(WasmTool tool) {
    this.wanted.add(() -> new Wanted(() -> List.of(tool), this.limits));
    return this;
  }

  /** A tool of your own. */
  public WasmToolCallbacks tool(WasmTool tool, WasmToolLimits own) {
    this.wanted.add(() -> new Wanted(() -> List.of(tool), own));
    return this;
  }

  /**
   * One callback for each tool.
   *
   * @throws IllegalArgumentException if two have the same name, one has a name that models don't
   *     take, or nothing is known of the parameters of one
   * @throws io.github.wasmspring.WasmException if there is no such module
   */
  public List<ToolCallback> build() {
    Map<String, ToolCallback> callbacks = new LinkedHashMap<>();
    for (Supplier<Wanted> each : this.wanted) {
      Wanted one = each.get();
      for (WasmTool tool : one.tools().get()) {
        String name = tool.name();
        if (!NAME.matcher(name).matches()) {
          throw new IllegalArgumentException(
              "'%s' can't be the name of a tool, which has 1 to 64 letters, digits, dashes and underscores; give it another name"
                  .formatted(name));
        }
        if (callbacks.put(name, new LimitedToolCallback(tool, one.limits(), this.tenant)) != null) {
          throw new IllegalArgumentException(
              "There are two tools '%s'; give one of them another name".formatted(name));
        }
      }
    }
    return List.copyOf(callbacks.values());
  }

  /** The same for Spring AI to ask for. */
  public ToolCallbackProvider provider() {
    return ToolCallbackProvider.from(build());
  }
}
