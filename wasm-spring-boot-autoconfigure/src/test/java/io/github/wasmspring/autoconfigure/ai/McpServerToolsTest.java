package io.github.wasmspring.autoconfigure.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A client of MCP calls operations of modules through Spring AI's server, over HTTP. */
class McpServerToolsTest {

  private static ConfigurableApplicationContext server;
  private static McpSyncClient client;

  @BeforeAll
  static void start() {
    server =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.SERVLET)
            .registerShutdownHook(false)
            .run(
                "--server.port=0",
                "--server.shutdown=immediate",
                "--spring.ai.mcp.server.protocol=STREAMABLE",
                "--spring.ai.mcp.server.name=modules",
                "--wasm.modules.calc.location=classpath:wasm/calc.wasm",
                "--wasm.modules.mathlib.location=classpath:wasm/mathlib.wasm",
                "--wasm.tenants.header=X-Tenant",
                "--wasm.tenants.principal=false",
                "--wasm.tenants.interval=1d",
                "--wasm.tenants.limits.poor.cpu-time=1us",
                "--wasm.ai.tools.max-output=200",
                "--wasm.ai.tools.format-code=true",
                "--wasm.ai.tools.operations.format_json.module=json",
                "--wasm.ai.tools.operations.format_json.operation=format",
                "--wasm.ai.tools.operations.format_json.description=Lays JSON out",
                "--wasm.ai.tools.operations.format_json.parameters.indent=Spaces per level",
                "--wasm.ai.tools.operations.percent.module=mathlib",
                "--wasm.ai.tools.operations.percent.operation=percent");
    client = client("rich");
  }

  private static McpSyncClient client(String tenant) {
    McpSyncClient made =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(
                        "http://localhost:"
                            + server.getEnvironment().getRequiredProperty("local.server.port"))
                    .requestBuilder(HttpRequest.newBuilder().header("X-Tenant", tenant))
                    .build())
            .build();
    made.initialize();
    return made;
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static CallToolResult call(McpSyncClient by, String tool, Map<String, Object> arguments) {
    return by.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  @Test
  void theToolsAreThoseThatAreNamed() {
    assertThat(client.listTools().tools())
        .extracting(Tool::name)
        .containsExactlyInAnyOrder("format_json", "percent", "format_code");
    Tool format =
        client.listTools().tools().stream()
            .filter(tool -> tool.name().equals("format_json"))
            .findFirst()
            .orElseThrow();
    assertThat(format.description()).isEqualTo("Lays JSON out");
    assertThat(format.inputSchema().toString()).contains("Spaces per level");
  }

  @Test
  void anOperationAnswers() {
    CallToolResult result =
        call(client, "format_json", Map.of("json", "[1,2]", "indent", 2, "sortKeys", false));
    assertThat(result.isError()).isNotEqualTo(Boolean.TRUE);
    assertThat(text(result)).contains("[\n  1,\n  2\n]");
    assertThat(text(call(client, "percent", Map.of("argument1", 200, "argument2", 3))))
        .isEqualTo("6");
  }

  @Test
  void anErrorIsAnAnswerThatTheModelCanRead() {
    CallToolResult result =
        call(client, "format_json", Map.of("json", "[1,", "indent", 2, "sortKeys", false));
    assertThat(result.isError()).isTrue();
    assertThat(text(result)).contains("The tool refused this").doesNotContain("Exception");
  }

  @Test
  void aLongAnswerIsCut() {
    String json = "[" + "1,".repeat(300) + "1]";
    assertThat(
            text(call(client, "format_json", Map.of("json", json, "indent", 0, "sortKeys", false))))
        .contains("The answer was cut here: these are the first 200 of 603 chars");
  }

  @Test
  void whatIsNotNamedCanNotBeCalled() {
    assertThatThrownBy(() -> call(client, "json_parse", Map.of("json", "[]")))
        .hasMessageContaining("Unknown tool");
  }

  @Test
  void theTenantOfTheRequestPays() {
    try (McpSyncClient poor = client("poor")) {
      Map<String, Object> arguments = Map.of("argument1", 200, "argument2", 3);
      call(poor, "percent", arguments);
      CallToolResult refused = call(poor, "percent", arguments);
      assertThat(refused.isError()).isTrue();
      assertThat(text(refused)).contains("Try again later");
      assertThat(text(call(client, "percent", arguments))).isEqualTo("6");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}
}
