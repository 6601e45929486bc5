package io.github.wasmspring.autoconfigure.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.actor.WasmActor;
import io.github.wasmspring.actor.WasmActorRef;
import io.github.wasmspring.actor.WasmActorSettings;
import io.github.wasmspring.actor.WasmActorType;
import io.github.wasmspring.actor.WasmActors;
import io.github.wasmspring.actor.WasmEffect;
import io.github.wasmspring.actor.WasmMailboxPolicy;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.check.WasmPropertyCheckAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmActorsAutoConfigurationTest {

  private static final Path TALLY =
      Path.of("../wasm-actors/src/test/rust/tally/dist/tally.wasm").toAbsolutePath().normalize();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(WasmAutoConfiguration.class, WasmActorsAutoConfiguration.class))
          .withPropertyValues("wasm.modules.tally.location=" + TALLY.toUri());

  @WasmActor("tally")
  interface Tally {

    void add(int number);

    CompletableFuture<Long> count();
  }

  @Configuration(proxyBeanMethods = false)
  static class JavaTypes {

    @Bean
    WasmActorType greeter() {
      return WasmActorType.ofJava(
          "greeter", () -> message -> List.of(new WasmEffect.Reply("Hello " + message.json())));
    }

    @Bean
    WasmActorsCustomizer few() {
      return actors -> actors.maxActors(1);
    }
  }

  @Test
  void itIsThereForWhoeverNeedsItAndEndsInPeace() {
    AtomicReference<CompletableFuture<Long>> last = new AtomicReference<>();
    this.runner.run(
        context -> {
          assertThat(context.getBeanFactory().containsSingleton("wasmActors")).isFalse();
          WasmActors actors = context.getBean(WasmActors.class);
          Tally tally = actors.spawn(Tally.class, "1", Map.of("start", 40));
          tally.add(1);
          tally.add(1);
          last.set(tally.count());
        });

    assertThat(last.get()).isCompletedWithValue(42L);
  }

  @Test
  void propertiesSayHowTypesAre() {
    this.runner
        .withPropertyValues(
            "wasm.actors.types.counter.module=tally",
            "wasm.actors.types.counter.version=^1",
            "wasm.actors.types.counter.mailbox=7",
            "wasm.actors.types.counter.mailbox-policy=drop",
            "wasm.actors.types.counter.stash=2",
            "wasm.actors.types.counter.timers=3",
            "wasm.actors.types.counter.restarts=4",
            "wasm.actors.types.counter.restart-period=9s",
            "wasm.actors.types.counter.snapshot-every=1",
            "wasm.actors.types.counter.message-timeout=300ms",
            "wasm.actors.types.counter.memory=4MB")
        .run(
            context -> {
              WasmActors actors = context.getBean(WasmActors.class);
              WasmActorType type = actors.types().iterator().next();
              assertThat(type.module()).isEqualTo("tally");
              assertThat(type.range()).isEqualTo("^1");
              assertThat(type.settings())
                  .isEqualTo(
                      new WasmActorSettings(
                          7,
                          WasmMailboxPolicy.DROP,
                          2,
                          3,
                          4,
                          Duration.ofSeconds(9),
                          1,
                          Duration.ofMillis(300),
                          4L << 20));
              WasmActorRef counter = actors.spawn("counter", "1", null);
              assertThat(actors.ask(counter, "add", 3, Long.class).join()).isEqualTo(3);
            });
  }

  @Test
  void beansAreTypesAndCustomizersHaveTheLastWord() {
    this.runner
        .withUserConfiguration(JavaTypes.class)
        .withPropertyValues("wasm.actors.max-actors=5", "wasm.actors.types.greeter.mailbox=9")
        .run(
            context -> {
              WasmActors actors = context.getBean(WasmActors.class);
              assertThat(actors.types().iterator().next().settings().mailbox()).isEqualTo(9);
              WasmActorRef greeter = actors.spawn("greeter", "1", null);
              assertThat(actors.ask(greeter, "greet", 1, String.class).join()).isEqualTo("Hello 1");
              assertThat(catchThrowable(() -> actors.spawn("greeter", "2", null)))
                  .isInstanceOf(WasmException.class);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "threads=0",
        "max-actors=0",
        "max-live=-1",
        "max-memory=0B",
        "hibernate-after=0s",
        "ask-timeout=-1s",
        "stop-timeout=0s",
        "dead-letters=-1",
        "types.tally.mailbox=0",
        "types.tally.mailbox-policy=burn",
        "types.tally.restart-period=0s",
        "types.tally.memory=0B"
      })
  void whatCanNeverBeIsRefusedByItsName(String property) {
    String name = "wasm.actors." + property.substring(0, property.indexOf('='));
    this.runner
        .withPropertyValues("wasm.actors." + property)
        .run(
            context ->
                assertThat(catchThrowable(() -> context.getBean(WasmActors.class)))
                    .hasStackTraceContaining(name));
  }

  @Test
  void itIsNotThereWhereItIsOff() {
    this.runner
        .withPropertyValues("wasm.actors.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(WasmActors.class));
  }

  @Test
  void itIsNotThereWithoutTheJar() {
    this.runner
        .withConfiguration(AutoConfigurations.of(WasmPropertyCheckAutoConfiguration.class))
        .withPropertyValues("wasm.actors.types.tally.mailbox=5")
        .withClassLoader(new FilteredClassLoader("io.github.wasmspring.actor", "org.apache.pekko"))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBeanFactory().containsBeanDefinition("wasmActors")).isFalse();
            });
  }

  @Test
  void aBeanOfTheApplicationComesFirst() {
    WasmActors own = mock(WasmActors.class);
    this.runner
        .withBean("own", WasmActors.class, () -> own)
        .run(context -> assertThat(context.getBean(WasmActors.class)).isSameAs(own));
  }
}
