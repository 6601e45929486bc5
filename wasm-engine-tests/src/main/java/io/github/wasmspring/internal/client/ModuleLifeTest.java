package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a location that may not answer to instances that are initialised once. */
class ModuleLifeTest {

  @WasmModule("reactor")
  interface Reactor {

    int ready();
  }

  @WasmModule("reactor")
  interface ReactorInJava {

    default int ready() {
      return -1;
    }
  }

  @WasmModule("reactor")
  interface Stranger {

    default int getSet() {
      return -1;
    }
  }

  private final TestRuntime runtime = new TestRuntime();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger failuresLeft = new AtomicInteger();
  private HttpServer server;
  private String location;

  @BeforeEach
  void serve() throws IOException {
    byte[] module = Guests.bytes("reactor");
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.server.createContext(
        "/",
        exchange -> {
          this.requests.incrementAndGet();
          if (this.failuresLeft.getAndDecrement() > 0) {
            exchange.sendResponseHeaders(503, -1);
          } else {
            exchange.sendResponseHeaders(200, module.length);
            exchange.getResponseBody().write(module);
          }
          exchange.close();
        });
    this.server.start();
    this.location = "http://localhost:" + this.server.getAddress().getPort() + "/reactor.wasm";
  }

  @AfterEach
  void stop() {
    this.runtime.close();
    this.server.stop(0);
  }

  private WasmModuleDescriptor.Builder module() {
    return WasmModuleDescriptor.builder("reactor").location(this.location);
  }

  @Test
  void aReactorIsInitialisedOnceWhenItIsInstantiated() {
    this.runtime.with(module());
    Reactor reactor = this.runtime.manager.bind(Reactor.class);
    assertThat(reactor.ready()).isEqualTo(1);
    assertThat(reactor.ready()).isEqualTo(1);
  }

  @Test
  void aServerThatFailsIsNotAskedAgainForEveryCall() {
    this.failuresLeft.set(Integer.MAX_VALUE);
    this.runtime.with(module());
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(WasmLoadException.class)
          .isThrownBy(() -> this.runtime.manager.execute("reactor", "ready", null))
          .withMessageContaining("503");
    }
    assertThat(this.requests).hasValue(1);
  }

  @Test
  void configuredRetriesAskTheServerAgain() {
    this.failuresLeft.set(2);
    this.runtime.with(
        module().settings(settings -> settings.maxAttempts(3).retryDelay(Duration.ofMillis(1))));
    ReactorInJava reactor = this.runtime.manager.bind(ReactorInJava.class);
    assertThat(reactor.ready()).isEqualTo(1);
    assertThat(this.requests).hasValue(3);
    assertThat(this.runtime.recorded).anyMatch(WasmEvent.CallRetried.class::isInstance);
  }

  @Test
  void aBeanThatJavaCanAnswerForIsMadeWhileItsServerFails() {
    this.failuresLeft.set(Integer.MAX_VALUE);
    this.runtime.with(module());
    assertThat(this.runtime.manager.bind(ReactorInJava.class).ready()).isEqualTo(-1);
  }

  @Test
  void aBeanThatNeedsItsModuleIsNotMadeWhileItsServerFails() {
    this.failuresLeft.set(Integer.MAX_VALUE);
    this.runtime.with(module());
    assertThatExceptionOfType(WasmLoadException.class)
        .isThrownBy(() -> this.runtime.manager.bind(Reactor.class));
  }

  @Test
  void aBeanWithAWrongLocationOfItsOwnIsNotMade() {
    this.runtime.with(WasmModuleDescriptor.builder("reactor").location("classpath:wasm/none.wasm"));
    assertThatExceptionOfType(WasmLoadException.class)
        .isThrownBy(() -> this.runtime.manager.bind(ReactorInJava.class))
        .withMessageContaining("classpath:wasm/none.wasm");
  }

  @Test
  void aBeanThatHasNothingInCommonWithItsModuleIsNotMade() {
    this.runtime.with(module());
    assertThatExceptionOfType(WasmSignatureException.class)
        .isThrownBy(() -> this.runtime.manager.bind(Stranger.class))
        .withMessageContaining("none of the methods")
        .withMessageContaining("get_set")
        .withMessageContaining("ready");
  }

  @Test
  void aMemoryLimitBelowWhatTheModuleStartsWithIsRefusedWhenItIsLoaded() {
    this.runtime.with(
        WasmModuleDescriptor.builder("trouble")
            .location("classpath:wasm/trouble.wasm")
            .settings(settings -> settings.limits(limits -> limits.memory(1024))));
    assertThatExceptionOfType(WasmLoadException.class)
        .isThrownBy(() -> this.runtime.manager.warmUp("trouble"))
        .satisfies(
            failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.MEMORY_LIMIT));
  }

  @Test
  void credentialsInALocationAreNotShown() {
    this.failuresLeft.set(Integer.MAX_VALUE);
    String secret = this.location.replace("http://", "http://user:secret@");
    this.runtime.with(WasmModuleDescriptor.builder("reactor").location(secret));
    assertThatExceptionOfType(WasmLoadException.class)
        .isThrownBy(() -> this.runtime.manager.warmUp("reactor"))
        .satisfies(
            failure -> {
              assertThat(failure.getMessage()).contains("***@localhost").doesNotContain("secret");
              assertThat(failure.location()).doesNotContain("secret");
            });
    assertThat(this.runtime.manager.status("reactor").toString()).doesNotContain("secret");
    assertThat(this.runtime.registry.describe("reactor")).doesNotContain("secret");
  }

  @Test
  void theRuntimeForProgramsWithoutSpringWorks() {
    try (WasmRuntime plain = TestEngines.runtime().build()) {
      plain.register(module().build());
      assertThat(plain.manager().<Integer>execute("reactor", "ready", null).value()).isEqualTo(1);
    }
  }
}
