package io.github.wasmspring.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginRevision;
import io.github.wasmspring.plugin.WasmPluginSettings;
import io.github.wasmspring.plugin.WasmPluginState;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.DigestVerifier;
import io.github.wasmspring.testing.TestEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Files that come, change and go are plug-ins that do. */
@Timeout(120)
class DropInDirectoryTest {

  private static final Duration SETTLE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofHours(1);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(DropInDirectory.class);
  private WasmRuntime runtime;
  private DropInDirectory directory;
  private long now;

  @TempDir private Path parent;

  private Path drop;

  @BeforeEach
  void start() throws IOException {
    this.drop = Files.createDirectories(this.parent.resolve("drop"));
    this.log.start();
    this.logger.addAppender(this.log);
    this.logger.setLevel(Level.WARN);
    open();
  }

  private void open() {
    open(WasmPluginSettings.in(this.parent.resolve("plugins")).build());
  }

  private void open(WasmPluginSettings settings) {
    this.runtime = TestEngines.runtime().plugins(settings).build();
    this.directory = new DropInDirectory(this.drop, (DefaultWasmPlugins) plugins(), SETTLE, POLL);
  }

  @AfterEach
  void stop() {
    this.logger.detachAppender(this.log);
    this.logger.setLevel(null);
    this.runtime.close();
  }

  private WasmPlugins plugins() {
    return this.runtime.plugins();
  }

  private int answer(String id) {
    return this.runtime.manager().<Number>execute(id, "answer", null).value().intValue();
  }

  /** Half of the time after which a file is read. */
  private void look() {
    this.now += SETTLE.toNanos() / 2 + 1;
    this.directory.look(this.now);
  }

  /** Until nothing is waited for any more. */
  private void settle() {
    look();
    look();
    look();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(this.drop.resolve(name), bytes);
  }

  private List<String> said() {
    return this.log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void whatAppearsIsInstalledWhenItIsSteady() throws IOException {
    write("prices.wasm", NumberedGuest.bytes(1));
    look();
    assertThat(plugins().list()).as("it may not be all there").isEmpty();
    look();
    look();
    assertThat(answer("prices")).isOne();
    WasmPluginStatus installed = plugins().find("prices").get();
    assertThat(installed.version()).isEqualTo("1.0.0");
    assertThat(installed.source()).endsWith("/drop/prices.wasm");
    assertThat(said()).isEmpty();
  }

  @Test
  void whatHasBeenThereForLongIsInstalledAtOnce() throws IOException {
    Path file = write("prices-2.1.0.wasm", NumberedGuest.bytes(1));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
    look();
    assertThat(plugins().find("prices").get().version()).isEqualTo("2.1.0");
  }

  @Test
  void whatIsStillWrittenIsNotRead() throws IOException {
    byte[] bytes = NumberedGuest.bytes(1);
    Path file = write("prices.wasm", Arrays.copyOf(bytes, 5));
    for (int length = 5; length < bytes.length; length++) {
      look();
      Files.write(file, new byte[] {bytes[length]}, StandardOpenOption.APPEND);
    }
    assertThat(plugins().list()).isEmpty();
    settle();
    assertThat(answer("prices")).isOne();
    assertThat(plugins().history("prices")).hasSize(1);
  }

  @Test
  void whatChangesIsUpdatedReplacedAtomicallyOrNot() throws IOException {
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    Path beside = write("prices.wasm.part", NumberedGuest.bytes(2));
    Files.move(beside, this.drop.resolve("prices.wasm"), StandardCopyOption.ATOMIC_MOVE);
    settle();
    assertThat(answer("prices")).isEqualTo(2);
    Files.delete(this.drop.resolve("prices.wasm"));
    look();
    write("prices.wasm", NumberedGuest.bytes(3));
    settle();
    assertThat(answer("prices")).isEqualTo(3);
    assertThat(plugins().find("prices").get().revision()).isEqualTo(3);
  }

  @Test
  void whatIsGoneIsDisabledUntilItIsThereAgain() throws IOException {
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    Files.delete(this.drop.resolve("prices.wasm"));
    look();
    assertThat(plugins().find("prices").get().state())
        .as("it may be replaced")
        .isEqualTo(WasmPluginState.ACTIVE);
    settle();
    assertThat(plugins().find("prices").get().state()).isEqualTo(WasmPluginState.DISABLED);

    this.runtime.close();
    open();
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    assertThat(plugins().find("prices").get().state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(answer("prices")).isOne();
  }

  @Test
  void whatWentWhileNobodyLookedIsDisabled() throws IOException {
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    this.runtime.close();
    Files.delete(this.drop.resolve("prices.wasm"));
    open();
    settle();
    assertThat(plugins().find("prices").get().state()).isEqualTo(WasmPluginState.DISABLED);
  }

  @Test
  void whatIsDisabledByHandStaysSo() throws IOException {
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    plugins().disable("prices");
    settle();
    this.runtime.close();
    open();
    settle();
    assertThat(plugins().find("prices").get().state()).isEqualTo(WasmPluginState.DISABLED);
    write("prices.wasm", NumberedGuest.bytes(2));
    settle();
    assertThat(plugins().find("prices").get().state()).isEqualTo(WasmPluginState.DISABLED);
    assertThat(plugins().enable("prices").revision()).isEqualTo(2);
    assertThat(answer("prices")).isEqualTo(2);
  }

  @Test
  void whatIsInstalledOtherwiseDoesNotGoWithAFile() throws IOException {
    plugins().install(WasmPluginRequest.of("prices").bytes(NumberedGuest.bytes(1)));
    settle();
    assertThat(plugins().find("prices").get().state()).isEqualTo(WasmPluginState.ACTIVE);
  }

  @Test
  void theNewestVersionCounts() throws IOException {
    write("prices-1.9.0.wasm", NumberedGuest.bytes(1));
    write("prices-1.10.0.wasm", NumberedGuest.bytes(2));
    write("prices.wasm", NumberedGuest.bytes(3));
    settle();
    assertThat(plugins().find("prices").get().version()).isEqualTo("1.10.0");
    Files.delete(this.drop.resolve("prices-1.10.0.wasm"));
    settle();
    assertThat(plugins().find("prices").get().version()).isEqualTo("1.9.0");
    assertThat(answer("prices")).isOne();
  }

  @Test
  void whatIsBadIsSaidOnceAndTriedAgainWhenItChanges() throws IOException {
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    write("prices.wasm", "<html>".getBytes());
    settle();
    settle();
    assertThat(said())
        .singleElement()
        .asString()
        .contains("drop/prices.wasm", "HTML", "Put another file in its place");
    assertThat(answer("prices")).isOne();
    assertThat(plugins().history("prices"))
        .extracting(WasmPluginRevision::number)
        .containsExactly(2, 1);
    write("prices.wasm", NumberedGuest.bytes(2));
    settle();
    assertThat(answer("prices")).isEqualTo(2);
  }

  @Test
  void aSignatureOfWhateverFormThatComesLaterIsNoticed() throws IOException {
    this.runtime.close();
    this.runtime =
        TestEngines.runtime()
            .plugins(WasmPluginSettings.in(this.parent.resolve("signed")).build())
            .signatures(
                WasmSignatures.builder()
                    .required(WasmSignatures.Required.OUTSIDE)
                    .verifier(new DigestVerifier())
                    .build())
            .build();
    this.directory = new DropInDirectory(this.drop, (DefaultWasmPlugins) plugins(), SETTLE, POLL);
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    assertThat(plugins().list()).isEmpty();
    assertThat(said()).hasSize(1).first().asString().contains("has no signature");

    write("prices.wasm.sum", DigestVerifier.sign(NumberedGuest.bytes(1)));
    settle();
    assertThat(plugins().find("prices").get().signer()).isEqualTo("sum");
    assertThat(answer("prices")).isOne();
  }

  @Test
  void whatWasRolledBackStaysSoAfterTheNextStart() throws IOException {
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    write("prices.wasm", NumberedGuest.bytes(2));
    settle();
    plugins().rollBack("prices");
    this.runtime.close();
    open();
    settle();
    settle();
    assertThat(answer("prices")).isOne();
    assertThat(plugins().history("prices")).hasSize(2);
    assertThat(said())
        .singleElement()
        .asString()
        .contains("drop/prices.wasm", "it is revision 2", "rolled back by hand");

    assertThat(plugins().rollBack("prices", 2).revision()).isEqualTo(2);
    this.runtime.close();
    open();
    settle();
    assertThat(answer("prices")).isEqualTo(2);
    write("prices.wasm", NumberedGuest.bytes(3));
    settle();
    assertThat(answer("prices")).isEqualTo(3);
    assertThat(said()).hasSize(1);
  }

  @Test
  void aTrialThatBrokeOffWithTheApplicationBeginsAgain() throws IOException {
    this.runtime.close();
    WasmPluginSettings trials =
        WasmPluginSettings.in(this.parent.resolve("plugins"))
            .modules(
                module ->
                    module.toBuilder()
                        .settings(
                            settings ->
                                settings.rollout(
                                    rollout ->
                                        rollout.canaryShare(50).duration(Duration.ofHours(1))))
                        .build())
            .build();
    open(trials);
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    assertThat(answer("prices")).isOne();
    write("prices.wasm", NumberedGuest.bytes(2));
    settle();
    assertThat(plugins().find("prices").get().candidate()).isEqualTo(2);
    this.runtime.close();
    open(trials);
    assertThat(answer("prices")).isOne();
    settle();
    assertThat(plugins().find("prices").get().candidate()).isEqualTo(3);
    plugins().rollBack("prices");
    this.runtime.close();
    open(trials);
    assertThat(answer("prices")).isOne();
    settle();
    assertThat(plugins().find("prices").get().candidate()).isNull();
  }

  @Test
  void whatCanNotBeReadIsTriedLessAndLessUntilItChanges() throws IOException {
    this.runtime.close();
    open(WasmPluginSettings.in(this.parent.resolve("plugins")).maxSize(1000).build());
    List<WasmEvent> refusals = new CopyOnWriteArrayList<>();
    this.runtime
        .events()
        .addListener(
            event -> {
              if (event instanceof WasmEvent.PluginRefused) {
                refusals.add(event);
              }
            });
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    write("prices.wasm", new byte[2000]);
    for (int hours = 0; hours < 100; hours++) {
      this.now += POLL.toNanos();
      this.directory.look(this.now);
    }
    assertThat(refusals).hasSizeBetween(2, 8);
    for (int hours = 0; hours < 2000; hours++) {
      this.now += POLL.toNanos();
      this.directory.look(this.now);
    }
    assertThat(refusals).hasSize(10);
    assertThat(plugins().history("prices")).hasSize(2);
    assertThat(plugins().history("prices").get(0).note()).contains("drop/prices.wasm can't be");
    assertThat(said()).hasSize(2);
    assertThat(said().get(0)).contains("more than 1000 bytes", "It is tried again");
    assertThat(said().get(1)).contains("more than 1000 bytes", "Put another file in its place");
    assertThat(answer("prices")).isOne();
    write("prices.wasm", NumberedGuest.bytes(2));
    settle();
    assertThat(answer("prices")).isEqualTo(2);
  }

  @Test
  void filesThatAreNoPlugInsAreLeftAlone() throws IOException {
    write("README.txt", new byte[3]);
    write(".hidden.wasm", NumberedGuest.bytes(1));
    write("what is this.wasm", NumberedGuest.bytes(1));
    Files.createDirectory(this.drop.resolve("folder.wasm"));
    settle();
    settle();
    assertThat(plugins().list()).isEmpty();
    assertThat(said()).singleElement().asString().contains("what is this.wasm", "rename it");
  }

  @Test
  void aDirectoryThatIsAwayForAMomentDisablesNothing() throws IOException {
    write("prices.wasm", NumberedGuest.bytes(1));
    settle();
    Path away = this.parent.resolve("away");
    Files.move(this.drop, away);
    settle();
    settle();
    assertThat(plugins().find("prices").get().state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(said()).singleElement().asString().contains("wasm.plugins.watch");
    Files.move(away, this.drop);
    settle();
    assertThat(said()).hasSize(1);
    assertThat(answer("prices")).isOne();
  }

  /** With the real clock, and what the system tells of changes. */
  @Test
  void somebodyWatches() throws IOException {
    this.runtime.close();
    write("early.wasm", NumberedGuest.bytes(1));
    Files.setLastModifiedTime(
        this.drop.resolve("early.wasm"), FileTime.from(Instant.now().minusSeconds(3600)));
    this.runtime =
        TestEngines.runtime()
            .plugins(
                WasmPluginSettings.in(this.parent.resolve("plugins"))
                    .watch(this.drop)
                    .settleTime(Duration.ofMillis(20))
                    .pollInterval(Duration.ofSeconds(1))
                    .build())
            .build();
    assertThat(answer("early")).isOne();
    write("prices.wasm", NumberedGuest.bytes(2));
    await().atMost(Duration.ofSeconds(60)).until(() -> plugins().find("prices").isPresent());
    assertThat(answer("prices")).isEqualTo(2);
    write("prices.wasm", NumberedGuest.bytes(3));
    await().atMost(Duration.ofSeconds(60)).until(() -> answer("prices") == 3);
    Files.delete(this.drop.resolve("prices.wasm"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> plugins().find("prices").get().state() == WasmPluginState.DISABLED);
  }
}
