package io.github.wasmspring.internal.load;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.module.ShownLocation;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WasmModuleLoadingTest {

  private static final int MAX_SIZE = 4096;
  private static final Duration PATIENT = Duration.ofSeconds(60);
  private static final Duration HURRIED = Duration.ofSeconds(2);
  private static final byte[] MODULE = Guests.bytes("scalar");

  @TempDir private Path directory;
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private HttpServer server;
  private ExecutorService serverThreads;

  private final DefaultWasmModuleLoader loader = loader(PATIENT);

  private static DefaultWasmModuleLoader loader(Duration timeout) {
    return new DefaultWasmModuleLoader(
        List.of(
            new ClasspathLocationResolver(),
            new FileLocationResolver(),
            new HttpLocationResolver(timeout, MAX_SIZE)),
        MAX_SIZE);
  }

  @BeforeEach
  void startServer() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.serverThreads = Executors.newCachedThreadPool();
    this.server.setExecutor(this.serverThreads);
    this.server.start();
  }

  @AfterEach
  void stopServer() {
    this.testIsOver.countDown();
    this.server.stop(0);
    this.serverThreads.shutdownNow();
  }

  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private String serve(String path, Answer answer) {
    this.server.createContext(
        path,
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
          }
        });
    return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private WasmBinary load(String location) {
    return load(this.loader, location);
  }

  private static WasmBinary load(DefaultWasmModuleLoader loader, String location) {
    return loader.load(WasmModuleDescriptor.builder("guest").location(location).build());
  }

  private WasmLoadException refused(WasmErrorCategory category, String location) {
    return refused(this.loader, category, location);
  }

  private static WasmLoadException refused(
      DefaultWasmModuleLoader loader, WasmErrorCategory category, String location) {
    WasmException failure = failure(category, () -> load(loader, location));
    assertThat(failure.module()).isEqualTo("guest");
    assertThat(failure.version()).isEqualTo("1.0.0");
    assertThat(failure).hasMessageContaining("module 'guest' 1.0.0").hasMessageContaining(location);
    assertThat(((WasmLoadException) failure).location()).isEqualTo(location);
    return (WasmLoadException) failure;
  }

  private String file(String name, byte[] content) throws IOException {
    return "file:" + Files.write(this.directory.resolve(name), content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classpath:wasm/scalar.wasm", "classpath:/wasm/scalar.wasm"})
  void readsFromTheClassPath(String location) {
    assertThat(load(location).bytes()).isEqualTo(MODULE);
  }

  @Test
  void saysWhatIsNotOnTheClassPath() {
    assertThat(refused(WasmErrorCategory.LOAD, "classpath:wasm/nothing.wasm"))
        .hasMessageContaining("no such resource on the class path");
  }

  @Test
  void readsAFileByPath() throws IOException {
    assertThat(load(file("a.wasm", MODULE)).bytes()).isEqualTo(MODULE);
  }

  @Test
  void readsAFileByUrl() throws IOException {
    Path file = Files.write(this.directory.resolve("with space.wasm"), MODULE);

    assertThat(load(file.toUri().toString()).bytes()).isEqualTo(MODULE);
  }

  @Test
  void readsAFileWhosePathIsNotAUrl() throws IOException {
    assertThat(load(file("with space.wasm", MODULE)).bytes()).isEqualTo(MODULE);
  }

  @Test
  void saysWhichFileIsMissing() {
    assertThat(refused(WasmErrorCategory.LOAD, "file:" + this.directory.resolve("nothing.wasm")))
        .hasMessageContaining("there is no file");
  }

  @Test
  void refusesADirectory() {
    assertThat(refused(WasmErrorCategory.LOAD, "file:" + this.directory))
        .hasMessageContaining("it is a directory");
  }

  @Test
  void saysWhenAFileMayNotBeRead() throws IOException {
    String location = file("secret.wasm", MODULE);
    Path path = this.directory.resolve("secret.wasm");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(path), "root may read everything");

    assertThat(refused(WasmErrorCategory.LOAD, location)).hasMessageContaining("access is denied");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    assertThat(refused(WasmErrorCategory.LOAD, file("large.wasm", new byte[MAX_SIZE + 1])))
        .hasMessageContaining("more than 4096 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://example.org/a.wasm", "a.wasm", "s3://bucket/a.wasm", ""})
  void namesTheLocationsThatCanBeRead(String location) {
    assertThat(refused(WasmErrorCategory.LOAD, location))
        .hasMessageContaining("classpath:, webjar:, file:, http://, https:// or oci:");
  }

  @Test
  void readsOverHttp() {
    String location = serve("/a.wasm", exchange -> send(exchange, 200, MODULE));

    assertThat(load(location).bytes()).isEqualTo(MODULE);
  }

  @Test
  void followsARedirect() {
    String target = serve("/a.wasm", exchange -> send(exchange, 200, MODULE));
    String location =
        serve(
            "/moved.wasm",
            exchange -> {
              exchange.getResponseHeaders().set("Location", target);
              send(exchange, 302, new byte[0]);
            });

    assertThat(load(location).bytes()).isEqualTo(MODULE);
  }

  @Test
  void givesUpOnARedirectLoop() {
    String location =
        serve(
            "/loop.wasm",
            exchange -> {
              exchange.getResponseHeaders().set("Location", "/loop.wasm");
              send(exchange, 302, new byte[0]);
            });

    assertThat(refused(WasmErrorCategory.LOAD, location)).hasMessageContaining("302");
  }

  private String redirect(String path, String target) {
    return serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", target);
          send(exchange, 302, new byte[0]);
        });
  }

  private DefaultWasmModuleLoader loaderThatMayGoTo(String host) {
    return new DefaultWasmModuleLoader(
        List.of(new HttpLocationResolver(PATIENT, MAX_SIZE, List.of(host))), MAX_SIZE);
  }

  @Test
  void followsARelativeRedirect() {
    serve("/dir/a.wasm", exchange -> send(exchange, 200, MODULE));

    assertThat(load(redirect("/dir/moved.wasm", "a.wasm")).bytes()).isEqualTo(MODULE);
  }

  @Test
  void followsARedirectToAnotherHostOnlyIfItIsNamed() {
    String elsewhere =
        serve("/a.wasm", exchange -> send(exchange, 200, MODULE)).replace("127.0.0.1", "localhost");
    String location = redirect("/moved.wasm", elsewhere + "?token=hush");

    assertThat(refused(WasmErrorCategory.LOAD, location))
        .hasMessageContaining("redirects to the host localhost")
        .hasMessageContaining("wasm.loader.redirect-hosts")
        .hasMessageNotContaining("hush");
    assertThat(load(loaderThatMayGoTo("LOCALHOST"), location).bytes()).isEqualTo(MODULE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/hostname", "ftp://127.0.0.1/a", "http:nothing", "//", "http://a b/"})
  void refusesARedirectToWhatIsNotHttp(String target) {
    assertThat(refused(WasmErrorCategory.LOAD, redirect("/moved.wasm", target)))
        .hasMessageContaining("the server redirects to what is");
  }

  @Test
  void aRedirectNeverGoesFromHttpsToHttp() throws Exception {
    RedirectHosts hosts = new RedirectHosts(List.of("b.example", "*.c.example"));
    URI from = new URI("https://a.example/x");

    assertThat(hosts.target(from, "https://A.example:8443/y")).hasPath("/y");
    assertThat(hosts.target(from, "https://b.example/y")).hasHost("b.example");
    assertThat(hosts.target(from, "https://x.y.c.example/y")).hasHost("x.y.c.example");
    for (String target :
        List.of(
            "http://a.example/y",
            "http://b.example/y",
            "https://c.example/y",
            "https://evilc.example/y",
            "https://b.example.org/y",
            "https://a.example@evil.example/y")) {
      assertThatThrownBy(() -> hosts.target(from, target))
          .as(target)
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://a.example", "a.example:80", "a.example/x", "", "*", "u@a.example"})
  void onlyNamesOfHostsAreNames(String name) {
    assertThatThrownBy(() -> new HttpLocationResolver(PATIENT, MAX_SIZE, List.of(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not the name of a host");
  }

  @Test
  void aServerThatRedirectsDoesNotGetMoreTime() {
    String location =
        serve(
            "/slow.wasm",
            exchange -> {
              this.testIsOver.await(1200, TimeUnit.MILLISECONDS);
              exchange.getResponseHeaders().set("Location", "/slow.wasm");
              send(exchange, 302, new byte[0]);
            });

    assertThat(refused(loader(HURRIED), WasmErrorCategory.LOAD, location))
        .hasMessageContaining("did not arrive within");
  }

  /** Through each way in which a location can fail: not asked at all, asked in vain, no module. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:hush@127.0.0.1:1/a.wasm",
        "http://user:hush@127.0.0.1:1/a.wasm?token=hush#hush",
        "http://user:hu sh@127.0.0.1:1/hush@x/a.wasm",
        "http://user:h/ush@127.0.0.1:1/a.wasm",
        "http://user:h?ush@127.0.0.1/a.wasm",
        "http://user:hush@/a.wasm?hush",
        "http://user:hush@[::1/a.wasm",
        "http://127.0.0.1:1/a b.wasm?token=hush",
        "http://127.0.0.1:1/%zz?token=hush",
        "http://[x/a.wasm?token=hush",
        "HTTP://user:hush@host/a.wasm?token=hush",
        " http://user:hush@host/a.wasm?token=hush",
        "http:user:hush@host/a.wasm?token=hush",
        "http:/user:hush@host/a.wasm?token=hush",
        "s3://key:hush@bucket/a.wasm?sig=hush",
        "oci:user:hush@registry/a?hush",
        "jar:https://user:hush@host/a.jar!/a.wasm",
        "user:hush@host/a.wasm",
        "//user:hush@host/a.wasm",
        "file://user:hush@host/a.wasm",
        "file:///nowhere/a.wasm?token=hush",
        "file:/nowhere/a\0.wasm?token=hush",
        "classpath:nothing.wasm?token=hush"
      })
  void whatOnlyTheServerShouldKnowIsNotShown(String location) {
    WasmException failure = failure(WasmErrorCategory.LOAD, () -> load(location));

    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).contains("***").doesNotContain("hush", "h/u", "h?u", "hu sh");
    assertThat(trace.toString()).doesNotContain("user", "key:");
    assertThat(((WasmLoadException) failure).location()).contains("***").doesNotContain("hush");
  }

  @Test
  void neitherIsItByAResolverOfTheUsersOwn() {
    WasmLocationResolver own =
        new WasmLocationResolver() {
          @Override
          public boolean supports(String location) {
            return true;
          }

          @Override
          public InputStream open(String location, ClassLoader classLoader) throws IOException {
            IOException cause = new IOException("401 for " + location);
            if (location.endsWith("1")) {
              throw new IOException("Not for user:hush", cause);
            }
            throw new IllegalStateException("no", cause);
          }
        };
    DefaultWasmModuleLoader loader = new DefaultWasmModuleLoader(List.of(own), MAX_SIZE);

    for (int i = 0; i < 2; i++) {
      String location = "https://user:hush@host/a.wasm?token=hush" + i;
      WasmException failure = failure(WasmErrorCategory.LOAD, () -> load(loader, location));
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).contains("can't be read").doesNotContain("hush");
    }
  }

  @Test
  void whereBytesCameFromIsSaidWithoutSecrets() {
    String location = serve("/a.wasm", exchange -> send(exchange, 200, MODULE));

    assertThat(load(location + "?token=hush").toString()).doesNotContain("hush");
  }

  @Test
  void whatIsNoSecretIsShown() {
    for (String location :
        List.of(
            "https://cdn.example/npm/pkg@1.2.3/a.wasm",
            "classpath:a@b.wasm",
            "file:/tmp/with space@x/a.wasm",
            "oci:registry/name@sha256:00",
            "a.wasm",
            "")) {
      assertThat(ShownLocation.of(location)).isEqualTo(location);
    }
  }

  @Test
  void aPipeIsNoFileToLoad() throws Exception {
    Path pipe = this.directory.resolve("pipe.wasm");
    Assumptions.assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);

    assertThat(refused(WasmErrorCategory.LOAD, "file:" + pipe)).hasMessageContaining("a pipe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/random"})
  void aDeviceIsNoFileToLoad(String device) throws IOException {
    Assumptions.assumeTrue(Files.exists(Path.of(device)));

    assertThat(refused(WasmErrorCategory.LOAD, "file:" + device)).hasMessageContaining("a device");
  }

  /** Their size is said to be 0, and some of them never end, or make the reader wait. */
  @ParameterizedTest
  @ValueSource(strings = {"/proc/self/environ", "/proc/kmsg", "/proc/self/mem"})
  void aFileOfTheKernelIsNoFileToLoad(String file) {
    Assumptions.assumeTrue(Files.exists(Path.of(file)));

    assertThat(refused(WasmErrorCategory.MALFORMED, "file:" + file))
        .hasMessageContaining("it is empty");
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsRefused() throws IOException {
    Path file = Files.write(this.directory.resolve("a.wasm"), MODULE);
    byte[] first = new byte[4];
    try (InputStream stream =
        new FileLocationResolver().open("file:" + file, getClass().getClassLoader())) {
      assertThat(stream.readNBytes(first, 0, 4)).isEqualTo(4);
      Files.write(file, MODULE, StandardOpenOption.APPEND);

      assertThatThrownBy(stream::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it was changed while it was read");
    }
  }

  @Test
  void aFileThatIsCutWhileItIsReadIsRefused() throws IOException {
    Path file = Files.write(this.directory.resolve("a.wasm"), MODULE);
    try (InputStream stream =
        new FileLocationResolver().open("file:" + file, getClass().getClassLoader())) {
      Files.write(file, new byte[8]);

      assertThatThrownBy(stream::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it was changed while it was read");
    }
  }

  @Test
  void saysThatNothingIsThereOn404() {
    String location = serve("/a.wasm", exchange -> send(exchange, 404, "no".getBytes()));

    assertThat(refused(WasmErrorCategory.LOAD, location))
        .hasMessageContaining("nothing is at")
        .hasMessageContaining("404");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 401, 403, 500, 503})
  void saysWhatTheServerAnswers(int status) {
    String location = serve("/a.wasm", exchange -> send(exchange, status, new byte[0]));

    assertThat(refused(WasmErrorCategory.LOAD, location))
        .hasMessageContaining("the server answers " + status);
  }

  @Test
  void refusesALargeBodyOfDeclaredLength() {
    String location = serve("/a.wasm", exchange -> send(exchange, 200, new byte[MAX_SIZE + 1]));

    assertThat(refused(WasmErrorCategory.LOAD, location))
        .hasMessageContaining("more than 4096 bytes");
  }

  @Test
  void refusesALargeBodyOfUnknownLength() {
    String location =
        serve(
            "/a.wasm",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              OutputStream body = exchange.getResponseBody();
              for (int i = 0; i < 1000; i++) {
                body.write(MODULE);
              }
            });

    assertThat(refused(WasmErrorCategory.LOAD, location))
        .hasMessageContaining("more than 4096 bytes");
  }

  @Test
  void givesUpOnABodyThatNeverEnds() {
    String location =
        serve(
            "/a.wasm",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(MODULE);
              exchange.getResponseBody().flush();
              this.testIsOver.await();
            });

    assertThat(refused(loader(HURRIED), WasmErrorCategory.LOAD, location))
        .hasMessageContaining("did not arrive within");
  }

  @Test
  void givesUpOnAServerThatDoesNotAnswer() {
    String location = serve("/a.wasm", exchange -> this.testIsOver.await());

    assertThat(refused(loader(HURRIED), WasmErrorCategory.LOAD, location))
        .hasMessageContaining("can't be read");
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(refused(WasmErrorCategory.LOAD, "http://127.0.0.1:" + port + "/a.wasm"))
        .hasMessageContaining("can't be read");
  }

  @Test
  void refusesABodyThatIsCutOff() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.serverThreads.submit(
          () -> {
            try (Socket client = socket.accept()) {
              client.getInputStream().read(new byte[1024]);
              client
                  .getOutputStream()
                  .write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort"
                          .getBytes(StandardCharsets.US_ASCII));
            }
            return null;
          });

      assertThat(
              refused(
                  WasmErrorCategory.LOAD, "http://127.0.0.1:" + socket.getLocalPort() + "/a.wasm"))
          .hasMessageContaining("can't be read");
    }
  }

  @Test
  void refusesAUrlThatIsNone() {
    assertThat(refused(WasmErrorCategory.LOAD, "http://not a host/a.wasm"))
        .hasMessageContaining("it is not a URL");
  }

  @Test
  void acceptsTheDigestThatIsAskedFor() {
    WasmBinary binary =
        this.loader.load(
            WasmModuleDescriptor.builder("guest")
                .location("classpath:wasm/scalar.wasm")
                .digest(WasmDigest.of(MODULE))
                .build());

    assertThat(binary.digest()).isEqualTo(WasmDigest.of(MODULE));
  }

  @Test
  void refusesAnotherDigestAndSaysBoth() {
    String wanted = "sha256:" + "0".repeat(64);
    WasmModuleDescriptor module =
        WasmModuleDescriptor.builder("guest")
            .location("classpath:wasm/scalar.wasm")
            .digest(wanted)
            .build();

    assertThat(failure(WasmErrorCategory.INTEGRITY, () -> this.loader.load(module)))
        .hasMessageContaining(wanted)
        .hasMessageContaining(WasmDigest.of(MODULE))
        .hasMessageContaining("classpath:wasm/scalar.wasm");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    assertThat(refused(WasmErrorCategory.MALFORMED, file("a.wasm", new byte[0])))
        .hasMessageContaining("it is empty");
  }

  @Test
  void tellsHowToTurnTextIntoABinary() throws IOException {
    assertThat(refused(WasmErrorCategory.MALFORMED, file("a.wat", "\n (module)".getBytes())))
        .hasMessageContaining("WebAssembly text")
        .hasMessageContaining("wat2wasm");
  }

  @Test
  void recognisesAnHtmlPage() throws IOException {
    assertThat(
            refused(WasmErrorCategory.MALFORMED, file("a.wasm", "<!DOCTYPE html><p>Hi".getBytes())))
        .hasMessageContaining("HTML page");
  }

  @Test
  void recognisesGzip() throws IOException {
    assertThat(
            refused(
                WasmErrorCategory.MALFORMED,
                file("a.wasm", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0})))
        .hasMessageContaining("gzip");
  }

  @Test
  void recognisesAComponent() throws IOException {
    assertThat(
            refused(
                WasmErrorCategory.MALFORMED,
                file("a.wasm", new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0})))
        .hasMessageContaining("component")
        .hasMessageContaining("wasm32");
  }

  @Test
  void recognisesANativeLibrary() throws IOException {
    assertThat(
            refused(
                WasmErrorCategory.MALFORMED,
                file("a.so", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0})))
        .hasMessageContaining("native Linux library");
  }

  @Test
  void recognisesAModuleOfAnotherVersion() throws IOException {
    assertThat(
            refused(
                WasmErrorCategory.MALFORMED,
                file("a.wasm", new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0})))
        .hasMessageContaining("version 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version https://git-lfs.github.com/spec/v1|Git LFS",
        "{\"error\":1}|JSON",
        "<?xml version='1.0'?>|XML",
        "PK\3\4xxxxxxxx|zip",
        "whatever this is|magic bytes"
      })
  void recognisesOtherFiles(String contentAndKind) throws IOException {
    String[] parts = contentAndKind.split("\\|");

    assertThat(
            refused(
                WasmErrorCategory.MALFORMED,
                file("a.wasm", parts[0].getBytes(StandardCharsets.ISO_8859_1))))
        .hasMessageContaining(parts[1]);
  }

  @Test
  void refusesAModuleCutOffInItsHeader() throws IOException {
    assertThat(
            refused(WasmErrorCategory.MALFORMED, file("a.wasm", new byte[] {0, 'a', 's', 'm', 1})))
        .hasMessageContaining("cut off");
  }
}
