package io.github.wasmspring.internal.load;

import static io.github.wasmspring.internal.load.ModuleServer.MODULE;
import static io.github.wasmspring.internal.load.ModuleServer.OTHER;
import static io.github.wasmspring.internal.load.ModuleServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers are asked for, how often, and where nobody may send us. */
@Timeout(60)
class HttpReaderTest {

  private static final ClassLoader LOADER = HttpReaderTest.class.getClassLoader();

  private final ModuleServer server = new ModuleServer();
  private final List<Duration> pauses = new ArrayList<>();

  /** Addresses by name, with commas between those of one look-up. */
  private final Map<String, ConcurrentLinkedQueue<String>> names = new ConcurrentHashMap<>();

  @AfterEach
  void stop() {
    this.server.close();
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    ConcurrentLinkedQueue<String> known = this.names.get(host);
    if (known == null) {
      return InetAddress.getAllByName(host);
    }
    String next = known.size() > 1 ? known.poll() : known.peek();
    List<InetAddress> found = new ArrayList<>();
    for (String address : Objects.requireNonNull(next).split(",")) {
      found.add(InetAddress.getByName(address));
    }
    return found.toArray(InetAddress[]::new);
  }

  private void name(String host, String... addresses) {
    this.names.put(host, new ConcurrentLinkedQueue<>(List.of(addresses)));
  }

  private HttpLocationResolver resolver(String... redirectHosts) {
    return resolver(this.pauses::add, redirectHosts);
  }

  private HttpLocationResolver resolver(HttpReader.Pauses pauses, String... redirectHosts) {
    return new HttpLocationResolver(
        new HttpReader(
            HttpSettings.builder()
                .timeout(Duration.ofSeconds(30))
                .maxSize(4096)
                .redirectHosts(List.of(redirectHosts))
                .build(),
            new AddressGuard(this::addresses),
            pauses));
  }

  private static byte[] read(HttpLocationResolver resolver, String location) throws IOException {
    try (InputStream stream = resolver.open(location, LOADER)) {
      return stream.readAllBytes();
    }
  }

  private String versioned(String path, AtomicInteger version) {
    return this.server.serve(
        path,
        exchange -> {
          String now = "\"v" + version.get() + "\"";
          exchange.getResponseHeaders().set("ETag", now);
          if (now.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
          } else {
            send(exchange, 200, version.get() == 1 ? MODULE : OTHER);
          }
        });
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() throws IOException {
    AtomicInteger version = new AtomicInteger(1);
    String location = versioned("/a.wasm", version);
    HttpLocationResolver resolver = resolver();

    assertThat(read(resolver, location)).isEqualTo(MODULE);
    assertThat(read(resolver, location)).isEqualTo(MODULE);
    assertThat(resolver.mayHaveChanged(location, LOADER, false)).isFalse();

    version.set(2);
    assertThat(resolver.mayHaveChanged(location, LOADER, false)).isTrue();
    assertThat(read(resolver, location)).isEqualTo(OTHER);
    assertThat(resolver.mayHaveChanged(location, LOADER, false)).isFalse();
    assertThat(this.server.asked.get(0).header("If-None-Match")).isNull();
    assertThat(this.server.asked)
        .hasSize(6)
        .filteredOn(asked -> asked.header("If-None-Match") != null)
        .hasSize(5);
  }

  /** As with builds that give every file the same time, or a file that is an older one again. */
  @Test
  void theTimeOfAFileDoesNotTellWhetherItHasChanged() throws IOException {
    AtomicInteger version = new AtomicInteger(1);
    String location =
        this.server.serve(
            "/a.wasm",
            exchange -> {
              exchange.getResponseHeaders().set("Last-Modified", "Fri, 01 Feb 1980 00:00:00 GMT");
              if (exchange.getRequestHeaders().getFirst("If-Modified-Since") != null) {
                exchange.sendResponseHeaders(304, -1);
              } else {
                send(exchange, 200, version.get() == 1 ? MODULE : OTHER);
              }
            });
    HttpLocationResolver resolver = resolver();
    assertThat(read(resolver, location)).isEqualTo(MODULE);
    version.set(2);

    assertThat(resolver.mayHaveChanged(location, LOADER, false)).isTrue();
    assertThat(read(resolver, location)).isEqualTo(OTHER);
  }

  @Test
  void onlyTheServerThatSaidItIsAskedWhetherItHasChanged() throws IOException {
    AtomicInteger version = new AtomicInteger(1);
    String location = this.server.redirect("/moved", versioned("/a.wasm", version));
    HttpLocationResolver resolver = resolver();

    assertThat(read(resolver, location)).isEqualTo(MODULE);
    assertThat(read(resolver, location)).isEqualTo(MODULE);

    assertThat(this.server.asked)
        .extracting(asked -> asked.header("If-None-Match"))
        .containsExactly(null, null, null, "\"v1\"");
  }

  @Test
  void whatWasNotSentIsNotTakenAsUnchanged() {
    String location =
        this.server.serve("/a.wasm", exchange -> exchange.sendResponseHeaders(304, -1));

    assertThatThrownBy(() -> read(resolver(), location)).hasMessage("the server answers 304");
  }

  @Test
  void whatIsGoneIsForgotten() throws IOException {
    AtomicInteger version = new AtomicInteger(1);
    String location = versioned("/a.wasm", version);
    HttpLocationResolver resolver = resolver();
    read(resolver, location);
    this.server.serve("/a.wasm", exchange -> send(exchange, 404, new byte[0]));
    assertThatThrownBy(() -> read(resolver, location)).hasMessage("the server answers 404");
    versioned("/a.wasm", version);

    assertThat(read(resolver, location)).isEqualTo(MODULE);
    assertThat(this.server.asked.get(2).header("If-None-Match")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1022, 1, false", "1023, 1, true", "1, 1024, false", "1, 1025, true"})
  void headersWithoutEndAreNotKept(int length, int encoding, boolean mayHaveChanged)
      throws IOException {
    String etag = "\"" + "x".repeat(length) + "\"";
    String location =
        this.server.serve(
            "/a.wasm",
            exchange -> {
              exchange.getResponseHeaders().set("Content-Encoding", "x".repeat(encoding));
              boolean known = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
              exchange.getResponseHeaders().set("ETag", etag);
              send(exchange, known ? 304 : 200, known ? new byte[0] : MODULE);
            });
    HttpLocationResolver resolver = resolver();
    read(resolver, location);

    assertThat(resolver.mayHaveChanged(location, LOADER, false)).isEqualTo(mayHaveChanged);
  }

  @Test
  void theTimeForALoadIsThatForUnpackingToo() throws IOException {
    String location = this.server.serve("/a.wasm", MODULE);
    HttpLocationResolver resolver = new HttpLocationResolver(Duration.ofSeconds(2), 4096);

    try (InputStream stream = resolver.open(location, LOADER)) {
      byte[] none = new byte[0];
      assertThatThrownBy(
              () -> {
                while (stream.read(none) == 0 && !Thread.currentThread().isInterrupted()) {
                  Thread.onSpinWait();
                }
              })
          .hasMessage("it did not arrive within 2000 ms");
    }
  }

  @Test
  void whatHasNoVersionMayAlwaysHaveChanged() throws IOException {
    String location = this.server.serve("/a.wasm", MODULE);
    HttpLocationResolver resolver = resolver();
    read(resolver, location);

    assertThat(resolver.mayHaveChanged(location, LOADER, false)).isTrue();
  }

  private String failing(int status, int times) {
    AtomicInteger asked = new AtomicInteger();
    return this.server.serve(
        "/a.wasm",
        exchange -> {
          boolean fails = asked.incrementAndGet() <= times;
          send(exchange, fails ? status : 200, fails ? new byte[0] : MODULE);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void aServerThatCanNotAnswerNowIsAskedAgain(int status) throws IOException {
    assertThat(read(resolver(), failing(status, 2))).isEqualTo(MODULE);
    assertThat(this.pauses)
        .hasSize(2)
        .satisfies(
            both -> {
              assertThat(both.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
              assertThat(both.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
            });
  }

  @Test
  void butNotForEver() {
    String location = failing(503, 1000);

    assertThatThrownBy(() -> read(resolver(), location))
        .hasMessage("the server answers 503, and did so 3 times");
    assertThat(this.server.asked).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 418, 501})
  void whatWillNotChangeIsAskedOnce(int status) {
    String location = failing(status, 1000);

    assertThatThrownBy(() -> read(resolver(), location)).hasMessage("the server answers " + status);
    assertThat(this.server.asked).hasSize(1);
    assertThat(this.pauses).isEmpty();
  }

  private String busy(String retryAfter) {
    AtomicInteger asked = new AtomicInteger();
    return this.server.serve(
        "/a.wasm",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", retryAfter);
          boolean busy = asked.incrementAndGet() == 1;
          send(exchange, busy ? 503 : 200, busy ? new byte[0] : MODULE);
        });
  }

  @Test
  void aServerIsLeftAloneAsLongAsItWants() throws IOException {
    assertThat(read(resolver(), busy("7"))).isEqualTo(MODULE);
    assertThat(this.pauses).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void orUntilItWants() throws IOException {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(9));

    assertThat(read(resolver(), busy(date))).isEqualTo(MODULE);
    assertThat(this.pauses.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "", "99999999999999999999"})
  void unlessNobodyCanTell(String retryAfter) throws IOException {
    assertThat(read(resolver(), busy(retryAfter))).isEqualTo(MODULE);
    assertThat(this.pauses.get(0)).isLessThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void orItWouldBeTooLateThen() {
    assertThatThrownBy(() -> read(resolver(), busy("3600"))).hasMessage("the server answers 503");
    assertThat(this.pauses).isEmpty();
  }

  @Test
  void aServerThatStartsMeanwhileIsFound() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<ModuleServer> started = new ArrayList<>();
    HttpLocationResolver resolver =
        resolver(
            time -> {
              this.pauses.add(time);
              ModuleServer late = new ModuleServer(port);
              late.serve("/a.wasm", MODULE);
              started.add(late);
            });
    try {
      assertThat(read(resolver, "http://127.0.0.1:" + port + "/a.wasm")).isEqualTo(MODULE);
      assertThat(this.pauses).hasSize(1);
    } finally {
      started.forEach(ModuleServer::close);
    }
  }

  @Test
  void nobodyWaitsForAServerThatNobodyKnows() {
    assertThatThrownBy(() -> read(resolver(), "http://nowhere.invalid/a.wasm"))
        .hasMessageContaining("the host nowhere.invalid is not known");
    assertThat(this.pauses).isEmpty();
  }

  /** Whatever the application allows: nobody means to load a module from there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/"
      })
  void aRedirectNeverLeadsToAMetadataService(String target) {
    String location = this.server.redirect("/a.wasm", target);

    assertThatThrownBy(
            () ->
                read(
                    resolver("169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]"), location))
        .hasMessageContaining("the server redirects to the host")
        .hasMessageContaining("link-local address or that of a cloud's metadata service");
  }

  @Test
  void aRedirectDoesNotLeadFromThePublicToAPrivateNetwork() {
    name("127.0.0.1", "93.184.216.34");
    name("objects.example.test", "10.0.0.7");
    String location = this.server.redirect("/a.wasm", "http://objects.example.test/a.wasm");

    assertThatThrownBy(() -> read(resolver("*.example.test"), location))
        .hasMessage(
            "the server redirects to the host objects.example.test, which has a private address");
  }

  @Test
  void unlessTheApplicationNamesThatHost() throws IOException {
    name("127.0.0.1", "93.184.216.34");
    name("localhost", "127.0.0.1");
    String target = this.server.serve("/b.wasm", MODULE).replace("127.0.0.1", "localhost");

    assertThat(read(resolver("localhost"), this.server.redirect("/a.wasm", target)))
        .isEqualTo(MODULE);
  }

  @Test
  void norFromAPrivateNetworkToThisMachine() {
    name("127.0.0.1", "10.0.0.6");
    name("objects.example.test", "127.0.0.1");
    String location = this.server.redirect("/a.wasm", "http://objects.example.test/a.wasm");

    assertThatThrownBy(() -> read(resolver("*.example.test"), location))
        .hasMessage(
            "the server redirects to the host objects.example.test, which has an address of this machine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "169.254.169.254"})
  void aSecondAddressMakesNobodyAnInsider(String second) {
    name("127.0.0.1", "93.184.216.34," + second);
    name("objects.example.test", "127.0.0.1", "93.184.216.35,10.0.0.7");
    String location = this.server.redirect("/a.wasm", "http://objects.example.test/a.wasm");

    assertThatThrownBy(() -> read(resolver("*.example.test"), location))
        .hasMessageContaining("objects.example.test, which has an address of this machine");
    assertThatThrownBy(() -> read(resolver("*.example.test"), location))
        .hasMessageContaining("objects.example.test, which has a private address");
  }

  @Test
  void norDoesAMetadataServiceLeadToAnother() {
    name("127.0.0.1", "169.254.169.253");
    String location = this.server.redirect("/a.wasm", "http://169.254.169.254/latest/");

    assertThatThrownBy(() -> read(resolver("169.254.169.254"), location))
        .hasMessageContaining("link-local address or that of a cloud's metadata service");
  }

  /** The name had another address when it was looked up first, and the request went to the new. */
  @Test
  void aNameThatMovesToAMetadataServiceMeanwhileIsNoticed() {
    name("127.0.0.1", "93.184.216.34");
    name("localhost", "93.184.216.35", "169.254.169.254");
    String target = this.server.serve("/b.wasm", MODULE).replace("127.0.0.1", "localhost");
    String location = this.server.redirect("/a.wasm", target);

    assertThatThrownBy(() -> read(resolver("localhost"), location))
        .hasMessageContaining("the server redirects to the host localhost, which has");
    assertThat(this.server.paths()).containsExactly("/a.wasm", "/b.wasm");
  }

  private void refusedFromOutside(String location, String why) {
    assertThatThrownBy(() -> resolver().openFromOutside(location, LOADER).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("somebody outside has named it")
        .hasMessageContaining(why);
    assertThat(this.server.asked).isEmpty();
  }

  @Test
  void aLocationFromOutsideIsNotInAPrivateNetwork() {
    name("a.example.test", "10.1.2.3");
    String port = ":" + this.server.port();

    refusedFromOutside("https://127.0.0.1" + port + "/a.wasm", "has an address of this machine");
    refusedFromOutside("https://localhost" + port + "/a.wasm", "has an address of this machine");
    refusedFromOutside("https://[::1]" + port + "/a.wasm", "has an address of this machine");
    refusedFromOutside("https://169.254.169.254/latest", "has a link-local address");
    refusedFromOutside("https://a.example.test/a.wasm", "has a private address");
    refusedFromOutside("https://nowhere.invalid/a.wasm", "is not known to this machine");
    refusedFromOutside("http://93.184.216.34/a.wasm", "only those with https are read");
  }
}
