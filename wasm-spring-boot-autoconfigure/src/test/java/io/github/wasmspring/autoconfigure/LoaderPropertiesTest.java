package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;

/** Where modules come from, as properties say it. */
@Timeout(60)
class LoaderPropertiesTest {

  @TempDir private Path directory;
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final AtomicInteger busy = new AtomicInteger();
  private HttpServer server;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(SslAutoConfiguration.class, WasmAutoConfiguration.class));

  private static byte[] module() throws IOException {
    return new ClassPathResource("wasm/calc.wasm").getContentAsByteArray();
  }

  private void start(HttpServer made) {
    this.server = made;
    made.createContext(
        "/",
        exchange -> {
          byte[] body = this.served.get(exchange.getRequestURI().getPath());
          int status = body == null ? 404 : this.busy.getAndDecrement() > 0 ? 503 : 200;
          try (exchange) {
            exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
            if (status == 200) {
              exchange.getResponseBody().write(body);
            }
          }
        });
    made.start();
  }

  private void startPlain() throws IOException {
    start(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  private int port() {
    return this.server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    if (this.server != null) {
      this.server.stop(0);
    }
  }

  private static int add(WasmModuleManager manager) {
    return manager.bind(Calc.class).add(1, 2);
  }

  @Test
  void aPackedModuleOfAFile() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(module());
    }
    Path file = Files.write(this.directory.resolve("calc.wasm.gz"), packed.toByteArray());

    this.runner
        .withPropertyValues("wasm.modules.calc.location=file:" + file)
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(add(manager)).isEqualTo(3);
              assertThat(manager.status("calc").get(0).digest()).isEqualTo(WasmDigest.of(module()));
            });
  }

  @Test
  void aServerIsAskedAsOftenAsItMay() throws IOException {
    startPlain();
    this.served.put("/calc.wasm", module());
    ApplicationContextRunner remote =
        this.runner.withPropertyValues(
            "wasm.modules.calc.location=http://127.0.0.1:" + port() + "/calc.wasm",
            "wasm.loader.http-connect-timeout=5s");

    this.busy.set(2);
    remote.run(context -> assertThat(add(context.getBean(WasmModuleManager.class))).isEqualTo(3));
    this.busy.set(2);
    remote
        .withPropertyValues("wasm.loader.http-attempts=1")
        .run(
            context ->
                assertThatThrownBy(() -> add(context.getBean(WasmModuleManager.class)))
                    .isInstanceOf(WasmException.class)
                    .hasMessageContaining("the server answers 503"));
  }

  @Test
  void aFileThatChangesIsLoadedAgain() throws IOException {
    Path file = Files.write(this.directory.resolve("calc.wasm"), module());
    this.runner
        .withPropertyValues(
            "wasm.modules.calc.location=file:" + file, "wasm.modules.calc.check-interval=1s")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(add(manager)).isEqualTo(3);

              byte[] changed = java.util.Arrays.copyOf(module(), module().length + 4);
              changed[changed.length - 3] = 2;
              changed[changed.length - 2] = 1;
              changed[changed.length - 1] = 'x';
              Path next = Files.write(this.directory.resolve("next"), changed);
              Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);

              await()
                  .atMost(Duration.ofSeconds(40))
                  .until(
                      () -> WasmDigest.of(changed).equals(manager.status("calc").get(0).digest()));
              assertThat(add(manager)).isEqualTo(3);
            });
  }

  @Test
  void ofAllModulesAndOfOne() {
    this.runner
        .withPropertyValues(
            "wasm.defaults.check-interval=1h",
            "wasm.modules.calc.location=classpath:wasm/calc.wasm")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmModuleManager.class)
                            .registry()
                            .get("calc", "*")
                            .settings()
                            .checkInterval())
                    .isEqualTo(Duration.ofHours(1)));
  }

  private void serveArtifact() throws IOException {
    byte[] module = module();
    String digest = WasmDigest.of(module);
    this.served.put(
        "/v2/calc/manifests/1",
        "{\"layers\":[{\"mediaType\":\"application/wasm\",\"digest\":\"%s\",\"size\":%d}]}"
            .formatted(digest, module.length)
            .getBytes(StandardCharsets.UTF_8));
    this.served.put("/v2/calc/blobs/" + digest, module);
  }

  @Test
  void aRegistryOnThisMachine() throws IOException {
    startPlain();
    serveArtifact();
    Path config = Files.writeString(this.directory.resolve("config.json"), "{}");

    this.runner
        .withPropertyValues(
            "wasm.modules.calc.location=oci:127.0.0.1:" + port() + "/calc:1",
            "wasm.loader.oci.plain-http=true",
            "wasm.loader.oci.docker-config=" + config)
        .run(context -> assertThat(add(context.getBean(WasmModuleManager.class))).isEqualTo(3));
  }

  /** Boot's own property says whom to trust. */
  @Test
  void anSslBundle() throws Exception {
    String certificate = makeKeys();
    this.runner
        .withPropertyValues(bundle("server", "keystore"))
        .run(
            context -> {
              HttpsServer https =
                  HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
              https.setHttpsConfigurator(
                  new HttpsConfigurator(
                      context.getBean(SslBundles.class).getBundle("server").createSslContext()));
              start(https);
            });
    serveArtifact();
    this.served.put("/calc.wasm", module());
    for (String location :
        new String[] {"https://localhost:%d/calc.wasm", "oci:localhost:%d/calc:1"}) {
      ApplicationContextRunner remote =
          this.runner.withPropertyValues(
              "wasm.modules.calc.location=" + location.formatted(port()),
              "wasm.loader.oci.docker-config=" + this.directory.resolve("none.json"),
              "spring.ssl.bundle.pem.modules.truststore.certificate=" + certificate);
      remote
          .withPropertyValues("wasm.loader.ssl-bundle=modules")
          .run(context -> assertThat(add(context.getBean(WasmModuleManager.class))).isEqualTo(3));
      remote.run(
          context ->
              assertThatThrownBy(() -> add(context.getBean(WasmModuleManager.class)))
                  .hasMessageContaining("is not trusted"));
    }
  }

  private String[] bundle(String name, String what) {
    String prefix = "spring.ssl.bundle.jks." + name + "." + what + ".";
    return new String[] {
      prefix + "location=file:" + this.directory.resolve("keys.p12"),
      prefix + "password=changeit",
      prefix + "type=PKCS12"
    };
  }

  /**
   * @return the certificate, in PEM
   */
  private String makeKeys() throws Exception {
    Path store = this.directory.resolve("keys.p12");
    assertThat(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor())
        .isZero();
    byte[] certificate =
        java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray())
            .getCertificate("server")
            .getEncoded();
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----"
        .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate));
  }

  @ParameterizedTest
  @CsvSource({
    "wasm.loader.http-connect-timeout, 0s, must be positive",
    "wasm.loader.http-connect-timeout, 200000d, at most 36500 days",
    "wasm.loader.http-attempts, 0, A server is asked once to 100 times",
    "wasm.loader.http-attempts, 101, A server is asked once to 100 times",
    "wasm.defaults.check-interval, 10ms, once a second at most",
    "wasm.defaults.check-interval, -1s, once a second at most"
  })
  void whatMakesNoSenseStopsTheStart(String property, String value, String why) {
    this.runner
        .withPropertyValues(
            property + "=" + value,
            "wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "wasm.modules.calc.load=eager")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("Property " + property + " with value")
                    .hasStackTraceContaining(why));
  }

  @Test
  void anUnknownSslBundleIsNamed() {
    this.runner
        .withPropertyValues(
            "wasm.loader.ssl-bundle=nowhere",
            "wasm.modules.calc.location=classpath:wasm/calc.wasm",
            "wasm.modules.calc.load=eager")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("SSL bundle name 'nowhere' cannot be found"));
  }
}
