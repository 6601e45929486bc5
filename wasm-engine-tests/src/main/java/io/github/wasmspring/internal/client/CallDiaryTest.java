package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.module.WasmDebugMode;
import io.github.wasmspring.testing.TestRuntime;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The calls of one module in the log. */
class CallDiaryTest {

  private static final int MANY = 300;

  @WasmModule("buffer")
  interface Buffer {

    String echo(String text);

    int idInt(int value);

    default void failHard(String text) {}
  }

  @WasmModule("buffer")
  interface Strict {

    void failHard(String text);
  }

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.wasmspring.calls");
  private final Level before = this.logger.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final TestRuntime runtime = new TestRuntime();

  @BeforeEach
  void listen() {
    this.log.start();
    this.logger.setLevel(Level.INFO);
    this.logger.addAppender(this.log);
  }

  @AfterEach
  void close() {
    this.logger.detachAppender(this.log);
    this.logger.setLevel(this.before);
    this.runtime.close();
  }

  private Buffer buffer(WasmDebugMode mode) {
    this.runtime.with(guest("buffer").settings(settings -> settings.debug(mode)));
    return this.runtime.manager.bind(Buffer.class);
  }

  private List<String> messages() {
    return this.log.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .map(message -> message.replaceAll("after \\d+ µs", "after N µs"))
        .toList();
  }

  private String engine() {
    return this.runtime.manager.status("buffer").get(0).engine();
  }

  @Test
  void nothingUnlessSomebodyAsks() {
    buffer(WasmDebugMode.OFF).echo("secret");
    assertThat(messages()).isEmpty();
  }

  @Test
  void sizesAndTimes() {
    assertThat(buffer(WasmDebugMode.ON).echo("secret")).isEqualTo("secret");
    assertThat(messages())
        .containsExactly(
            "buffer 1.0.0 echo(6 characters) answered 6 characters after N µs: WASM on %s, instance 1"
                .formatted(engine()));
  }

  @Test
  void contentsForWhoeverAsksForThem() {
    buffer(WasmDebugMode.CONTENTS).echo("one\ntwo");
    assertThat(messages())
        .singleElement()
        .asString()
        .startsWith(
            "buffer 1.0.0 echo(\"one\\ntwo\" (7 characters)) answered \"one\\ntwo\" (7 characters) after");
  }

  @Test
  void whatFailedAndWhoAnsweredInstead() {
    Buffer buffer = buffer(WasmDebugMode.ON);
    Strict strict = this.runtime.manager.bind(Strict.class);
    buffer.failHard("secret");
    assertThatThrownBy(() -> strict.failHard("secret")).isInstanceOf(WasmException.class);
    assertThat(messages())
        .containsExactly(
            "buffer 1.0.0 fail_hard(6 characters) answered null after N µs: FALLBACK on java, instance 1, as the module failed with TRAP",
            "buffer 1.0.0 fail_hard(6 characters) failed with TRAP after N µs: WASM on %s, instance 2"
                .formatted(engine()));
  }

  @ParameterizedTest
  @EnumSource(names = {"ON", "CONTENTS"})
  void quickCallsOfNumbersToo(WasmDebugMode mode) {
    Buffer buffer = buffer(mode);
    for (int i = 0; i < MANY; i++) {
      assertThat(buffer.idInt(i)).isEqualTo(i);
    }
    assertThat(messages()).hasSize(MANY).allMatch(message -> message.contains(" id_int("));
  }

  @Test
  void sessionsAndCallsByName() {
    buffer(WasmDebugMode.ON);
    try (WasmSession session = this.runtime.manager.open("buffer")) {
      session.bind(Buffer.class).echo("text");
      session.call("live_bytes");
    }
    this.runtime.manager.module("buffer").operation("echo").input("text").retrieve(String.class);
    assertThat(messages())
        .hasSize(3)
        .allMatch(message -> message.contains("instance 1"))
        .anyMatch(message -> message.contains("live_bytes() answered long[1]"));
  }

  @Test
  void callsByNameShowTheirArguments() {
    buffer(WasmDebugMode.CONTENTS);
    try (WasmSession session = this.runtime.manager.open("buffer")) {
      session.call("id_int", 7);
    }
    assertThat(messages()).singleElement().asString().contains(" id_int(7) answered [7] (long[1])");
  }

  @Test
  void aGuestCanNotForgeALineByTheNameOfAnExport() {
    CallRecord record = new CallRecord(null, false);
    record.ranOn("jvm");
    Objects.requireNonNull(CallDiary.of(WasmDebugMode.ON))
        .<@Nullable Object>write(
            new WasmCallId("calc", "1.0.0", "add\nINFO forged"), new Object[0], record, () -> null);
    assertThat(messages()).singleElement().asString().startsWith("calc 1.0.0 add\\nINFO forged()");
  }

  @ParameterizedTest
  @EnumSource(names = {"ON", "CONTENTS"})
  void whatCanNotBeShownIsPassedAllTheSame(WasmDebugMode mode) {
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(List.of(cyclic));
    List<Object> lazy =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            throw new IllegalStateException("no session");
          }

          @Override
          public int size() {
            throw new IllegalStateException("no session");
          }
        };
    Object endless =
        new Object() {
          @Override
          public String toString() {
            return cyclic.toString();
          }
        };
    CallDiary diary = Objects.requireNonNull(CallDiary.of(mode));
    CallRecord record = new CallRecord(null, false);
    record.ranOn("jvm");
    for (Object value : List.of(lazy, endless)) {
      assertThat(
              diary.<Object>write(
                  new WasmCallId("calc", "1.0.0", "add"),
                  new Object[] {value},
                  record,
                  () -> value))
          .isSameAs(value);
    }
    assertThat(messages())
        .hasSize(2)
        .allMatch(message -> message.contains("add(" + CallDiaryTest.class.getName() + "$"));
  }

  @Test
  void nothingIsLostWhereTheLoggerIsOff() {
    Buffer buffer = buffer(WasmDebugMode.ON);
    this.logger.setLevel(Level.WARN);
    assertThat(buffer.echo("text")).isEqualTo("text");
    assertThat(messages()).isEmpty();
  }
}
