package io.github.wasmspring.internal.load;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.load.WasmSignatures.Required;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.DigestVerifier;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.MinisignSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only what somebody has signed who is trusted comes in, where that is required. */
@Timeout(60)
class SignedModulesTest {

  private static final byte[] MODULE = Guests.bytes("scalar");
  private static final long MAX_SIZE = 1 << 20;
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

  private final MinisignSigner alice = new MinisignSigner("alice");
  private final MinisignSigner bob = new MinisignSigner("bob");
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private HttpServer server;

  @TempDir private Path directory;

  @BeforeEach
  void start() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.server.createContext(
        "/",
        exchange -> {
          byte[] body = this.served.get(exchange.getRequestURI().toString());
          try (exchange) {
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    this.server.start();
  }

  @AfterEach
  void stop() {
    this.server.stop(0);
  }

  private String serve(String path, byte[] body) {
    this.served.put(path, body);
    return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
  }

  private WasmSignatures.Builder trusting(Required required) {
    return WasmSignatures.builder()
        .trust("release", this.alice.publicKey(), null)
        .required(required);
  }

  private @Nullable String signer(WasmSignatures signatures, WasmModuleDescriptor.Builder module) {
    return new DefaultWasmModuleLoader(
            List.of(
                new ClasspathLocationResolver(),
                new WebJarLocationResolver(),
                new FileLocationResolver(),
                new HttpLocationResolver(Duration.ofSeconds(30), MAX_SIZE),
                new OciLocationResolver(
                    new HttpReader(HttpSettings.builder().maxSize(MAX_SIZE).build()),
                    new OciSettings(true, this.directory.resolve("none.json")))),
            MAX_SIZE,
            new SignatureGate(
                signatures,
                Clock.fixed(
                    Instant.from(TODAY.atTime(23, 59).atOffset(ZoneOffset.UTC)), ZoneOffset.UTC)))
        .load(module.build())
        .signer();
  }

  private static WasmModuleDescriptor.Builder at(String location) {
    return WasmModuleDescriptor.builder("plugin").location(location);
  }

  private String refused(WasmSignatures signatures, WasmModuleDescriptor.Builder module) {
    return failure(WasmErrorCategory.INTEGRITY, () -> signer(signatures, module)).detail();
  }

  @Test
  void aSignatureBesideTheModuleTellsWhoSignedIt() {
    String location = serve("/plugin.wasm", MODULE);
    serve("/plugin.wasm.minisig", this.alice.sign(MODULE));
    assertThat(signer(trusting(Required.OUTSIDE).build(), at(location))).isEqualTo("release");
  }

  @Test
  void besideIsBeforeTheQuery() {
    String location = serve("/plugin.wasm?token=secret", MODULE);
    serve("/plugin.wasm.minisig?token=secret", this.alice.sign(MODULE));
    assertThat(signer(trusting(Required.OUTSIDE).build(), at(location))).isEqualTo("release");
    this.served.remove("/plugin.wasm.minisig?token=secret");
    assertThat(refused(trusting(Required.OUTSIDE).build(), at(location))).doesNotContain("secret");
  }

  @Test
  void whatIsSignedIsTheModuleAndNotItsPackedForm() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(MODULE);
    }
    String location = serve("/plugin.wasm.gz?x=1", packed.toByteArray());
    serve("/plugin.wasm.minisig?x=1", this.alice.sign(MODULE));
    assertThat(signer(trusting(Required.OUTSIDE).build(), at(location))).isEqualTo("release");
  }

  @Test
  void inARegistryTheSignatureIsInTheSameArtifact() {
    byte[] signature = this.alice.sign(MODULE);
    serve("/v2/plugin/blobs/" + WasmDigest.of(MODULE), MODULE);
    serve("/v2/plugin/blobs/" + WasmDigest.of(signature), signature);
    String module = layer("application/wasm", "plugin.wasm", MODULE);
    artifact("signed", module, layer("text/plain", "plugin.wasm.minisig", signature));
    artifact("bare", module);
    String name = "oci:127.0.0.1:" + this.server.getAddress().getPort() + "/plugin:";

    assertThat(signer(trusting(Required.OUTSIDE).build(), at(name + "signed")))
        .isEqualTo("release");
    assertThat(refused(trusting(Required.OUTSIDE).build(), at(name + "bare")))
        .contains("it has no signature at " + name + "bare!*.minisig");
  }

  private void artifact(String tag, String... layers) {
    serve(
        "/v2/plugin/manifests/" + tag,
        "{\"layers\":[%s]}".formatted(String.join(",", layers)).getBytes(StandardCharsets.UTF_8));
  }

  private static String layer(String type, String title, byte[] bytes) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{\"org.opencontainers.image.title\":\"%s\"}}"
        .formatted(type, WasmDigest.of(bytes), bytes.length, title);
  }

  @Test
  void whatIsNotSignedStaysOutside() throws IOException {
    String remote = serve("/plugin.wasm", MODULE);
    String file = Files.write(this.directory.resolve("plugin.wasm"), MODULE).toUri().toString();
    for (String location : List.of(remote, file)) {
      assertThat(refused(trusting(Required.OUTSIDE).build(), at(location)))
          .startsWith(
              "what is at " + location + " is not trusted: it has no signature at " + location)
          .contains("signatures are required of modules from outside of the class path")
          .contains("minisign -S");
      assertThat(signer(trusting(Required.NEVER).build(), at(location))).isNull();
    }
  }

  @Test
  void theClassPathIsTrustedUnlessNothingIs() {
    for (String location :
        List.of("classpath:wasm/scalar.wasm", "webjar:source-map/lib/mappings.wasm")) {
      assertThat(signer(trusting(Required.OUTSIDE).build(), at(location))).isNull();
      assertThat(refused(trusting(Required.ALWAYS).build(), at(location)))
          .contains("signatures are required of all modules");
    }
  }

  @Test
  void aModuleThatSaysWhereItsSignatureIsIsHeldAgainstIt() {
    String location = serve("/plugin.wasm", MODULE);
    String elsewhere = serve("/signatures/1", this.alice.sign(MODULE));
    WasmSignatures signatures = trusting(Required.NEVER).build();
    assertThat(signer(signatures, at(location).signature(elsewhere))).isEqualTo("release");
    serve("/signatures/1", this.bob.sign(MODULE));
    assertThat(refused(signatures, at(location).signature(elsewhere)))
        .contains("it is signed with the key 0000000000626F62")
        .contains("trusted are 0000006563696C61 ('release')");
    assertThat(refused(WasmSignatures.NONE, at(location).signature(elsewhere)))
        .endsWith("trusted are none");
    this.served.remove("/signatures/1");
    assertThat(refused(signatures, at(location).signature(elsewhere)))
        .contains("but the module is said to have one");
  }

  @Test
  void otherBytesAreRefused() {
    byte[] changed = MODULE.clone();
    changed[changed.length - 1]++;
    String location = serve("/plugin.wasm", changed);
    serve("/plugin.wasm.minisig", this.alice.sign(MODULE));
    assertThat(refused(trusting(Required.OUTSIDE).build(), at(location)))
        .contains("its signature by the key 'release' is not one of these bytes");
  }

  @Test
  void whatIsNoSignatureIsRefused() {
    String location = serve("/plugin.wasm", MODULE);
    for (String text : List.of("", "<html>Please log in</html>", "untrusted comment: x\nAAAA\n")) {
      serve("/plugin.wasm.minisig", text.getBytes(StandardCharsets.UTF_8));
      assertThat(refused(trusting(Required.OUTSIDE).build(), at(location)))
          .contains("the signature is not one of minisign");
    }
  }

  @Test
  void aSignatureThatCanNotBeReadMayBeReadableLater() {
    String location = serve("/plugin.wasm", MODULE);
    serve("/plugin.wasm.minisig", new byte[1 << 20]);
    assertThat(
            failure(
                    WasmErrorCategory.LOAD,
                    () -> signer(trusting(Required.OUTSIDE).build(), at(location)))
                .detail())
        .contains("plugin.wasm.minisig can't be read: it has more than 16384 bytes");
  }

  @Test
  void oneKeyTakesThePlaceOfAnother() {
    String location = serve("/plugin.wasm", MODULE);
    serve("/plugin.wasm.minisig", this.alice.sign(MODULE));
    WasmSignatures both =
        WasmSignatures.builder()
            .required(Required.OUTSIDE)
            .trust("2026", this.alice.publicKey(), TODAY)
            .trust("2027", this.bob.publicKey(), null)
            .build();
    WasmSignatures ended =
        WasmSignatures.builder()
            .required(Required.OUTSIDE)
            .trust("2026", this.alice.publicKey(), TODAY.minusDays(1))
            .trust("2027", this.bob.publicKey(), null)
            .build();
    assertThat(signer(both, at(location))).isEqualTo("2026");
    assertThat(refused(ended, at(location)))
        .contains("the key '2026', which was trusted until 2026-06-29");
    serve("/plugin.wasm.minisig", this.bob.sign(MODULE));
    assertThat(signer(both, at(location))).isEqualTo("2027");
    assertThat(signer(ended, at(location))).isEqualTo("2027");
  }

  @Test
  void aKeyHasOneName() {
    assertThatThrownBy(
            () -> trusting(Required.OUTSIDE).trust("again", this.alice.publicKey(), null).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The trusted keys 'release' and 'again' have the same id; take one of them out");
  }

  @Test
  void whoRequiresSignaturesTrustsSomebody() {
    assertThatThrownBy(() -> WasmSignatures.builder().required(Required.OUTSIDE).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no key is trusted");
    assertThatThrownBy(() -> WasmSignatures.builder().trust("release", "RWQ", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not the public key of minisign");
  }

  @Test
  void anotherFormIsTakenWhereItIsTrusted() {
    String location = serve("/plugin.wasm?x=1", MODULE);
    WasmSignatures signatures =
        WasmSignatures.builder().required(Required.OUTSIDE).verifier(new DigestVerifier()).build();
    assertThat(refused(signatures, at(location)))
        .contains("it has no signature at http")
        .contains("/plugin.wasm.sum?***, but")
        .endsWith("; sha256sum makes one");
    serve("/plugin.wasm.minisig?x=1", this.alice.sign(MODULE));
    assertThat(refused(signatures, at(location))).contains("/plugin.wasm.sum");
    serve("/plugin.wasm.sum?x=1", DigestVerifier.sign(MODULE));
    assertThat(signer(signatures, at(location))).isEqualTo("sum");
    serve("/plugin.wasm.sum?x=1", DigestVerifier.sign(new byte[1]));
    assertThat(refused(signatures, at(location))).endsWith("it is another sum");
  }

  @Test
  void ofSeveralFormsTheFirstThatIsThereCounts() {
    String location = serve("/plugin.wasm", MODULE);
    WasmSignatures signatures = trusting(Required.OUTSIDE).verifier(new DigestVerifier()).build();
    assertThat(refused(signatures, at(location)))
        .contains("/plugin.wasm.minisig or http")
        .contains("/plugin.wasm.sum, but signatures are required")
        .endsWith("; minisign -S or sha256sum makes one");
    serve("/plugin.wasm.sum", DigestVerifier.sign(MODULE));
    assertThat(signer(signatures, at(location))).isEqualTo("sum");
    serve("/plugin.wasm.minisig", this.bob.sign(MODULE));
    assertThat(refused(signatures, at(location))).contains("it is signed with the key");
    serve("/plugin.wasm.minisig", this.alice.sign(MODULE));
    assertThat(signer(signatures, at(location))).isEqualTo("release");
  }

  @Test
  void theFormIsToldByWhatIsThere() {
    String location = serve("/plugin.wasm", MODULE);
    WasmSignatures signatures = trusting(Required.NEVER).verifier(new DigestVerifier()).build();
    String elsewhere = serve("/signatures/1", DigestVerifier.sign(MODULE));
    assertThat(signer(signatures, at(location).signature(elsewhere))).isEqualTo("sum");
    serve("/signatures/1", this.alice.sign(MODULE));
    assertThat(signer(signatures, at(location).signature(elsewhere))).isEqualTo("release");
    serve("/signatures/1", "sum:".repeat(100).getBytes(StandardCharsets.UTF_8));
    assertThat(refused(signatures, at(location).signature(elsewhere)))
        .contains(
            "its signature has 400 bytes, and a file of that form (.sum) has no more than 68");
    serve("/signatures/1", "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(refused(signatures, at(location).signature(elsewhere)))
        .endsWith(
            "its signature looks like none of the forms that are taken here (.minisig, .sum)");
  }

  @Test
  void whatVerifiesAndFailsLetsNothingIn() {
    String location = serve("/plugin.wasm", MODULE);
    serve("/plugin.wasm.sum", "sum:broken".getBytes(StandardCharsets.UTF_8));
    WasmSignatures signatures =
        WasmSignatures.builder().required(Required.OUTSIDE).verifier(new DigestVerifier()).build();
    assertThat(refused(signatures, at(location)))
        .contains("its signature can't be verified: java.lang.NumberFormatException");
  }

  @Test
  void aFormHasANameOfItsOwn() {
    assertThatThrownBy(
            () ->
                WasmSignatures.builder()
                    .verifier(new DigestVerifier())
                    .verifier(new DigestVerifier())
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Two forms of signatures are called '.sum'; take one of them out");
    for (String suffix : List.of("", "sum", "/../x", ".a/b", ".x?y")) {
      assertThatThrownBy(
              () -> WasmSignatures.builder().verifier(new DigestVerifier(suffix)).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + suffix + "'");
    }
  }

  /** The tool itself signs, with and without hashing before. */
  @Test
  void whatMinisignSigns() throws IOException, InterruptedException {
    Path file = Files.write(this.directory.resolve("plugin.wasm"), MODULE);
    run("minisign", "-G", "-W", "-p", "key.pub", "-s", "key");
    String key = Files.readAllLines(this.directory.resolve("key.pub")).get(1);
    WasmSignatures signatures =
        WasmSignatures.builder().required(Required.OUTSIDE).trust("tool", key, null).build();
    String location = file.toUri().toString();
    for (List<String> options : List.of(List.<String>of(), List.of("-l"))) {
      run("minisign", "-S", "-s", "key", "-m", "plugin.wasm", options);
      assertThat(signer(signatures, at(location))).isEqualTo("tool");
    }
  }

  private void run(String program, Object... arguments) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", program)), "there is no " + program);
    List<String> command = new ArrayList<>(List.of(program));
    for (Object argument : arguments) {
      if (argument instanceof List<?> several) {
        several.forEach(each -> command.add((String) each));
      } else {
        command.add((String) argument);
      }
    }
    Process process =
        new ProcessBuilder(command)
            .directory(this.directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
