package io.github.wasmspring.autoconfigure.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.channel.endpoint.WasmChannelEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.channel.metrics.WasmChannelMetrics;
import io.github.wasmspring.autoconfigure.channel.metrics.WasmChannelMetricsAutoConfiguration;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointAutoConfiguration;
import io.github.wasmspring.channel.WasmChannelSettings;
import io.github.wasmspring.channel.WasmChannels;
import io.github.wasmspring.channel.WasmChannelsStatus;
import io.github.wasmspring.channel.WasmFullPolicy;
import io.github.wasmspring.channel.WasmGuestPublisher;
import io.github.wasmspring.channel.WasmMessage;
import io.github.wasmspring.channel.WasmRouteSettings;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmChannelAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmChannelAutoConfiguration.class));

  private final ApplicationContextRunner relay =
      this.runner.withPropertyValues(
          "wasm.modules.relay.location=classpath:wasm/relay.wasm",
          "wasm.modules.relay.channels.publish=relay.out",
          "wasm.channels.routes.in.topic=relay.in",
          "wasm.channels.routes.in.module=relay",
          "wasm.channels.routes.in.operation=relay");

  @Test
  void thereAreChannelsWithoutRoutes() {
    this.runner.run(
        context -> assertThat(context.getBean(WasmChannels.class).status().routes()).isEmpty());
  }

  @Test
  void aPropertySwitchesThemOff() {
    this.runner
        .withPropertyValues("wasm.channels.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(WasmChannels.class)
                    .doesNotHaveBean(WasmGuestPublisher.class));
  }

  @Test
  void theyGiveWayToTheUsersOwn() {
    this.runner
        .withUserConfiguration(OwnChannels.class)
        .run(context -> assertThat(context).hasSingleBean(WasmChannels.class).hasBean("mine"));
  }

  @Test
  void aGuestTakesMessagesAndPublishesItsOwn() {
    this.relay.run(
        context -> {
          WasmChannels channels = context.getBean(WasmChannels.class);
          BlockingQueue<WasmMessage> seen = new LinkedBlockingQueue<>();
          channels.subscribe("out", "relay.out", seen::add);

          channels.publish("relay.in", "hello");

          WasmMessage message = seen.take();
          assertThat(message.text()).isEqualTo("hello");
          assertThat(message.sender()).isEqualTo("relay");
        });
  }

  @Test
  void aGuestWithoutTopicsDoesNotLink() {
    this.relay
        .withPropertyValues("wasm.modules.relay.channels.publish=")
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(WasmModuleManager.class).warmUp("relay"))
                    .isInstanceOf(WasmLinkException.class)
                    .hasMessageContaining("wasm.modules.relay.channels.publish"));
  }

  @Test
  void allPropertiesOfARouteCount() {
    this.relay
        .withPropertyValues(
            "wasm.channels.routes.in.operation=answer",
            "wasm.channels.routes.in.reply-to=relay.reply",
            "wasm.channels.routes.in.capacity=7",
            "wasm.channels.routes.in.buffer=2KB",
            "wasm.channels.routes.in.concurrency=3",
            "wasm.channels.routes.in.when-full=drop-oldest",
            "wasm.channels.routes.in.publish-timeout=2s",
            "wasm.channels.routes.in.max-attempts=5",
            "wasm.channels.routes.in.retry-delay=10ms")
        .run(
            context -> {
              WasmChannels channels = context.getBean(WasmChannels.class);
              BlockingQueue<WasmMessage> seen = new LinkedBlockingQueue<>();
              channels.subscribe("replies", "relay.reply", seen::add);
              channels.publish("relay.in", "hello");

              assertThat(seen.take().text()).isEqualTo("hello");
              assertThat(channels.status("in").settings())
                  .isEqualTo(
                      new WasmRouteSettings(
                          7,
                          2048,
                          3,
                          WasmFullPolicy.DROP_OLDEST,
                          Duration.ofSeconds(2),
                          5,
                          Duration.ofMillis(10)));
            });
  }

  @Test
  void whatDoesNotFitARouteThatPassesTheTopicIsADeadLetter() {
    this.relay
        .withPropertyValues("wasm.channels.routes.in.pass-topic=true")
        .run(
            context -> {
              WasmChannels channels = context.getBean(WasmChannels.class);
              channels.publish("relay.in", "hello");
              channels.close();
              assertThat(channels.status().deadLetters())
                  .singleElement()
                  .satisfies(
                      letter ->
                          assertThat(letter.category()).isEqualTo(WasmErrorCategory.SIGNATURE));
            });
  }

  @Test
  void thePropertiesOfAllRoutesCount() {
    this.relay
        .withPropertyValues("wasm.channels.max-payload=10B")
        .run(
            context ->
                assertThatThrownBy(
                        () ->
                            context.getBean(WasmChannels.class).publish("relay.in", "x".repeat(11)))
                    .hasMessageContaining("10 are allowed"));
  }

  @Test
  void aRouteToAModuleThatDoesNotExistStopsTheStart() {
    this.relay
        .withPropertyValues("wasm.channels.routes.in.module=realy")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(WasmModuleNotFoundException.class)
                    .hasMessageContaining("realy")
                    .hasMessageContaining("relay"));
  }

  @Test
  void aRouteThatSaysTooLittleOrNonsenseNamesTheProperty() {
    invalid("wasm.channels.routes.in.operation=", "wasm.channels.routes.in.operation");
    invalid("wasm.channels.routes.in.topic=a..b", "wasm.channels.routes.in.topic");
    invalid("wasm.channels.routes.in.reply-to=a.*", "wasm.channels.routes.in.reply-to");
    invalid("wasm.channels.routes.in.capacity=0", "wasm.channels.routes.in.capacity");
    invalid("wasm.channels.routes.in.buffer=0", "wasm.channels.routes.in.buffer");
    invalid("wasm.channels.routes.in.retry-delay=-1s", "wasm.channels.routes.in.retry-delay");
    invalid("wasm.channels.delivery-threads=0", "wasm.channels.delivery-threads");
    invalid("wasm.channels.max-payload=3GB", "wasm.channels.max-payload");
    invalid("wasm.channels.dead-letters=-1", "wasm.channels.dead-letters");
    invalid("wasm.modules.relay.channels.publish=a b", "wasm.modules.relay.channels.publish");
    invalid("wasm.modules.relay.imports=log", "wasm.modules.relay.imports");
  }

  private void invalid(String setting, String property) {
    this.relay
        .withPropertyValues(setting)
        .run(
            context -> {
              Throwable failure = context.getStartupFailure();
              while (failure != null
                  && !(failure instanceof InvalidConfigurationPropertyValueException)) {
                failure = failure.getCause();
              }
              assertThat(failure).as(setting).isNotNull();
              assertThat(((InvalidConfigurationPropertyValueException) failure).getName())
                  .isEqualTo(property);
            });
  }

  @Test
  void theEndpointShowsThem() {
    this.relay
        .withConfiguration(
            AutoConfigurations.of(
                WasmEndpointAutoConfiguration.class, WasmChannelEndpointAutoConfiguration.class))
        .withPropertyValues("management.endpoints.web.exposure.include=wasm")
        .run(
            context -> {
              WasmChannels channels = context.getBean(WasmChannels.class);
              channels.publish("relay.in", "");
              channels.close();
              WasmChannelsStatus shown =
                  (WasmChannelsStatus)
                      context.getBean(WasmEndpoint.class).modules().contributions().get("channels");
              assertThat(shown.routes())
                  .singleElement()
                  .satisfies(
                      route -> {
                        assertThat(route.name()).isEqualTo("in");
                        assertThat(route.module()).isEqualTo("relay");
                        assertThat(route.delivered()).isOne();
                      });
            });
  }

  @Test
  void metersCountThem() {
    this.relay
        .withConfiguration(AutoConfigurations.of(WasmChannelMetricsAutoConfiguration.class))
        .withBean(SimpleMeterRegistry.class)
        .run(
            context -> {
              MeterRegistry registry = context.getBean(MeterRegistry.class);
              context.getBean(WasmChannelMetrics.class).bindTo(registry);
              WasmChannels channels = context.getBean(WasmChannels.class);
              channels.publish("relay.in", "");
              channels.subscribe(
                  "later",
                  "later",
                  WasmRouteSettings.DEFAULTS.with(
                      settings -> settings.maxAttempts(2).retryDelay(Duration.ZERO)),
                  message -> {
                    throw new IllegalStateException("no");
                  });
              channels.publish("later", "");
              assertThatThrownBy(() -> channels.publish("later", new byte[1 << 20]))
                  .hasMessageContaining("max-payload");
              channels.close();

              assertThat(count(registry, "wasm.channel.messages", "in", "delivered")).isOne();
              assertThat(count(registry, "wasm.channel.messages", "in", "dead")).isZero();
              assertThat(count(registry, "wasm.channel.messages", "later", "dead")).isOne();
              assertThat(
                      registry
                          .get("wasm.channel.retries")
                          .tag("route", "later")
                          .functionCounter()
                          .count())
                  .isOne();
              assertThat(registry.get("wasm.channel.queued").tag("route", "in").gauge().value())
                  .isZero();
              // What the guest published had no route.
              assertThat(registry.get("wasm.channel.unrouted").functionCounter().count()).isOne();
              assertThat(registry.get("wasm.channel.refused").functionCounter().count()).isOne();
            });
  }

  private static double count(MeterRegistry registry, String name, String route, String outcome) {
    return registry.get(name).tag("route", route).tag("outcome", outcome).functionCounter().count();
  }

  @Test
  void guestsPublishAlsoWhereBeansAreLazy() {
    this.relay
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .run(
            context -> {
              int answer =
                  context
                      .getBean(WasmModuleManager.class)
                      .module("relay")
                      .operation("relay")
                      .input("x".getBytes())
                      .retrieve(int.class)
                      .value();
              assertThat(answer).as("no route").isEqualTo(-2);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnChannels {

    @Bean
    WasmChannels mine(
        WasmModuleManager manager, WasmEventPublisher events, WasmGuestPublisher guests) {
      return new WasmChannels(
          manager, events, new DefaultWasmErrorHandler(), guests, WasmChannelSettings.DEFAULTS);
    }
  }
}
