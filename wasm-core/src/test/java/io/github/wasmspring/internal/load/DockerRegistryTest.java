package io.github.wasmspring.internal.load;

import static io.github.wasmspring.internal.load.ModuleServer.MODULE;
import static io.github.wasmspring.internal.load.ModuleServer.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Modules in a registry that we did not write: that of Docker, as Debian's package {@code
 * docker-registry} has it, with TLS and a password.
 */
@Timeout(120)
class DockerRegistryTest {

  private static final String PROGRAM = "docker-registry";
  private static final String PASSWORD = "correct horse";

  /** Of {@link #PASSWORD}, by bcrypt. */
  private static final String HASH = "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2";

  private static final Pattern LISTENING = Pattern.compile("listening on [^\"]*?:(\\d+)");

  @TempDir private static Path directory;
  private static Process registry;
  private static SSLContext tls;
  private static String host;

  private final HttpSettings http = HttpSettings.builder().tls(tls).build();

  @BeforeAll
  static void startRegistry() throws Exception {
    Assumptions.assumeTrue(
        isInstalled(), "There is no docker-registry here: apt-get install docker-registry");
    makeCertificate();
    Files.writeString(directory.resolve("htpasswd"), "ada:" + HASH + "\n");
    Path config =
        Files.writeString(
            directory.resolve("config.yml"),
            """
            version: 0.1
            log: { level: info, formatter: text }
            storage:
              filesystem: { rootdirectory: %1$s/registry }
              delete: { enabled: true }
            http:
              addr: 127.0.0.1:0
              secret: test
              tls: { certificate: %1$s/cert.pem, key: %1$s/key.pem }
            auth:
              htpasswd: { realm: test, path: %1$s/htpasswd }
            """
                .formatted(directory));
    registry =
        new ProcessBuilder(PROGRAM, "serve", config.toString()).redirectErrorStream(true).start();
    host = "localhost:" + port(registry.inputReader());
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
  }

  private static int port(BufferedReader log) throws IOException {
    List<String> said = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.add(line);
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        Thread drain = new Thread(() -> log.lines().forEach(rest -> {}));
        drain.setDaemon(true);
        drain.start();
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("The registry did not start: " + said);
  }

  /** By the JDK's keytool, in the form that the registry reads. */
  private static void makeCertificate() throws Exception {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    Key key = keys.getKey("registry", password);
    Certificate certificate = keys.getCertificate("registry");
    Files.writeString(directory.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded()));
    Files.writeString(directory.resolve("cert.pem"), pem("CERTIFICATE", certificate.getEncoded()));

    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("registry", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }

  @AfterAll
  static void stopRegistry() throws InterruptedException {
    if (registry != null) {
      registry.destroyForcibly().waitFor();
    }
  }

  private static String authorization() {
    return "Basic "
        + Base64.getEncoder().encodeToString(("ada:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(
            request.header("Authorization", authorization()).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void pushBlob(String name, byte[] bytes) throws Exception {
    String upload =
        send(HttpRequest.newBuilder(
                    URI.create("https://" + host + "/v2/" + name + "/blobs/uploads/"))
                .POST(HttpRequest.BodyPublishers.noBody()))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    HttpResponse<String> put =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        upload
                            + (upload.contains("?") ? "&" : "?")
                            + "digest="
                            + WasmDigest.of(bytes)))
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
  }

  private static String pushManifest(String name, String tag, String type, byte[] manifest)
      throws Exception {
    HttpResponse<String> put =
        send(
            HttpRequest.newBuilder(
                    URI.create("https://" + host + "/v2/" + name + "/manifests/" + tag))
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest)));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
    return put.headers().firstValue("Docker-Content-Digest").orElseThrow();
  }

  /**
   * @return the digest of the manifest
   */
  private static String push(String name, String tag, String type, byte[] module) throws Exception {
    pushBlob(name, OciArtifacts.EMPTY);
    pushBlob(name, module);
    return pushManifest(
        name,
        tag,
        OciArtifacts.MANIFEST,
        OciArtifacts.manifest(OciArtifacts.layer(type, module, "plugin.wasm")));
  }

  private static Path login(String user, String password) throws IOException {
    return Files.writeString(
        Files.createTempFile(directory, "docker", ".json"),
        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
            .formatted(
                host,
                Base64.getEncoder()
                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8))));
  }

  private DefaultWasmModuleLoader loader() throws IOException {
    return loader(this.http, login("ada", PASSWORD));
  }

  private static DefaultWasmModuleLoader loader(HttpSettings http, Path dockerConfig) {
    return new DefaultWasmModuleLoader(
        List.of(
            new OciLocationResolver(new HttpReader(http), new OciSettings(false, dockerConfig))),
        1 << 20);
  }

  private static WasmBinary load(DefaultWasmModuleLoader loader, String location) {
    return loader.load(module(location));
  }

  private static WasmModuleDescriptor module(String location) {
    return WasmModuleDescriptor.builder("plugin").location(location).build();
  }

  @Test
  void givesOutModulesByTagAndByDigest() throws Exception {
    String digest = push("team/plugin", "1.2", OciArtifacts.WASM, MODULE);
    push("team/plugin", "old", OciArtifacts.OLD_WASM, OTHER);
    DefaultWasmModuleLoader loader = loader();
    String name = "oci:" + host + "/team/plugin";

    assertThat(load(loader, name + ":1.2").bytes()).isEqualTo(MODULE);
    assertThat(load(loader, name + "@" + digest).bytes()).isEqualTo(MODULE);
    assertThat(load(loader, name + ":old").bytes()).isEqualTo(OTHER);
  }

  @Test
  void outOfAnIndex() throws Exception {
    push("team/index", "image", OciArtifacts.WASM, MODULE);
    byte[] manifest =
        OciArtifacts.manifest(OciArtifacts.layer(OciArtifacts.WASM, MODULE, "plugin.wasm"));
    pushManifest(
        "team/index",
        "all",
        OciArtifacts.INDEX,
        OciArtifacts.index(OciArtifacts.platform(manifest, "wasip1", "wasm")));

    assertThat(load(loader(), "oci:" + host + "/team/index:all").bytes()).isEqualTo(MODULE);
  }

  @Test
  void aTagThatMovesIsNoticed() throws Exception {
    push("team/moving", "latest", OciArtifacts.WASM, MODULE);
    DefaultWasmModuleLoader loader = loader();
    WasmModuleDescriptor module = module("oci:" + host + "/team/moving");
    String digest = loader.load(module).digest();
    assertThat(loader.mayHaveChanged(module, digest)).isFalse();

    push("team/moving", "latest", OciArtifacts.WASM, OTHER);

    assertThat(loader.mayHaveChanged(module, digest)).isTrue();
    assertThat(loader.load(module).bytes()).isEqualTo(OTHER);
  }

  /** Over HTTP/2, which the registry speaks. */
  @Test
  void theHeadOfAnAnswerIsEnough() throws Exception {
    byte[] large = new byte[4 << 20];
    pushBlob("team/large", large);
    HttpReader reader = new HttpReader(this.http);
    HttpQuestion question =
        HttpQuestion.get(
                URI.create("https://" + host + "/v2/team/large/blobs/" + WasmDigest.of(large)),
                CappedBodySubscriber.NOTHING,
                false)
            .headers(uri -> Map.of("Authorization", authorization()));

    for (int i = 0; i < 20; i++) {
      HttpAnswer answer = reader.ask(question, reader.deadline());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().size()).isZero();
    }
  }

  private static void refused(DefaultWasmModuleLoader loader, String location, String why) {
    assertThatThrownBy(() -> load(loader, location))
        .asInstanceOf(InstanceOfAssertFactories.type(WasmException.class))
        .satisfies(
            failure -> {
              assertThat(failure.category()).isEqualTo(WasmErrorCategory.LOAD);
              assertThat(failure).hasMessageContaining(why);
              assertThat(failure.getMessage()).doesNotContain(PASSWORD, "wrong");
            });
  }

  @Test
  void letsNobodyInWithoutThePassword() throws Exception {
    push("team/secret", "1", OciArtifacts.WASM, MODULE);
    String location = "oci:" + host + "/team/secret:1";

    refused(
        loader(this.http, directory.resolve("nothing.json")),
        location,
        "the registry answers 401 to who has no credentials");
    refused(loader(this.http, login("ada", "wrong")), location, "401 to the credentials of ");
  }

  @Test
  void isNotTrustedByWhoDoesNotKnowItsCertificate() throws Exception {
    refused(
        loader(HttpSettings.builder().build(), login("ada", PASSWORD)),
        "oci:" + host + "/team/plugin:1.2",
        "the certificate of " + host + " is not trusted");
  }

  @Test
  void saysWhatItDoesNotHave() throws Exception {
    refused(loader(), "oci:" + host + "/team/nothing:1", "the registry does not have that");
  }

  /** Somebody has changed the file of a layer under the registry. */
  @Test
  void otherBytesThanThePushedAreRefused() throws Exception {
    byte[] module = {0, 'a', 's', 'm', 1, 0, 0, 0, 0, 2, 1, 'y'};
    push("team/changed", "1", OciArtifacts.WASM, module);
    String hex = WasmDigest.of(module).substring("sha256:".length());
    Path blob =
        directory.resolve(
            "registry/docker/registry/v2/blobs/sha256/%s/%s/data"
                .formatted(hex.substring(0, 2), hex));
    module[11] = 'z';
    Files.write(blob, module);

    assertThatThrownBy(() -> load(loader(), "oci:" + host + "/team/changed:1"))
        .asInstanceOf(InstanceOfAssertFactories.type(WasmException.class))
        .satisfies(
            failure -> {
              assertThat(failure.category()).isEqualTo(WasmErrorCategory.INTEGRITY);
              assertThat(failure)
                  .hasMessageContaining("the layer that the registry gives out has the digest");
            });
  }
}
