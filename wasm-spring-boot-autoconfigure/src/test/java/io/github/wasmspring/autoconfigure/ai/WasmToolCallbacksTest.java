package io.github.wasmspring.autoconfigure.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantSettings;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.ai.tool.execution.ToolExecutionException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WasmToolCallbacksTest {

  private final WasmRuntime runtime =
      WasmRuntime.builder()
          .installedModules()
          .module(guest("calc"))
          .module(guest("mathlib"))
          .build();
  private final WasmToolCallbacks tools = WasmToolCallbacks.of(this.runtime.manager());

  private static WasmModuleDescriptor guest(String id) {
    return WasmModuleDescriptor.builder(id).location("classpath:wasm/" + id + ".wasm").build();
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private ToolCallback only() {
    List<ToolCallback> callbacks = this.tools.build();
    assertThat(callbacks).hasSize(1);
    return callbacks.get(0);
  }

  private static JsonNode schema(ToolCallback tool) {
    return JsonMapper.shared().readTree(tool.getToolDefinition().inputSchema());
  }

  @Test
  void nothingIsOfferedThatIsNotNamed() {
    assertThat(this.tools.build()).isEmpty();
  }

  @Test
  void anOperationHasTheSchemaOfItsSignature() {
    this.tools.operation(
        "json", "format", said -> said.describe("indent", "Spaces per level, 0 to 16"));
    ToolCallback tool = only();
    assertThat(tool.getToolDefinition().name()).isEqualTo("json_format");
    assertThat(tool.getToolDefinition().description())
        .startsWith("String format(String json, int indent, boolean sortKeys)");
    JsonNode schema = schema(tool);
    assertThat(schema.get("properties").propertyNames())
        .containsExactlyInAnyOrder("json", "indent", "sortKeys");
    assertThat(schema.at("/properties/json/type").asString()).isEqualTo("string");
    assertThat(schema.at("/properties/indent/type").asString()).isEqualTo("integer");
    assertThat(schema.at("/properties/indent/description").asString()).startsWith("Spaces");
    assertThat(schema.at("/properties/sortKeys/type").asString()).isEqualTo("boolean");
    assertThat(schema.get("required").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder("json", "indent", "sortKeys");
    assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
    assertThat(tool.call("{\"json\":\"[1,{}]\",\"indent\":0,\"sortKeys\":false}"))
        .isEqualTo("[1,{}]");
  }

  @Test
  void recordsAndTreesAreAnsweredAsJson() {
    this.tools.operation("json", "validate").operation("json", "parse");
    List<ToolCallback> callbacks = this.tools.build();
    JsonNode validation = JsonMapper.shared().readTree(callbacks.get(0).call("{\"json\":\"[1,\"}"));
    assertThat(validation.get("valid").asBoolean()).isFalse();
    assertThat(callbacks.get(1).call("{\"json\":\"[1, 2]\"}")).isEqualTo("[1,2]");
  }

  @Test
  void whatNoInterfaceDeclaresIsSaid() {
    this.tools
        .operation(
            "calc",
            "echo",
            said ->
                said.name("echo-text")
                    .description("Gives a text back")
                    .parameter("text", String.class, "Any text")
                    .answer(String.class))
        .operation(
            "calc",
            "echo",
            said ->
                said.name("echo_bytes")
                    .parameter("bytes", byte[].class, "Any bytes")
                    .answer(byte[].class));
    List<ToolCallback> callbacks = this.tools.build();
    assertThat(callbacks.get(0).getToolDefinition().description()).isEqualTo("Gives a text back");
    assertThat(callbacks.get(0).call("{\"text\":\"Grüße 😀\"}")).isEqualTo("Grüße 😀");
    assertThat(schema(callbacks.get(1)).at("/properties/bytes/contentEncoding").asString())
        .isEqualTo("base64");
    String bytes = Base64.getEncoder().encodeToString(new byte[] {0, -1, 7});
    assertThat(callbacks.get(1).call("{\"bytes\":\"" + bytes + "\"}")).isEqualTo(bytes);
  }

  @Test
  void numbersAreKnownFromTheExports() {
    this.tools.operation("mathlib", "percent");
    ToolCallback tool = only();
    assertThat(schema(tool).at("/properties/argument2/type").asString()).isEqualTo("integer");
    assertThat(tool.call("{\"argument1\":200,\"argument2\":3}")).isEqualTo("6");
  }

  @Test
  void whatIsNotKnownIsAskedFor() {
    this.tools.operation("calc", "echo");
    assertThatIllegalArgumentException()
        .isThrownBy(this.tools::build)
        .withMessageContaining("'calc' takes texts and bytes")
        .withMessageContaining("parameter");
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThatThrownBy(WasmToolCallbacks.of(this.runtime.manager()).operation("jsn", "a")::build)
        .isInstanceOf(WasmModuleNotFoundException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(WasmToolCallbacks.of(this.runtime.manager()).operation("mathlib", "per")::build)
        .withMessageContaining("no operation 'per'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            WasmToolCallbacks.of(this.runtime.manager())
                    .operation("json", "parse", said -> said.name("parse json"))
                ::build)
        .withMessageContaining("'parse json'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            WasmToolCallbacks.of(this.runtime.manager())
                    .operation("json", "parse")
                    .operation("json", "parse")
                ::build)
        .withMessageContaining("two tools 'json_parse'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            WasmToolCallbacks.of(this.runtime.manager())
                    .operation("json", "parse", said -> said.parameter("json", String.class, ""))
                ::build)
        .withMessageContaining("are declared");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                             | no JSON",
        "[]                                            | no JSON object",
        "{\"json\":\"[]\"}                             | 'pointer' is missing",
        "{\"json\":\"[]\",\"pointer\":null}            | 'pointer' is missing",
        "{\"json\":\"[]\",\"pointer\":\"\",\"x\":1}    | no argument 'x'; there are [json, pointer]",
        "{\"json\":{\"a\":1},\"pointer\":\"\"}         | 'json' does not fit",
        "{\"json\":\"[]\",\"pointer\":\"/0\"}          | The tool refused this",
        "{\"json\":\"[]\",\"pointer\":\"\"} {}         | no JSON",
      })
  void modelsAreToldWhatTheyGotWrong(String input, String told) {
    this.tools.operation("json", "query");
    assertThatThrownBy(() -> only().call(input))
        .isInstanceOf(ToolExecutionException.class)
        .hasMessageContaining(told);
  }

  @Test
  void anAnswerIsCutAndTheModelIsTold() {
    this.tools
        .limits(WasmToolLimits.DEFAULTS.withMaxOutput(5))
        .operation(
            "calc", "echo", said -> said.parameter("text", String.class, "").answer(String.class));
    ToolCallback tool = only();
    assertThat(tool.call("{\"text\":\"12345\"}")).isEqualTo("12345");
    assertThat(tool.call("{\"text\":\"1234😀7\"}"))
        .isEqualTo(
            "1234\n[The answer was cut here: these are the first 4 of 7 chars. Ask for less.]");
  }

  @Test
  void argumentsHaveALimit() {
    this.tools.limits(WasmToolLimits.DEFAULTS.withMaxInput(20)).operation("json", "parse");
    assertThatThrownBy(() -> only().call("{\"json\":\"" + " ".repeat(20) + "\"}"))
        .hasMessage("The arguments have 31 chars, and the tool takes 20");
  }

  @Test
  void aToolHasADeadlineOfItsOwn() {
    this.tools.operation(
        "mathlib",
        "percent",
        said -> said.limits(WasmToolLimits.DEFAULTS.withTimeout(Duration.ofSeconds(20))));
    assertThat(only().call("{\"argument1\":100,\"argument2\":2}")).isEqualTo("2");
    WasmToolCallbacks endless =
        WasmToolCallbacks.of(this.runtime.manager())
            .limits(WasmToolLimits.DEFAULTS.withTimeout(Duration.ofMillis(50)))
            .tool(new Spinning());
    assertThatThrownBy(() -> endless.build().get(0).call("{}"))
        .isInstanceOf(ToolExecutionException.class)
        .hasMessage("The tool took longer than it may and was stopped. Ask for less at a time");
  }

  /** What happened inside is nothing for a model. */
  @Test
  void aTrapTellsNothingOfTheInside() {
    this.tools.tool(new Calling("trap"));
    assertThatThrownBy(() -> only().call(""))
        .hasMessage("The tool broke down on these arguments")
        .rootCause()
        .hasMessageContaining("unreachable");
  }

  private final class Spinning extends Calling {
    Spinning() {
      super("spin");
    }
  }

  private class Calling implements WasmTool {
    private final String operation;

    Calling(String operation) {
      this.operation = operation;
    }

    @Override
    public String name() {
      return this.operation;
    }

    @Override
    public String description() {
      return "Does " + this.operation;
    }

    @Override
    public List<WasmToolParameter> parameters() {
      return List.of();
    }

    @Override
    public @Nullable Object call(Map<String, Object> arguments, WasmToolRequest request) {
      var call =
          WasmToolCallbacksTest.this.runtime.manager().module("calc").operation(this.operation);
      if (request.timeout() != null) {
        call.timeout(request.timeout());
      }
      return call.retrieve(int.class).value();
    }
  }

  /** As a user declares it. */
  @WasmModule("calc")
  interface Calc {
    @Tool(name = "plus", description = "Adds two numbers")
    int add(@ToolParam(description = "The first") int left, int right, WasmCallOptions options);

    default String shout(String text, Optional<String> end, @Nullable Integer times) {
      return (text + end.orElse("!")).repeat(times == null ? 1 : times);
    }

    CompletableFuture<String> echo(String text);

    default void nothing() {}
  }

  /** What can be no tools. */
  @WasmModule("calc")
  interface Others {
    int count();

    default Mono<String> later(String text) {
      return Mono.just(text);
    }

    default void twice(int one) {}

    default void twice(String one) {}
  }

  @Test
  void methodsAreToolsWithWhatTheirAnnotationsSay() {
    List<ToolCallback> callbacks =
        this.tools.methods(Calc.class, "add", "shout", "echo", "nothing").build();
    assertThat(callbacks)
        .extracting(tool -> tool.getToolDefinition().name())
        .containsExactly("plus", "shout", "echo", "nothing");
    ToolCallback plus = callbacks.get(0);
    assertThat(plus.getToolDefinition().description()).isEqualTo("Adds two numbers");
    assertThat(schema(plus).get("properties").propertyNames()).containsExactly("left", "right");
    assertThat(schema(plus).at("/properties/left/description").asString()).isEqualTo("The first");
    assertThat(plus.call("{\"left\":1,\"right\":2}")).isEqualTo("3");
    assertThat(schema(callbacks.get(1)).get("required").valueStream().map(JsonNode::asString))
        .containsExactly("text");
    assertThat(callbacks.get(1).call("{\"text\":\"a\"}")).isEqualTo("a!");
    assertThat(callbacks.get(1).call("{\"text\":\"a\",\"end\":\"?\",\"times\":2}"))
        .isEqualTo("a?a?");
    assertThat(callbacks.get(2).call("{\"text\":\"é\"}")).isEqualTo("é");
    assertThat(callbacks.get(3).call("")).isEqualTo("Done.");
  }

  @Test
  void methodsThatCanBeNoToolAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> this.tools.methods(Others.class, "later").build())
        .withMessageContaining("answers later");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WasmToolCallbacks.of(this.runtime.manager()).methods(Others.class, "twice").build())
        .withMessageContaining("2 methods 'twice'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WasmToolCallbacks.of(this.runtime.manager())
                    .limits(WasmToolLimits.DEFAULTS.withTimeout(Duration.ofSeconds(1)))
                    .methods(Calc.class, "echo")
                    .build())
        .withMessageContaining("WasmCallOptions");
  }

  @Test
  void limitsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmToolLimits.DEFAULTS.withTimeout(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> WasmToolLimits.DEFAULTS.withMaxOutput(0));
  }

  @Test
  void theTenantOfTheCallerPays() {
    try (WasmRuntime shared =
        WasmRuntime.builder()
            .module(guest("mathlib"))
            .tenants(
                WasmTenantSettings.builder()
                    .interval(Duration.ofDays(1))
                    .tenant("poor", WasmTenantLimits.NONE.withCpuTime(Duration.ofNanos(1000)))
                    .build())
            .build()) {
      ToolCallback tool =
          WasmToolCallbacks.of(shared.manager()).operation("mathlib", "percent").build().get(0);
      String input = "{\"argument1\":100,\"argument2\":3}";
      ToolContext poor = new ToolContext(Map.of(WasmToolCallbacks.TENANT, "poor"));
      ToolContext rich = new ToolContext(Map.of(WasmToolCallbacks.TENANT, "rich"));
      assertThat(tool.call(input, rich)).isEqualTo("3");
      assertThatThrownBy(
              () -> {
                tool.call(input, poor);
                tool.call(input, poor);
              })
          .isInstanceOf(ToolExecutionException.class)
          .hasMessageContaining("Try again later")
          .hasRootCauseInstanceOf(WasmTenantRefusedException.class);
      assertThat(tool.call(input, rich)).isEqualTo("3");
    }
  }
}
