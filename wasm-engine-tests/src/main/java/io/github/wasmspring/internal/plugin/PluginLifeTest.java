package io.github.wasmspring.internal.plugin;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.load.WasmSignatures.Required;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginRevision;
import io.github.wasmspring.plugin.WasmPluginSettings;
import io.github.wasmspring.plugin.WasmPluginState;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.DigestVerifier;
import io.github.wasmspring.testing.MinisignSigner;
import io.github.wasmspring.testing.TestEngines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of plug-ins while a runtime runs, and what is there after the next start. */
@Timeout(120)
class PluginLifeTest {

  private static final String ID = "prices";

  private final List<WasmEvent> events = new CopyOnWriteArrayList<>();
  private WasmSignatures signatures = WasmSignatures.NONE;
  private WasmRuntime runtime;

  @TempDir private Path parent;

  private Path directory() {
    return this.parent.resolve("plugins");
  }

  private WasmPluginSettings.Builder settings() {
    return WasmPluginSettings.in(directory());
  }

  private WasmPlugins start() {
    return start(settings().build());
  }

  private WasmPlugins start(WasmPluginSettings settings) {
    stop();
    this.runtime = TestEngines.runtime().signatures(this.signatures).plugins(settings).build();
    this.runtime.events().addListener(this.events::add);
    return this.runtime.plugins();
  }

  @AfterEach
  void stop() {
    if (this.runtime != null) {
      this.runtime.close();
      this.runtime = null;
    }
  }

  private static WasmPluginRequest request(int number) {
    return WasmPluginRequest.of(ID).version("1.0." + number).bytes(NumberedGuest.bytes(number));
  }

  private int answer() {
    return this.runtime.manager().<Number>execute(ID, "answer", null).value().intValue();
  }

  private <T extends WasmEvent> List<T> events(Class<T> type) {
    return this.events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<String> blobs() throws IOException {
    try (Stream<Path> files = Files.list(directory().resolve("blobs"))) {
      return files
          .map(file -> "sha256:" + file.getFileName().toString().replace(".wasm", ""))
          .toList();
    }
  }

  @Test
  void whatIsInstalledIsCalledAlsoAfterTheNextStart() {
    WasmPlugins plugins = start();
    assertThat(plugins.list()).isEmpty();

    WasmPluginStatus installed =
        plugins.install(request(7).description("Prices things").installedBy("ada"));

    assertThat(answer()).isEqualTo(7);
    assertThat(installed.state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(installed.version()).isEqualTo("1.0.7");
    assertThat(installed.revision()).isOne();
    assertThat(installed.digest()).isEqualTo(WasmDigest.of(NumberedGuest.bytes(7)));
    assertThat(installed.source()).isEqualTo("upload");
    assertThat(installed.installedBy()).isEqualTo("ada");
    assertThat(events(WasmEvent.PluginInstalled.class)).hasSize(1);

    plugins = start();
    assertThat(plugins.list()).containsExactly(installed);
    assertThat(answer()).isEqualTo(7);
    assertThat(this.runtime.manager().status(ID).get(0).location()).isEqualTo("plugin:prices/1");
  }

  @WasmModule(ID)
  interface Prices {
    int answer();
  }

  @Test
  void beansFollowUpdatesAndRollBacks() {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    Prices prices = this.runtime.manager().bind(Prices.class);
    assertThat(prices.answer()).isOne();

    assertThat(plugins.update(request(2)).revision()).isEqualTo(2);
    assertThat(prices.answer()).isEqualTo(2);
    assertThat(answer()).isEqualTo(2);

    WasmPluginStatus back = plugins.rollBack(ID);
    assertThat(back.revision()).isOne();
    assertThat(back.version()).isEqualTo("1.0.1");
    assertThat(prices.answer()).isOne();

    assertThat(plugins.rollBack(ID, 2).version()).isEqualTo("1.0.2");
    assertThat(prices.answer()).isEqualTo(2);
    assertThat(events(WasmEvent.PluginUpdated.class))
        .extracting(WasmEvent.PluginUpdated::from)
        .containsExactly("1.0.1", "1.0.1");
    assertThat(events(WasmEvent.PluginRolledBack.class)).hasSize(1);

    plugins = start();
    assertThat(answer()).isEqualTo(2);
    assertThat(plugins.history(ID)).extracting(WasmPluginRevision::number).containsExactly(2, 1);
  }

  /** Without a version, as files often come. */
  @Test
  void otherBytesOfTheSameVersionTakeThePlaceOfTheOld() {
    WasmPlugins plugins = start();
    plugins.install(WasmPluginRequest.of(ID).bytes(NumberedGuest.bytes(1)));
    WasmPluginStatus updated =
        plugins.update(WasmPluginRequest.of(ID).bytes(NumberedGuest.bytes(2)));
    assertThat(updated.version()).isEqualTo("1.0.0");
    assertThat(answer()).isEqualTo(2);
    plugins.rollBack(ID);
    assertThat(answer()).isOne();
  }

  @Test
  void theSameAgainChangesNothing() {
    WasmPlugins plugins = start();
    WasmPluginStatus installed = plugins.install(request(1));
    assertThat(plugins.update(request(1))).isEqualTo(installed);
    assertThat(plugins.history(ID)).hasSize(1);
    assertThat(events(WasmEvent.PluginUpdated.class)).isEmpty();
  }

  @Test
  void whatIsRefusedIsToldOfAndNotKept() throws IOException {
    WasmPlugins plugins = start();
    plugins.install(request(1));

    failure(
        WasmErrorCategory.MALFORMED, () -> plugins.update(request(2).bytes("<html>".getBytes())));
    failure(
        WasmErrorCategory.MALFORMED,
        () -> plugins.update(request(3).bytes(NumberedGuest.broken())));
    failure(
        WasmErrorCategory.LINK,
        () -> plugins.update(request(4).bytes(NumberedGuest.unlinkable(4))));
    failure(
        WasmErrorCategory.INTEGRITY,
        () -> plugins.update(request(5).digest(WasmDigest.of(NumberedGuest.bytes(6)))));

    assertThat(answer()).isOne();
    assertThat(plugins.find(ID).get().state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(blobs()).containsExactly(WasmDigest.of(NumberedGuest.bytes(1)));
    List<WasmPluginRevision> history = plugins.history(ID);
    assertThat(history).extracting(WasmPluginRevision::number).containsExactly(5, 4, 3, 2, 1);
    assertThat(history.subList(0, 4))
        .allSatisfy(
            refused -> {
              assertThat(refused.outcome()).isEqualTo(WasmPluginOutcome.REFUSED);
              assertThat(refused.kept()).isFalse();
              assertThat(refused.note()).contains("prices");
            });
    assertThat(history.get(1).note()).contains("missing");
    assertThat(events(WasmEvent.PluginRefused.class))
        .extracting(WasmEvent.PluginRefused::category)
        .containsExactly(
            WasmErrorCategory.MALFORMED,
            WasmErrorCategory.MALFORMED,
            WasmErrorCategory.LINK,
            WasmErrorCategory.INTEGRITY);
    failure(WasmErrorCategory.VERSION_CONFLICT, () -> plugins.rollBack(ID, 4));
    failure(WasmErrorCategory.VERSION_CONFLICT, () -> plugins.rollBack(ID));
  }

  @Test
  void whatCanNotBeInstalledIsNotThere() throws IOException {
    WasmPlugins plugins = start();
    failure(
        WasmErrorCategory.LINK,
        () -> plugins.install(request(4).bytes(NumberedGuest.unlinkable(4))));
    assertThat(plugins.list()).isEmpty();
    assertThat(plugins.find(ID)).isEmpty();
    assertThat(blobs()).isEmpty();
    assertThat(this.runtime.manager().registry().versions(ID)).isEmpty();
    failure(WasmErrorCategory.NOT_FOUND, () -> plugins.history(ID));
    failure(WasmErrorCategory.NOT_FOUND, () -> plugins.update(request(1)));
    failure(WasmErrorCategory.NOT_FOUND, () -> plugins.rollBack(ID));
    failure(WasmErrorCategory.NOT_FOUND, () -> plugins.enable(ID));
    failure(WasmErrorCategory.NOT_FOUND, () -> plugins.disable(ID));
    assertThat(plugins.remove(ID)).isFalse();
    assertThat(plugins.install(request(1)).revision()).isOne();
  }

  @Test
  void modulesOfTheApplicationAreNeverReplaced() {
    WasmPlugins plugins = start();
    this.runtime.register(
        WasmModuleDescriptor.builder(ID).version("0.1.0").location("classpath:x.wasm").build());
    assertThat(failure(WasmErrorCategory.VERSION_CONFLICT, () -> plugins.install(request(1))))
        .hasMessageContaining("never takes the place");
  }

  @Test
  void aModuleOfTheApplicationThatCameLaterGoesBefore() {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    stop();

    this.runtime =
        TestEngines.runtime()
            .module(WasmModuleDescriptor.builder(ID).location("classpath:wasm/scalar.wasm").build())
            .plugins(directory())
            .build();
    WasmPlugins again = this.runtime.plugins();
    assertThat(again.find(ID).get().state()).isEqualTo(WasmPluginState.FAILED);
    assertThat(again.find(ID).get().failure()).contains("has a module of this id itself");
    assertThat(again.remove(ID)).isTrue();
    assertThat(this.runtime.manager().registry().versions(ID)).hasSize(1);
  }

  @Test
  void idsThatNotEveryDiskCanTellApartAreRefused() {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    failure(WasmErrorCategory.VERSION_CONFLICT, () -> plugins.install(request(2)));
    assertThat(
            failure(
                WasmErrorCategory.VERSION_CONFLICT,
                () ->
                    plugins.install(WasmPluginRequest.of("Prices").bytes(NumberedGuest.bytes(1)))))
        .hasMessageContaining("upper and lower case");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", ".hidden", "a\u0000b", "a b", "plugin:x", "-x"})
  void idsThatAreNoneAreRefused(String id) {
    assertThatThrownBy(() -> WasmPluginRequest.of(id)).isInstanceOf(IllegalArgumentException.class);
    assertThat(start().find(id)).isEmpty();
    assertThat(this.runtime.plugins().remove(id)).isFalse();
  }

  @Test
  void whatIsDisabledIsNotCalledEvenAfterTheNextStart() {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    Prices prices = this.runtime.manager().bind(Prices.class);

    assertThat(plugins.disable(ID).state()).isEqualTo(WasmPluginState.DISABLED);
    failure(WasmErrorCategory.REJECTED, prices::answer);
    assertThat(plugins.enable(ID).state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(prices.answer()).isOne();
    plugins.disable(ID);
    plugins.disable(ID);

    plugins = start();
    assertThat(plugins.find(ID).get().state()).isEqualTo(WasmPluginState.DISABLED);
    failure(WasmErrorCategory.NOT_FOUND, this::answer);
    plugins.enable(ID);
    assertThat(answer()).isOne();
    assertThat(events(WasmEvent.PluginDisabled.class)).hasSize(2);
    assertThat(events(WasmEvent.PluginEnabled.class)).hasSize(2);
  }

  @Test
  void whatIsDisabledIsUpdatedWithoutBeingRun() {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    Prices prices = this.runtime.manager().bind(Prices.class);
    plugins.disable(ID);
    assertThat(plugins.update(request(2)).state()).isEqualTo(WasmPluginState.DISABLED);
    failure(WasmErrorCategory.REJECTED, prices::answer);
    failure(
        WasmErrorCategory.MALFORMED,
        () -> plugins.update(request(3).bytes(NumberedGuest.broken())));
    plugins.enable(ID);
    assertThat(answer()).isEqualTo(2);
    assertThat(prices.answer()).isEqualTo(2);
  }

  @Test
  void whatDoesNotLinkStaysDisabled() {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    plugins.disable(ID);
    plugins.update(request(2).bytes(NumberedGuest.unlinkable(2)));
    plugins = start();
    WasmPlugins restarted = plugins;
    failure(WasmErrorCategory.LINK, () -> restarted.enable(ID));
    assertThat(plugins.find(ID).get().state()).isEqualTo(WasmPluginState.DISABLED);
    plugins.rollBack(ID);
    plugins.enable(ID);
    assertThat(answer()).isOne();
  }

  @Test
  void whatIsRemovedIsGone() throws IOException {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    plugins.update(request(2));
    assertThat(plugins.remove(ID)).isTrue();
    failure(WasmErrorCategory.NOT_FOUND, this::answer);
    assertThat(blobs()).isEmpty();
    assertThat(start().list()).isEmpty();
    assertThat(this.runtime.plugins().install(request(3)).revision()).isOne();
    assertThat(answer()).isEqualTo(3);
  }

  @Test
  void noMoreRevisionsAreKeptThanAreToBe() throws IOException {
    WasmPlugins plugins = start(settings().history(2).build());
    plugins.install(request(1));
    for (int number = 2; number <= 5; number++) {
      plugins.update(request(number));
    }
    assertThat(plugins.history(ID)).extracting(WasmPluginRevision::number).containsExactly(5, 4);
    assertThat(blobs())
        .containsExactlyInAnyOrder(
            WasmDigest.of(NumberedGuest.bytes(4)), WasmDigest.of(NumberedGuest.bytes(5)));
  }

  @Test
  void whatIsTooBigIsRefusedWhileItComes() {
    WasmPlugins plugins = start(settings().maxSize(1000).build());
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(NumberedGuest.bytes(1)),
            new InputStream() {
              @Override
              public int read() {
                return 0;
              }
            });
    assertThat(failure(WasmErrorCategory.LOAD, () -> plugins.install(request(1).stream(endless))))
        .hasMessageContaining("more than 1000 bytes")
        .hasMessageContaining("wasm.plugins.max-size");
    assertThat(plugins.list()).isEmpty();
  }

  @Test
  void anUploadThatBreaksOffChangesNothing() {
    WasmPlugins plugins = start();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    assertThat(failure(WasmErrorCategory.LOAD, () -> plugins.install(request(1).stream(broken))))
        .hasMessageContaining("connection reset");
    assertThat(plugins.list()).isEmpty();
    assertThatThrownBy(() -> plugins.install(WasmPluginRequest.of(ID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neither bytes nor where they are");
  }

  /** Who installs a plug-in sees nothing of this machine or its network. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/etc/passwd",
        "classpath:wasm/scalar.wasm",
        "http://localhost:9/x.wasm",
        "https://127.0.0.1:9/x.wasm",
        "https://169.254.169.254/latest/meta-data",
        "oci:localhost:9/x:1",
        "plugin:other/1",
        "plugin:other/1.minisig"
      })
  void locationsOfOthersAreNotOfThisMachine(String location) {
    WasmPlugins plugins = start();
    plugins.install(WasmPluginRequest.of("other").bytes(NumberedGuest.bytes(9)));
    failure(
        WasmErrorCategory.LOAD, () -> plugins.install(WasmPluginRequest.of(ID).location(location)));
    failure(
        WasmErrorCategory.LOAD,
        () ->
            plugins.install(request(1).location("https://127.0.0.1:9/x.wasm").signature(location)));
    InputStream stream = new ByteArrayInputStream(NumberedGuest.bytes(1));
    for (WasmPluginRequest upload : List.of(request(1), request(1).stream(stream))) {
      assertThat(failure(WasmErrorCategory.LOAD, () -> plugins.install(upload.signature(location))))
          .hasMessageContaining("bytes bring their signature along");
    }
    assertThat(plugins.list()).hasSize(1);
  }

  @Test
  void longTextsOfOthersDamageNothing() {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    String location = "https://127.0.0.1:9/" + "x".repeat(150_000) + "\ud83d";
    failure(WasmErrorCategory.LOAD, () -> plugins.update(request(2).location(location)));
    failure(WasmErrorCategory.LOAD, () -> plugins.update(request(2).location("a:".repeat(99_999))));
    plugins.update(request(2).description("y".repeat(150_000)).installedBy("\ud83d"));
    assertThatThrownBy(() -> request(3).version("1.0.0-" + "z".repeat(100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may have 100");
    assertThat(plugins.history(ID)).hasSizeGreaterThan(2);
    List<WasmPluginRevision> history = plugins.history(ID);
    assertThat(start().history(ID)).isEqualTo(history);
    assertThat(answer()).isEqualTo(2);
  }

  private void require(MinisignSigner... signers) {
    WasmSignatures.Builder builder = WasmSignatures.builder().required(Required.OUTSIDE);
    for (int i = 0; i < signers.length; i++) {
      builder.trust("key-" + i, signers[i].publicKey(), null);
    }
    this.signatures = builder.build();
  }

  @Test
  void whereSignaturesAreRequiredOnlyWhatIsSignedGetsToTheParser() {
    MinisignSigner alice = new MinisignSigner("alice");
    MinisignSigner mallory = new MinisignSigner("mallory");
    require(alice);
    WasmPlugins plugins = start();
    byte[] broken = NumberedGuest.broken();

    failure(WasmErrorCategory.INTEGRITY, () -> plugins.install(request(1).bytes(broken)));
    failure(
        WasmErrorCategory.INTEGRITY,
        () -> plugins.install(request(1).bytes(broken).signature(mallory.sign(broken))));
    failure(
        WasmErrorCategory.INTEGRITY,
        () -> plugins.install(request(1).bytes(broken).signature("nonsense".getBytes())));
    failure(
        WasmErrorCategory.INTEGRITY,
        () -> plugins.install(request(1).bytes(broken).signature(new byte[100_000])));
    failure(
        WasmErrorCategory.MALFORMED,
        () -> plugins.install(request(1).bytes(broken).signature(alice.sign(broken))));
    WasmPluginStatus installed =
        plugins.install(request(1).signature(alice.sign(NumberedGuest.bytes(1))));
    assertThat(installed.signer()).isEqualTo("key-0");
    assertThat(answer()).isOne();
  }

  @Test
  void signaturesAreLookedAtAgainAtEachStart() {
    MinisignSigner alice = new MinisignSigner("alice");
    require(alice);
    WasmPlugins plugins = start();
    plugins.install(request(1).signature(alice.sign(NumberedGuest.bytes(1))));

    start();
    assertThat(answer()).isOne();
    require(new MinisignSigner("bob"));
    plugins = start();
    failure(WasmErrorCategory.INTEGRITY, this::answer);
    assertThat(plugins.find(ID).get().state()).isEqualTo(WasmPluginState.FAILED);
    assertThat(plugins.find(ID).get().failure()).contains("it is signed with the key");
  }

  @Test
  void whatCameInWithoutASignatureDoesNotStartWhenOneIsRequired() {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    require(new MinisignSigner("alice"));
    start();
    assertThat(failure(WasmErrorCategory.INTEGRITY, this::answer))
        .hasMessageContaining("has no signature");
  }

  @Test
  void filesBringTheirSignatureAlong() throws IOException {
    MinisignSigner alice = new MinisignSigner("alice");
    require(alice);
    WasmPlugins plugins = start();
    Path file = Files.write(this.parent.resolve("prices.wasm"), NumberedGuest.bytes(1));
    WasmPluginRequest request = WasmPluginRequest.of(ID).file(file);
    failure(WasmErrorCategory.INTEGRITY, () -> plugins.install(request));
    Files.write(this.parent.resolve("prices.wasm.minisig"), alice.sign(NumberedGuest.bytes(1)));
    WasmPluginStatus installed = plugins.install(request);
    assertThat(installed.source()).startsWith("file:").endsWith("/prices.wasm");
    failure(
        WasmErrorCategory.LOAD,
        () -> plugins.update(request.file(this.parent.resolve("missing.wasm"))));
    failure(WasmErrorCategory.LOAD, () -> plugins.update(request.file(this.parent)));
  }

  @Test
  void theirSignatureMayBeOfAnotherForm() throws IOException {
    this.signatures =
        WasmSignatures.builder().required(Required.OUTSIDE).verifier(new DigestVerifier()).build();
    WasmPlugins plugins = start();
    Path file = Files.write(this.parent.resolve("prices.wasm"), NumberedGuest.bytes(1));
    WasmPluginRequest request = WasmPluginRequest.of(ID).file(file);
    failure(WasmErrorCategory.INTEGRITY, () -> plugins.install(request));
    Files.write(
        this.parent.resolve("prices.wasm.sum"), DigestVerifier.sign(NumberedGuest.bytes(1)));
    assertThat(plugins.install(request).signer()).isEqualTo("sum");

    plugins.update(
        WasmPluginRequest.of(ID)
            .bytes(NumberedGuest.bytes(2))
            .signature(DigestVerifier.sign(NumberedGuest.bytes(2))));
    start();
    assertThat(answer()).isEqualTo(2);
  }

  @Test
  void oneThatIsDamagedHarmsNoOther() throws IOException {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    plugins.update(request(2));
    plugins.install(WasmPluginRequest.of("other").bytes(NumberedGuest.bytes(9)));
    plugins.install(WasmPluginRequest.of("third").bytes(NumberedGuest.bytes(8)));
    stop();
    String blob = WasmDigest.of(NumberedGuest.bytes(2)).substring(7) + ".wasm";
    Files.delete(directory().resolve("blobs").resolve(blob));
    Files.writeString(directory().resolve("plugins/third.json"), "{");

    plugins = start();
    assertThat(plugins.list())
        .extracting(WasmPluginStatus::id, WasmPluginStatus::state)
        .containsExactly(
            tuple("other", WasmPluginState.ACTIVE),
            tuple(ID, WasmPluginState.FAILED),
            tuple("third", WasmPluginState.FAILED));
    assertThat(plugins.find(ID).get().failure()).contains("missing or damaged", blob);
    assertThat(plugins.find("third").get().failure()).contains("plugins/third.json");
    assertThat(plugins.history("third")).isEmpty();
    WasmPlugins damaged = plugins;
    failure(WasmErrorCategory.LOAD, () -> damaged.enable("third"));
    failure(WasmErrorCategory.LOAD, () -> damaged.enable(ID));

    plugins.rollBack(ID);
    assertThat(answer()).isOne();
    assertThat(plugins.find(ID).get().state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(plugins.remove("third")).isTrue();
    plugins.install(WasmPluginRequest.of("third").bytes(NumberedGuest.bytes(8)));
    assertThat(start().list())
        .extracting(WasmPluginStatus::state)
        .containsOnly(WasmPluginState.ACTIVE);
  }

  /** Of as many bytes, so that only their digest tells. */
  @Test
  void otherBytesOnTheDiskAreNotRun() throws IOException {
    WasmPlugins plugins = start();
    plugins.install(request(1));
    stop();
    Path blob;
    try (Stream<Path> files = Files.list(directory().resolve("blobs"))) {
      blob = files.findFirst().get();
    }
    Files.write(blob, NumberedGuest.bytes(2));

    plugins = start();
    failure(WasmErrorCategory.INTEGRITY, this::answer);
    WasmPluginStatus status = plugins.find(ID).get();
    assertThat(status.state()).isEqualTo(WasmPluginState.FAILED);
    assertThat(status.failure()).contains("digest");

    assertThat(plugins.update(request(1)).state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(answer()).isOne();
  }

  /** What a plug-in may do is the application's to say. */
  @Test
  void theApplicationHasTheLastWordAboutLimitsAndNotAboutBytes() {
    WasmPlugins plugins =
        start(
            settings()
                .modules(
                    module ->
                        module.toBuilder()
                            .location("file:/elsewhere.wasm")
                            .version("9.9.9")
                            .settings(settings -> settings.limits(limits -> limits.memory(1 << 20)))
                            .build())
                .build());
    plugins.install(request(1));
    WasmModuleDescriptor module = this.runtime.manager().registry().versions(ID).get(0);
    assertThat(module.settings().limits().memory()).isEqualTo(1 << 20);
    assertThat(module.version()).isEqualTo("1.0.1");
    assertThat(module.location()).isEqualTo("plugin:prices/1");
    assertThat(answer()).isOne();
  }

  private WasmPluginSettings withRollout(Consumer<WasmRolloutSettings.Builder> rollout) {
    return settings()
        .modules(
            module -> module.toBuilder().settings(settings -> settings.rollout(rollout)).build())
        .build();
  }

  @Test
  void whatDoesNotAnswerItsProbeIsRefused() {
    WasmPlugins plugins = start(withRollout(rollout -> rollout.probe("answer").probeExpected("7")));
    assertThat(failure(() -> plugins.install(request(6)))).hasMessageContaining("probe");
    assertThat(plugins.list()).isEmpty();
    plugins.install(request(7));
    assertThat(answer()).isEqualTo(7);
    assertThat(failure(() -> plugins.update(request(8)))).hasMessageContaining("probe");
    assertThat(answer()).isEqualTo(7);
    assertThat(plugins.history(ID).get(0).outcome()).isEqualTo(WasmPluginOutcome.REFUSED);
  }

  private WasmPlugins onTrial() {
    WasmPlugins plugins =
        start(withRollout(rollout -> rollout.canaryShare(50).duration(Duration.ofHours(1))));
    plugins.install(request(1));
    assertThat(answer()).isOne();
    WasmPluginStatus trial = plugins.update(request(2));
    assertThat(trial.state()).isEqualTo(WasmPluginState.CANARY);
    assertThat(trial.revision()).isOne();
    assertThat(trial.candidate()).isEqualTo(2);
    return plugins;
  }

  private WasmRollout rollout() {
    return this.runtime.manager().rollout(ID, "*").get();
  }

  @Test
  void whatIsPromotedIsTheOneThatIsStored() {
    WasmPlugins plugins = onTrial();
    failure(WasmErrorCategory.REJECTED, () -> plugins.update(request(3)));
    rollout().promote();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> plugins.find(ID).get().state() == WasmPluginState.ACTIVE);
    assertThat(plugins.find(ID).get().revision()).isEqualTo(2);
    assertThat(answer()).isEqualTo(2);
    start();
    assertThat(answer()).isEqualTo(2);
  }

  @Test
  void whatIsRolledBackIsNot() {
    WasmPlugins plugins = onTrial();
    rollout().rollBack("it is slow");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> plugins.find(ID).get().state() == WasmPluginState.ACTIVE);
    assertThat(plugins.find(ID).get().revision()).isOne();
    assertThat(plugins.history(ID).get(0).outcome()).isEqualTo(WasmPluginOutcome.ROLLED_BACK);
    assertThat(plugins.history(ID).get(0).note()).contains("it is slow");
    assertThat(events(WasmEvent.PluginRolledBack.class)).hasSize(1);
    start();
    assertThat(answer()).isOne();
  }

  @Test
  void aTrialIsGivenUpByHand() {
    WasmPlugins plugins = onTrial();
    WasmPluginStatus back = plugins.rollBack(ID);
    assertThat(back.state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(back.revision()).isOne();
    assertThat(answer()).isOne();
    assertThat(plugins.rollBack(ID, 2).revision()).isEqualTo(2);
    assertThat(answer()).isEqualTo(2);
  }

  @Test
  void aTrialEndsWithItsPlugIn() {
    WasmPlugins plugins = onTrial();
    assertThat(plugins.disable(ID).state()).isEqualTo(WasmPluginState.DISABLED);
    assertThat(plugins.enable(ID).revision()).isOne();
    assertThat(answer()).isOne();
    plugins.rollBack(ID, 2);
    plugins.remove(ID);
    onTrial();
  }

  /** The file can't be replaced, be it that there is no space. */
  @Test
  void whatBecameOfATrialIsStoredWhenItCanBe() throws IOException {
    WasmPlugins plugins = onTrial();
    Path file = directory().resolve("plugins/prices.json");
    Files.delete(file);
    Files.createDirectories(file.resolve("in the way"));
    rollout().promote();
    assertThat(failure(WasmErrorCategory.LOAD, () -> plugins.update(request(3))))
        .hasMessageContaining("can't be stored");
    failure(WasmErrorCategory.LOAD, () -> plugins.rollBack(ID));
    assertThat(answer()).isEqualTo(2);

    Files.delete(file.resolve("in the way"));
    Files.delete(file);
    WasmPluginStatus back = plugins.rollBack(ID);
    assertThat(back.revision()).isOne();
    assertThat(back.state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(answer()).isOne();
    assertThat(plugins.history(ID))
        .extracting(WasmPluginRevision::outcome)
        .containsExactly(WasmPluginOutcome.ROLLED_BACK, WasmPluginOutcome.ACTIVE);
    assertThat(start().find(ID).get().revision()).isOne();
    assertThat(answer()).isOne();
  }

  @Test
  void aTrialEndsWithItsRuntime() {
    onTrial();
    WasmPlugins plugins = start();
    assertThat(plugins.find(ID).get().state()).isEqualTo(WasmPluginState.ACTIVE);
    assertThat(plugins.find(ID).get().revision()).isOne();
    assertThat(plugins.history(ID).get(0).outcome()).isEqualTo(WasmPluginOutcome.ROLLED_BACK);
    assertThat(answer()).isOne();
  }

  @Test
  void manyAtATimeEndWithOneState() throws Exception {
    WasmPlugins plugins = start(settings().history(3).build());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random random = new Random(i);
        all.add(
            threads.submit(
                () -> {
                  for (int step = 0; step < 25; step++) {
                    something(plugins, "p" + random.nextInt(3), random);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    List<WasmPluginStatus> before = plugins.list();
    assertThat(before).extracting(WasmPluginStatus::failure).containsOnlyNulls();
    assertThat(start().list()).isEqualTo(before);
    for (WasmPluginStatus plugin : before) {
      if (plugin.state() == WasmPluginState.ACTIVE) {
        Number answer = this.runtime.manager().<Number>execute(plugin.id(), "answer", null).value();
        assertThat(plugin.version()).isEqualTo("1.0." + answer);
      }
    }
  }

  /** What can't be done just now is no matter. */
  private static void something(WasmPlugins plugins, String id, Random random) {
    int number = random.nextInt(64);
    WasmPluginRequest request =
        WasmPluginRequest.of(id).version("1.0." + number).bytes(NumberedGuest.bytes(number));
    try {
      switch (random.nextInt(8)) {
        case 0 -> plugins.remove(id);
        case 1 -> plugins.disable(id);
        case 2 -> plugins.enable(id);
        case 3 -> plugins.rollBack(id);
        case 4, 5 -> plugins.install(request);
        default -> plugins.update(request);
      }
    } catch (WasmModuleNotFoundException | WasmVersionConflictException notNow) {
      assertThat(notNow).hasMessageContaining(id);
    }
  }

  @Test
  void whoSaysNoDirectoryHasNoPlugIns() {
    try (WasmRuntime without = TestEngines.runtime().build()) {
      assertThatThrownBy(without::plugins)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("WasmRuntime.builder().plugins(directory)");
    }
  }

  @Test
  void aDirectoryThatIsInUseIsSaidToBe() {
    start();
    WasmLoadException inUse =
        failure(WasmLoadException.class, () -> TestEngines.runtime().plugins(directory()).build());
    assertThat(inUse).hasMessageContaining("uses it already").hasMessageContaining("plugins");
  }
}
