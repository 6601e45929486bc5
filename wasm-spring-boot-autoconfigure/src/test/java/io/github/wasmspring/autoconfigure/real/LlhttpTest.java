package io.github.wasmspring.autoconfigure.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class LlhttpTest {

  private static final int REQUEST = 1;
  private static final int OK = 0;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withUserConfiguration(Llhttp.class);

  @Test
  void itsCallbacksAreMethodsOfABean() {
    this.runner.run(
        context -> {
          String request =
              "POST /a?b=c HTTP/1.1\r\nHost: example.org\r\nContent-Length: 5\r\n\r\nhello";
          assertThat(parse(context, request)).isEqualTo(OK);
          assertThat(context.getBean(Llhttp.class).requests)
              .singleElement()
              .satisfies(
                  parsed -> {
                    assertThat(parsed.url).isEqualTo("/a?b=c");
                    assertThat(parsed.headers)
                        .containsEntry("Host", "example.org")
                        .containsEntry("Content-Length", "5");
                    assertThat(parsed.body).isEqualTo("hello");
                    assertThat(parsed.complete).isTrue();
                  });
        });
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/9.9\r\n\r\n'",
    "'NONSENSE\r\n\r\n'",
    "'GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n'"
  })
  void itRefusesBrokenRequests(String request) {
    this.runner.run(
        context -> {
          assertThat(parse(context, request)).isNotEqualTo(OK);
          assertThat(context.getBean(Llhttp.class).requests).noneMatch(parsed -> parsed.complete);
        });
  }

  private static int parse(ApplicationContext context, String request) {
    byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
    try (WasmSession session = context.getBean(WasmModuleManager.class).open("llhttp")) {
      Llhttp.Exports exports = session.bind(Llhttp.Exports.class);
      int parser = exports.llhttpAlloc(REQUEST);
      int address = exports.malloc(bytes.length);
      session.memory().write(address, bytes);
      return exports.llhttpExecute(parser, address, bytes.length);
    }
  }
}
