package io.github.wasmspring.real;

import static io.github.wasmspring.real.HostFunctions.call;
import static io.github.wasmspring.real.HostFunctions.ints;
import static io.github.wasmspring.real.HostFunctions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node's HTTP parser, as undici ships it, parses requests and tells its host what it finds. */
class LlhttpTest {

  private static final int REQUEST = 1;
  private static final int RESPONSE = 2;

  /** What the parser of one instance has found so far. */
  private static final class Messages {
    private final List<Message> complete = new ArrayList<>();
    private Message current = new Message();
  }

  private static final class Message {
    private String url = "";
    private String status = "";
    private String field = "";
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final StringBuilder body = new StringBuilder();
    private boolean keepAlive;
    private boolean upgrade;
    private int method;
  }

  private final List<Messages> parsed = new ArrayList<>();
  private final TestRuntime runtime = new TestRuntime();
  private WasmSession session;
  private int parser;

  private Messages messages(WasmCaller caller) {
    return caller.attribute(
        Messages.class,
        () -> {
          Messages messages = new Messages();
          this.parsed.add(messages);
          return messages;
        });
  }

  @FunctionalInterface
  private interface Found {
    void in(Message message, String text);
  }

  private WasmImportDefinition onText(String name, Found found) {
    return ints(
        name,
        3,
        true,
        (caller, arguments) -> {
          String text = caller.memory().readString((int) arguments[1], (int) arguments[2]);
          found.in(messages(caller).current, text);
          return new long[] {0};
        });
  }

  String module() {
    return "llhttp.wasm";
  }

  @BeforeEach
  void open() {
    this.runtime.with(
        WasmModuleDescriptor.builder("llhttp")
            .location("classpath:META-INF/resources/webjars/undici/5.28.4/lib/llhttp/" + module())
            .imports(
                ints(
                    "wasm_on_message_begin",
                    1,
                    true,
                    (caller, arguments) -> {
                      messages(caller).current = new Message();
                      return new long[] {0};
                    }),
                onText("wasm_on_url", (message, text) -> message.url += text),
                onText("wasm_on_status", (message, text) -> message.status += text),
                onText("wasm_on_header_field", (message, text) -> message.field = text),
                onText(
                    "wasm_on_header_value",
                    (message, text) -> message.headers.put(message.field, text)),
                onText("wasm_on_body", (message, text) -> message.body.append(text)),
                ints(
                    "wasm_on_headers_complete",
                    4,
                    true,
                    (caller, arguments) -> {
                      Message message = messages(caller).current;
                      message.upgrade = arguments[2] != 0;
                      message.keepAlive = arguments[3] != 0;
                      message.method = (int) caller.call("llhttp_get_method", arguments[0])[0];
                      return new long[] {0};
                    }),
                ints(
                    "wasm_on_message_complete",
                    1,
                    true,
                    (caller, arguments) -> {
                      Messages messages = messages(caller);
                      messages.complete.add(messages.current);
                      return new long[] {0};
                    })));
    this.session = this.runtime.manager.open("llhttp");
    this.parser = call(this.session, "llhttp_alloc", REQUEST);
  }

  @AfterEach
  void close() {
    this.session.close();
    this.runtime.close();
  }

  private int feed(String text) {
    byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    int address = call(this.session, "malloc", bytes.length);
    this.session.memory().write(address, bytes);
    int error = call(this.session, "llhttp_execute", this.parser, address, bytes.length);
    this.session.call("free", address);
    return error;
  }

  private List<Message> messages() {
    return this.parsed.isEmpty() ? List.of() : this.parsed.get(0).complete;
  }

  private String errorName(int error) {
    return text(this.session.memory(), call(this.session, "llhttp_errno_name", error));
  }

  private String reason() {
    return text(this.session.memory(), call(this.session, "llhttp_get_error_reason", this.parser));
  }

  @Test
  void parsesAGetRequest() {
    int error = feed("GET /path?q=%C3%A4 HTTP/1.1\nHost: example.org\nX-Empty:\n\n");

    assertThat(error).isZero();
    Message message = messages().get(0);
    assertThat(message.url).isEqualTo("/path?q=%C3%A4");
    assertThat(message.headers).containsEntry("Host", "example.org").containsEntry("X-Empty", "");
    assertThat(message.keepAlive).isTrue();
    assertThat(message.upgrade).isFalse();
    assertThat(
            text(this.session.memory(), call(this.session, "llhttp_method_name", message.method)))
        .isEqualTo("GET");
  }

  @Test
  void parsesABodyOfKnownLength() {
    feed("POST / HTTP/1.1\nContent-Length: 5\n\nhello");

    assertThat(messages()).hasSize(1);
    assertThat(messages().get(0).body).hasToString("hello");
  }

  @Test
  void parsesAChunkedBody() {
    feed("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n5\nhello\n1;ext=1\n,\n6\n world\n0\n\n");

    assertThat(messages().get(0).body).hasToString("hello, world");
  }

  @Test
  void parsesPipelinedRequests() {
    feed("GET /1 HTTP/1.1\n\nGET /2 HTTP/1.1\n\nPOST /3 HTTP/1.1\nContent-Length: 1\n\nx");

    assertThat(messages()).extracting(message -> message.url).containsExactly("/1", "/2", "/3");
  }

  @Test
  void keepsItsPlaceBetweenPieces() {
    for (String piece : "GET /pieces HTTP/1.1\nHost: a\n\n".split("(?<=\\G.{3})")) {
      assertThat(feed(piece)).isZero();
    }

    assertThat(messages()).extracting(message -> message.url).containsExactly("/pieces");
  }

  @Test
  void knowsWhenTheConnectionIsToBeClosed() {
    feed("GET / HTTP/1.1\nConnection: close\n\n");

    assertThat(messages().get(0).keepAlive).isFalse();
  }

  @Test
  void parsesAResponse() {
    this.parser = call(this.session, "llhttp_alloc", RESPONSE);

    feed("HTTP/1.1 404 Not Found\nContent-Length: 2\n\nno");

    assertThat(messages().get(0).status).isEqualTo("Not Found");
    assertThat(messages().get(0).body).hasToString("no");
    assertThat(call(this.session, "llhttp_get_status_code", this.parser)).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "'BREW / HTTP/1.1\n\n', HPE_INVALID_METHOD, Invalid method",
    "'GET  / HTTP/1.1 x\n\n', HPE_INVALID_VERSION, ''",
    "'GET / HTTP/9.9\n\n', HPE_INVALID_VERSION, Invalid HTTP version",
    "'GET / HTTX/1.1\n\n', HPE_INVALID_CONSTANT, Expected HTTP/",
    "'GET / HTTP/1.1\nB(d: x\n\n', HPE_INVALID_HEADER_TOKEN, Invalid header token",
    "'POST / HTTP/1.1\nContent-Length: x\n\n', HPE_INVALID_CONTENT_LENGTH, "
        + "Invalid character in Content-Length",
    "'POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nzz\n', HPE_INVALID_CHUNK_SIZE, "
        + "Invalid character in chunk size"
  })
  void refusesABrokenRequestAndSaysWhy(String request, String name, String reason) {
    int error = feed(request);

    assertThat(errorName(error)).isEqualTo(name);
    assertThat(reason()).contains(reason);
    assertThat(messages()).isEmpty();
  }

  @Test
  void refusesARequestWithTwoLengths() {
    int error = feed("POST / HTTP/1.1\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n");

    assertThat(error).isNotZero();
    assertThat(reason()).contains("Content-Length");
  }
}
