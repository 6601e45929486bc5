package io.github.wasmspring.internal.load;

import static io.github.wasmspring.internal.load.ModuleServer.MODULE;
import static io.github.wasmspring.internal.load.ModuleServer.OTHER;
import static io.github.wasmspring.internal.load.ModuleServer.send;
import static io.github.wasmspring.internal.load.OciArtifacts.OLD_WASM;
import static io.github.wasmspring.internal.load.OciArtifacts.UNTYPED;
import static io.github.wasmspring.internal.load.OciArtifacts.WASM;
import static io.github.wasmspring.internal.load.OciArtifacts.index;
import static io.github.wasmspring.internal.load.OciArtifacts.layer;
import static io.github.wasmspring.internal.load.OciArtifacts.manifest;
import static io.github.wasmspring.internal.load.OciArtifacts.platform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What registries do that no registry of ours would do. {@link DockerRegistryTest} asks a real one.
 */
@Timeout(60)
class OciLocationResolverTest {

  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path directory;
  private final ModuleServer server = new ModuleServer();
  private HttpSettings http = HttpSettings.builder().maxSize(1 << 16).attempts(1).build();
  private DefaultWasmModuleLoader loader;

  @BeforeEach
  void make() {
    this.loader = loader();
  }

  private DefaultWasmModuleLoader loader() {
    return new DefaultWasmModuleLoader(
        List.of(
            new OciLocationResolver(
                new HttpReader(this.http),
                new OciSettings(true, this.directory.resolve("config")))),
        1 << 16);
  }

  @AfterEach
  void stop() {
    this.server.close();
  }

  private String location(String rest) {
    return "oci:127.0.0.1:" + this.server.port() + "/team/plugin" + rest;
  }

  private void serveManifest(String name, byte[] manifest) {
    this.server.serve("/v2/team/plugin/manifests/" + name, manifest);
  }

  private void serveBlob(byte[] known, byte[] served) {
    this.server.serve("/v2/team/plugin/blobs/" + WasmDigest.of(known), served);
  }

  private void push(String tag, String type, String title, byte[] module) {
    byte[] manifest = manifest(layer(type, module, title));
    serveManifest(tag, manifest);
    serveManifest(WasmDigest.of(manifest), manifest);
    serveBlob(module, module);
  }

  private WasmBinary load(String location) {
    return this.loader.load(WasmModuleDescriptor.builder("plugin").location(location).build());
  }

  private void refused(WasmErrorCategory category, String location, String... why) {
    assertThatThrownBy(() -> load(location))
        .asInstanceOf(InstanceOfAssertFactories.type(WasmException.class))
        .satisfies(
            failure -> {
              assertThat(failure.category()).isEqualTo(category);
              assertThat(failure).hasMessageContaining("'plugin'").hasMessageContaining(location);
              assertThat(failure.getMessage()).contains(why);
            });
  }

  @Test
  void whatAnyToolHasPushed() throws IOException {
    push("oras", WASM, "plugin.wasm", MODULE);
    push("wkg", WASM, null, MODULE);
    push("wasm-to-oci", OLD_WASM, null, MODULE);
    push("untyped", UNTYPED, "plugin.wasm", MODULE);
    push("gzip", WASM + "+gzip", "plugin.wasm", gzip(MODULE));
    push("old-gzip", OLD_WASM + "+gzip", null, gzip(MODULE));
    push("file", UNTYPED, "plugin.wasm.gz", gzip(MODULE));

    for (String tag :
        List.of("oras", "wkg", "wasm-to-oci", "untyped", "gzip", "old-gzip", "file")) {
      assertThat(load(location(":" + tag)).bytes()).as(tag).isEqualTo(MODULE);
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void byDigest() {
    push("1", WASM, null, MODULE);
    String digest = WasmDigest.of(manifest(layer(WASM, MODULE, null)));

    assertThat(load(location("@" + digest)).digest()).isEqualTo(WasmDigest.of(MODULE));
    assertThat(load(location(":7@" + digest)).bytes()).isEqualTo(MODULE);
  }

  @Test
  void outOfAnIndex() {
    byte[] manifest = manifest(layer(WASM, MODULE, null));
    byte[] other = manifest(layer(UNTYPED, OTHER, null));
    serveBlob(MODULE, MODULE);
    serveManifest(WasmDigest.of(manifest), manifest);
    serveManifest("one", index(platform(manifest, "linux", "amd64")));
    serveManifest(
        "wasm", index(platform(other, "linux", "amd64"), platform(manifest, "wasip1", "wasm")));
    serveManifest(
        "none", index(platform(other, "linux", "amd64"), platform(manifest, "linux", "arm64")));

    assertThat(load(location(":one")).bytes()).isEqualTo(MODULE);
    assertThat(load(location(":wasm")).bytes()).isEqualTo(MODULE);
    refused(
        WasmErrorCategory.MALFORMED,
        location(":none"),
        "an index of 2 manifests, of which 0 are for WebAssembly (linux/amd64 sha256:");
  }

  @Test
  void aFileByItsTitle() {
    byte[] manifest =
        manifest(
            layer(WASM, MODULE, "a.wasm"),
            layer(WASM, OTHER, "b.wasm"),
            layer("text/plain", OciArtifacts.EMPTY, "a.txt"));
    serveManifest("1", manifest);
    serveBlob(MODULE, MODULE);
    serveBlob(OTHER, OTHER);

    assertThat(load(location(":1!a.wasm")).bytes()).isEqualTo(MODULE);
    assertThat(load(location(":1!*b.wasm")).bytes()).isEqualTo(OTHER);
    refused(
        WasmErrorCategory.LOAD,
        location(":1"),
        "it has 2 layers that are meant by that: a.wasm (application/wasm), b.wasm",
        "!plugin.wasm");
    refused(WasmErrorCategory.LOAD, location(":1!c.wasm"), "no layer with the title c.wasm");
  }

  @Test
  void whatHasNoModuleSaysWhatItHas() {
    push("1", "application/vnd.oci.image.layer.v1.tar+gzip", null, MODULE);
    refused(
        WasmErrorCategory.MALFORMED,
        location(":1"),
        "it has no layer of the type application/wasm, but application/vnd.oci.image.layer.v1.tar+gzip",
        "oras push");
  }

  /** Who pushes a manifest does not write into logs, nor much into messages. */
  @Test
  void whatAManifestSaysIsShownOnOneLineAndShort() {
    String bad = "a\\nERROR all is lost\\u001b[2J\\u202e" + "x".repeat(100_000);
    byte[] layers = manifest(layer("text/" + bad, MODULE, bad), layer("text/" + bad, OTHER, bad));
    byte[] none = manifest(layer(UNTYPED, MODULE, null));
    serveManifest("1", layers);
    serveManifest("2", index(platform(none, bad, "wasm"), platform(none, "wasip1", bad)));

    for (String rest : List.of(":1", ":1!b.wasm", ":1!*x", ":2", ":1!" + "y".repeat(100_000))) {
      assertThatThrownBy(() -> load(location(rest)))
          .satisfies(
              failure ->
                  assertThat(String.valueOf(failure.getCause().getMessage()))
                      .hasSizeLessThan(2_000)
                      .contains(rest.contains("2") ? "wasip1" : "a\uFFFDERROR")
                      .doesNotContain("\n", "\u001b", "\u202e"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{}",
        "{\"layers\":{}}",
        "{\"layers\":[1]}",
        "{\"layers\":[{\"mediaType\":\"application/wasm\",\"digest\":\"sha256:00\",\"size\":8}]}",
        "{\"layers\":[{\"mediaType\":\"application/wasm\",\"digest\":\"../../etc\",\"size\":8}]}",
        "{\"fsLayers\":[{\"blobSum\":\"sha256:00\"}]}"
      })
  void whatIsNoManifestIsRefused(String manifest) {
    serveManifest("1", manifest.getBytes(StandardCharsets.UTF_8));
    refused(WasmErrorCategory.MALFORMED, location(":1"), "manifest");
  }

  @Test
  void anIndexWithoutEndIsRefused() {
    byte[] manifest = manifest(layer(WASM, MODULE, null));
    for (int i = 0; i < 5; i++) {
      serveManifest(WasmDigest.of(manifest), manifest);
      manifest = index(platform(manifest, "wasi", "wasm"));
    }
    serveManifest("1", manifest);
    refused(WasmErrorCategory.MALFORMED, location(":1"), "an index of indexes without end");
  }

  @Test
  void otherBytesThanThoseThatAreMeantAreRefused() {
    push("1", WASM, null, MODULE);
    serveBlob(MODULE, new byte[] {0, 'a', 's', 'm', 1, 0, 0, 9});
    refused(
        WasmErrorCategory.INTEGRITY,
        location(":1"),
        "the layer that the registry gives out has the digest sha256:",
        "and not " + WasmDigest.of(MODULE));

    String wanted = WasmDigest.of(OTHER);
    serveManifest(wanted, manifest(layer(WASM, MODULE, null)));
    refused(
        WasmErrorCategory.INTEGRITY,
        location("@" + wanted),
        "the manifest that the registry gives out",
        "and not " + wanted);

    this.server.serve(
        "/v2/team/plugin/manifests/2",
        exchange -> {
          exchange.getResponseHeaders().set("Docker-Content-Digest", wanted);
          send(exchange, 200, manifest(layer(WASM, MODULE, null)));
        });
    refused(WasmErrorCategory.INTEGRITY, location(":2"), "the manifest that the registry gives");
  }

  @Test
  void whatIsCutOffIsRefused() {
    push("1", WASM, null, OTHER);
    serveBlob(OTHER, MODULE);
    refused(WasmErrorCategory.LOAD, location(":1"), "it is cut off: 8 of 12 bytes arrived");

    this.server.serve(
        "/v2/team/plugin/blobs/" + WasmDigest.of(OTHER),
        exchange -> {
          exchange.sendResponseHeaders(200, OTHER.length);
          exchange.getResponseBody().write(MODULE);
          exchange.getResponseBody().flush();
          throw new IOException("enough");
        });
    refused(WasmErrorCategory.LOAD, location(":1"), "can't be read");
  }

  @Test
  void whatIsTooLargeIsNotRead() {
    byte[] large = new byte[1 << 17];
    push("1", WASM, null, large);
    refused(WasmErrorCategory.LOAD, location(":1"), "its layer has more than 65536 bytes");
    assertThat(this.server.paths()).hasSize(1);

    byte[] lying = manifest(layer(WASM, MODULE, null));
    serveManifest("2", lying);
    serveBlob(MODULE, large);
    refused(WasmErrorCategory.LOAD, location(":2"), "more than 65536 bytes");
  }

  @Test
  void aRegistryThatIsTooSlowIsLeft() {
    this.http = this.http.with(settings -> settings.timeout(Duration.ofMillis(700)));
    this.loader = loader();
    push("1", WASM, null, MODULE);
    this.server.serve(
        "/v2/team/plugin/blobs/" + WasmDigest.of(MODULE), exchange -> this.server.over.await());
    refused(WasmErrorCategory.LOAD, location(":1"), "it did not arrive within 700 ms");
  }

  @Test
  void aRegistryThatIsDownIsNamed() {
    String location = location(":1");
    this.server.close();
    refused(WasmErrorCategory.LOAD, location, "accepts no connection; is the server running");
  }

  @Test
  void whatIsNotThereIsSaid() {
    refused(WasmErrorCategory.LOAD, location(":1"), "nothing is at", "the registry does not have");
  }

  private void login(String user, String password) throws IOException {
    Files.writeString(
        this.directory.resolve("config"),
        "{\"auths\":{\"127.0.0.1:%d\":{\"username\":\"%s\",\"password\":\"%s\"}}}"
            .formatted(this.server.port(), user, password));
  }

  private static boolean identified(HttpExchange exchange, String authorization, String challenge)
      throws IOException {
    if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return true;
    }
    exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
    send(exchange, 401, new byte[0]);
    return false;
  }

  private void guarded(String authorization, String challenge) {
    guarded("manifests/1", manifest(layer(WASM, MODULE, null)), authorization, challenge);
    guarded("blobs/" + WasmDigest.of(MODULE), MODULE, authorization, challenge);
  }

  private void guarded(String path, byte[] body, String authorization, String challenge) {
    this.server.serve(
        "/v2/team/plugin/" + path,
        exchange -> {
          if (identified(exchange, authorization, challenge)) {
            send(exchange, 200, body);
          }
        });
  }

  @Test
  void aRegistryThatWantsAPassword() throws IOException {
    guarded(BASIC, "Basic realm=\"us\"");
    refused(
        WasmErrorCategory.LOAD,
        location(":1"),
        "the registry answers 401 to who has no credentials",
        "docker login 127.0.0.1:" + this.server.port());

    login("ada", "hush");
    refused(WasmErrorCategory.LOAD, location(":1"), "401 to the credentials of ");
    assertThatThrownBy(() -> load(location(":1"))).hasMessageNotContaining("hush");

    login("ada", "secret");
    assertThat(load(location(":1")).bytes()).isEqualTo(MODULE);
  }

  @Test
  void aHelperIsAskedOnce() throws IOException {
    Path asked = this.directory.resolve("asked");
    guarded(BASIC, "Basic");
    DockerConfig config =
        new DockerConfig(
            Files.writeString(
                this.directory.resolve("config"),
                "{\"credHelpers\":{\"127.0.0.1:%d\":\"wrong\"}}".formatted(this.server.port())),
            name -> this.directory.resolve(name).toString());
    Path helper = this.directory.resolve("docker-credential-wrong");
    Files.writeString(
        helper,
        "#!/bin/sh\nread r\necho asked >> '%s'\necho '{\"Username\":\"ada\",\"Secret\":\"x\"}'\n"
            .formatted(asked));
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
    OciSession session =
        new OciSession(
            new HttpReader(this.http),
            new OciSettings(true, null),
            config,
            OciReference.parse(location(":1")),
            false);

    assertThatThrownBy(() -> session.manifest("1"))
        .hasMessageContaining("the registry answers 401 to the credentials of ");
    assertThat(Files.readAllLines(asked)).hasSize(1);
  }

  @Test
  void aRegistryThatRefusesWithoutAskingWhoAsks() {
    this.server.serve("/v2/team/plugin/manifests/1", exchange -> send(exchange, 403, new byte[0]));

    refused(
        WasmErrorCategory.LOAD,
        location(":1"),
        "the registry answers 403, and does not say how it wants to be told who asks");
  }

  @Test
  void aRegistryThatWantsAToken() throws IOException {
    login("ada", "secret");
    guarded(
        "Bearer t0ken",
        "Bearer realm=\"%s\",service=\"us\",scope=\"repository:team/plugin:pull\""
            .formatted(this.server.url("/token")));
    this.server.serve(
        "/token?service=us&scope=repository%3Ateam%2Fplugin%3Apull",
        exchange -> {
          if (identified(exchange, BASIC, "Basic")) {
            send(exchange, 200, "{\"token\":\"t0ken\"}".getBytes(StandardCharsets.UTF_8));
          }
        });

    assertThat(load(location(":1")).bytes()).isEqualTo(MODULE);

    login("ada", "wrong");
    refused(WasmErrorCategory.LOAD, location(":1"), "401 to the credentials of ");
  }

  @Test
  void aTokenIsMadeOfAnother() throws IOException {
    Files.writeString(
        this.directory.resolve("config"),
        "{\"auths\":{\"127.0.0.1:%d\":{\"identitytoken\":\"refresh\"}}}"
            .formatted(this.server.port()));
    guarded("Bearer t0ken", "Bearer realm=\"%s\",service=us".formatted(this.server.url("/token")));
    this.server.serve(
        "/token",
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean right =
              exchange.getRequestMethod().equals("POST")
                  && form.contains("grant_type=refresh_token")
                  && form.contains("refresh_token=refresh");
          send(
              exchange,
              right ? 200 : 400,
              "{\"access_token\":\"t0ken\"}".getBytes(StandardCharsets.UTF_8));
        });

    assertThat(load(location(":1")).bytes()).isEqualTo(MODULE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer realm=\"http://169.254.169.254/token\"",
        "Bearer realm=\"file:///etc/passwd\"",
        "Bearer",
        "Negotiate",
        ""
      })
  void aTokenIsNotAskedOfEverybody(String challenge) throws IOException {
    login("ada", "secret");
    guarded("Bearer x", challenge);
    refused(WasmErrorCategory.LOAD, location(":1"), "can't be read");
    assertThat(this.server.asked).noneMatch(asked -> asked.header("Authorization") != null);
  }

  /** As registries in clouds do, whose layers are elsewhere. */
  @Test
  void whereALayerIsNobodyLearnsThePassword() throws IOException {
    login("ada", "secret");
    guarded(BASIC, "Basic");
    try (ModuleServer storage = new ModuleServer()) {
      storage.serve("/signed?x=1", MODULE);
      this.server.serve(
          "/v2/team/plugin/blobs/" + WasmDigest.of(MODULE),
          exchange -> {
            if (identified(exchange, BASIC, "Basic")) {
              exchange
                  .getResponseHeaders()
                  .set("Location", storage.url("/signed?x=1").replace("127.0.0.1", "localhost"));
              send(exchange, 307, new byte[0]);
            }
          });

      assertThat(load(location(":1")).bytes()).isEqualTo(MODULE);
      assertThat(storage.asked.get(0).header("Authorization")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer realm=\"%s\",service=\"us\"", "Basic realm=\"us\""})
  void whereALayerIsNobodySaysWhoIsToldThePassword(String challenge) throws IOException {
    login("ada", "secret");
    serveManifest("1", manifest(layer(WASM, MODULE, null)));
    try (ModuleServer storage = new ModuleServer()) {
      storage.serve("/token?service=us&scope=repository%3Ateam%2Fplugin%3Apull", "{}".getBytes());
      guarded(storage, "/signed", challenge.formatted(storage.url("/token")));
      this.server.redirect(
          "/v2/team/plugin/blobs/" + WasmDigest.of(MODULE),
          storage.url("/signed").replace("127.0.0.1", "localhost"));

      refused(
          WasmErrorCategory.LOAD,
          location(":1"),
          "the registry redirects to the host localhost, which answers 401");
      assertThat(storage.paths()).containsExactly("/signed");
      assertThat(this.server.asked).noneMatch(asked -> asked.header("Authorization") != null);
    }
  }

  private static void guarded(ModuleServer server, String path, String challenge) {
    server.serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
          send(exchange, 401, new byte[0]);
        });
  }

  @Test
  void fromOutsideNoRegistryOnThisMachineIsAsked() {
    push("1", WASM, null, MODULE);
    WasmModuleDescriptor module =
        WasmModuleDescriptor.builder("plugin").locationFromOutside(location(":1")).build();

    assertThatThrownBy(() -> this.loader.load(module))
        .hasMessageContaining("somebody outside has named it");
    assertThat(this.server.asked).isEmpty();
  }

  @Test
  void whetherATagHasMovedIsAskedByItsDigest() {
    WasmModuleDescriptor module =
        WasmModuleDescriptor.builder("plugin").location(location(":1")).build();
    tag("1", MODULE);
    String digest = this.loader.load(module).digest();
    this.server.asked.clear();

    assertThat(this.loader.mayHaveChanged(module, digest)).isFalse();
    tag("1", OTHER);
    assertThat(this.loader.mayHaveChanged(module, digest)).isTrue();
    assertThat(this.server.asked).extracting(ModuleServer.Asked::method).containsOnly("HEAD");

    assertThat(this.loader.load(module).bytes()).isEqualTo(OTHER);
    assertThat(this.loader.mayHaveChanged(module, digest)).isTrue();
    assertThat(this.loader.mayHaveChanged(module, WasmDigest.of(OTHER))).isFalse();
  }

  private void tag(String tag, byte[] module) {
    byte[] manifest = manifest(layer(WASM, module, null));
    serveBlob(module, module);
    this.server.serve(
        "/v2/team/plugin/manifests/" + tag,
        exchange -> {
          exchange.getResponseHeaders().set("Docker-Content-Digest", WasmDigest.of(manifest));
          send(exchange, 200, manifest);
        });
  }

  @Test
  void aLayerOfAnotherRepositoryIsNotGivenToWhoNamesItsDigest() {
    push("1", WASM, null, MODULE);
    load(location(":1"));
    this.server.serve("/v2/evil/x/manifests/1", manifest(layer(WASM, MODULE, null)));

    String other = location(":1").replace("team/plugin", "evil/x");
    refused(WasmErrorCategory.LOAD, other, "the registry does not have that");
  }

  @Test
  void aLayerThatIsKnownIsNotSentAgain() {
    push("1", WASM, null, MODULE);
    load(location(":1"));
    load(location(":1"));

    assertThat(this.server.paths()).filteredOn(path -> path.contains("/blobs/")).hasSize(1);
  }
}
