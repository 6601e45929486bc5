package io.github.wasmspring.internal.load;

import static io.github.wasmspring.internal.load.ModuleServer.MODULE;
import static io.github.wasmspring.internal.load.ModuleServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed, by tools that we did not write, and unpacked. */
@Timeout(60)
class PackingTest {

  private static final int MAX_SIZE = 1 << 20;

  /** Made by Node's zlib (gzip, brotli) and the program zstd. */
  private static final String GZIP = "H4sIAAAAAAAAA2NILM5lZGBgAADOM0scCAAAAA==";

  private static final String BROTLI = "iwOAAGFzbQEAAAAD";
  private static final String ZSTD = "KLUv/SQIQQAAAGFzbQEAAAC6NJ1A";

  /** 8 MB of zeros. */
  private static final String BROTLI_BOMB = "m///f/gnAOKxQCD3/g8=";

  @TempDir private Path directory;
  private final ModuleServer server = new ModuleServer();

  @AfterEach
  void stop() {
    this.server.close();
  }

  private static WasmBinary load(String location) {
    return load(WasmModuleDescriptor.builder("plugin").location(location).build());
  }

  private static WasmBinary load(WasmModuleDescriptor module) {
    return new DefaultWasmModuleLoader(
            List.of(
                new FileLocationResolver(),
                new HttpLocationResolver(HttpSettings.builder().maxSize(MAX_SIZE).build())),
            MAX_SIZE)
        .load(module);
  }

  private String file(String name, byte[] content) throws IOException {
    return "file:" + Files.write(this.directory.resolve(name), content);
  }

  private static byte[] packed(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static void refused(WasmErrorCategory category, String location, String why) {
    assertThatThrownBy(() -> load(location))
        .asInstanceOf(InstanceOfAssertFactories.type(WasmException.class))
        .satisfies(
            failure -> {
              assertThat(failure.category()).isEqualTo(category);
              assertThat(failure).hasMessageContaining("'plugin'").hasMessageContaining(why);
            });
  }

  @ParameterizedTest
  @CsvSource({".gz, " + GZIP, ".br, " + BROTLI, ".zst, " + ZSTD, ".GZ, " + GZIP})
  void aFileIsUnpackedByItsName(String suffix, String base64) throws IOException {
    WasmBinary binary = load(file("a.wasm" + suffix, packed(base64)));

    assertThat(binary.bytes()).isEqualTo(MODULE);
    assertThat(binary.digest()).isEqualTo(WasmDigest.of(MODULE));
  }

  @ParameterizedTest
  @CsvSource({"gzip, " + GZIP, "x-gzip, " + GZIP, "br, " + BROTLI, "zstd, " + ZSTD})
  void whatAServerPacksIsUnpacked(String coding, String base64) {
    String location =
        this.server.serve(
            "/a.wasm",
            exchange -> {
              exchange.getResponseHeaders().set("Content-Encoding", coding);
              send(exchange, 200, packed(base64));
            });

    assertThat(load(location).bytes()).isEqualTo(MODULE);
    assertThat(this.server.asked.get(0).header("Accept-Encoding")).isEqualTo("br, zstd, gzip");
  }

  @Test
  void aPackedFileOnAServerIsUnpackedWhoeverDoesIt() {
    byte[] gzip = packed(GZIP);
    this.server.serve("/a.wasm.gz?x=1", gzip);
    this.server.serve("/b.wasm.gz", MODULE);
    this.server.serve(
        "/c.wasm.gz",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          send(exchange, 200, gzip);
        });

    for (String path : List.of("/a.wasm.gz?x=1", "/b.wasm.gz", "/c.wasm.gz")) {
      assertThat(load(this.server.url(path)).bytes()).as(path).isEqualTo(MODULE);
    }
  }

  private String packedAs(String path, String encoding, byte[] body) {
    return this.server.serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", encoding);
          send(exchange, 200, body);
        });
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void whatAServerPacksMoreThanOnceIsRefused() throws IOException {
    byte[] twice = gzip(gzip(MODULE));

    refused(
        WasmErrorCategory.LOAD,
        packedAs("/a.wasm", "gzip, identity, gzip", twice),
        "the server packs it 2 times to send it");
    refused(
        WasmErrorCategory.LOAD, packedAs("/b.wasm", "gzip,".repeat(9), twice), "packs it 9 times");
    assertThat(load(packedAs("/c.wasm", "identity, gzip,", gzip(MODULE))).bytes())
        .isEqualTo(MODULE);
  }

  /** Blocks of deflate that are empty: a decoder reads them to the end, and nothing comes out. */
  private static byte[] nothing(int blocks) {
    byte[] bytes = new byte[10 + blocks * 5];
    bytes[0] = 0x1f;
    bytes[1] = (byte) 0x8b;
    bytes[2] = 8;
    for (int i = 0; i < blocks; i++) {
      bytes[10 + i * 5 + 3] = (byte) 0xff;
      bytes[10 + i * 5 + 4] = (byte) 0xff;
    }
    return bytes;
  }

  @Test
  void whatIsUnpackedTwiceIsBoundedInBetween() throws IOException {
    byte[] nothing = nothing(MAX_SIZE / 4);
    String why = "packed, it has more than 1048576 bytes";

    refused(WasmErrorCategory.LOAD, packedAs("/a.wasm.gz", "gzip", gzip(nothing)), why);
    refused(WasmErrorCategory.LOAD, file("a.wasm.gz", nothing), why);
  }

  @Test
  void whatIsUnpackedTooLongIsLeft() throws IOException {
    LoadDeadline over = new LoadDeadline(Duration.ZERO);
    byte[] packed = gzip(MODULE);
    InputStream stream = GuardedStream.until(over, new ByteArrayInputStream(packed));

    assertThatThrownBy(() -> Packing.unpackContent("gzip", stream, false).readAllBytes())
        .isInstanceOf(LateException.class)
        .hasMessage("it did not arrive within 0 ms");
    assertThatThrownBy(
            () ->
                Packing.BROTLI.unpack(
                    GuardedStream.until(over, new ByteArrayInputStream(packed(BROTLI)))))
        .isInstanceOf(LateException.class);
  }

  @Test
  void anUnknownCodingIsNamed() {
    String location = packedAs("/a.wasm", "compress", new byte[] {0x1f, (byte) 0x9d, 1, 2, 3});

    refused(WasmErrorCategory.LOAD, location, "not one of gzip, zstd and br");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compress", "gzip", "br", "gzip, gzip", "utf-8"})
  void anEncodingIsNotBelievedOfAModuleThatIsNotPacked(String encoding) {
    assertThat(load(packedAs("/a.wasm", encoding, MODULE)).bytes()).isEqualTo(MODULE);
  }

  @Test
  void aServerThatSomebodyOutsideHasNamedChoosesNoLibrary() throws IOException {
    assertThat(Packing.acceptedContent(true)).isEqualTo("gzip");
    assertThat(
            Packing.unpackContent("gzip", new ByteArrayInputStream(packed(GZIP)), true)
                .readAllBytes())
        .isEqualTo(MODULE);
    for (String[] each : new String[][] {{"br", BROTLI}, {"zstd", ZSTD}}) {
      assertThatThrownBy(
              () -> Packing.unpackContent(each[0], new ByteArrayInputStream(packed(each[1])), true))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("somebody outside has named it, and the server packs it with");
    }
  }

  /** As when a library does not know the JVM. */
  @ParameterizedTest
  @CsvSource({"BROTLI, org.brotli:dec", "ZSTD, io.airlift:aircompressor"})
  void aLibraryThatDoesNotWorkIsNamed(Packing packing, String library) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new ExceptionInInitializerError("no Unsafe here");
          }
        };

    assertThatThrownBy(
            () -> {
              try (InputStream stream = packing.unpack(broken)) {
                stream.readAllBytes();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining(library + ", which unpacks that, does not work here (")
        .hasMessageContaining("no Unsafe here");
  }

  private static byte[] zeros(Packer packer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream stream = packer.over(bytes)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 256; i++) {
        stream.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  private interface Packer {
    OutputStream over(OutputStream stream) throws IOException;
  }

  @Test
  void aBombIsNotUnpackedToTheEnd() throws IOException {
    byte[] gzip = zeros(GZIPOutputStream::new);
    byte[] zstd = zeros(io.airlift.compress.zstd.ZstdOutputStream::new);
    assertThat(gzip.length).isLessThan(MAX_SIZE);
    assertThat(zstd.length).isLessThan(MAX_SIZE);

    String why = "unpacked, it has more than 1048576 bytes";
    refused(WasmErrorCategory.LOAD, file("a.wasm.gz", gzip), why);
    refused(WasmErrorCategory.LOAD, file("a.wasm.zst", zstd), why);
    refused(WasmErrorCategory.LOAD, file("a.wasm.br", packed(BROTLI_BOMB)), why);
    String location =
        this.server.serve(
            "/a.wasm",
            exchange -> {
              exchange.getResponseHeaders().set("Content-Encoding", "gzip");
              send(exchange, 200, gzip);
            });
    refused(WasmErrorCategory.LOAD, location, "more than 1048576 bytes");
  }

  @ParameterizedTest
  @CsvSource({".gz, gzip, " + GZIP, ".br, br, " + BROTLI, ".zst, zstd, " + ZSTD})
  void whatIsDamagedIsRefused(String suffix, String coding, String base64) throws IOException {
    byte[] whole = packed(base64);
    String why = "it can't be unpacked with " + coding;
    for (int length = 1; length < whole.length; length++) {
      refused(WasmErrorCategory.LOAD, file("a.wasm" + suffix, Arrays.copyOf(whole, length)), why);
    }
    refused(WasmErrorCategory.LOAD, file("a.wasm" + suffix, "<html>Hi</html>".getBytes()), why);
  }

  /** In a class loader that sees neither library. */
  @Test
  void aLibraryThatIsMissingIsNamed() throws Exception {
    ClassLoader poor = new PoorClassLoader();
    Class<?> packing = Class.forName(Packing.class.getName(), true, poor);
    Method accepted = packing.getDeclaredMethod("acceptedContent", boolean.class);
    accepted.setAccessible(true);
    assertThat(accepted.invoke(null, false)).isEqualTo("gzip");

    Method unpack = packing.getDeclaredMethod("unpack", InputStream.class);
    unpack.setAccessible(true);
    for (String[] each :
        new String[][] {
          {"BROTLI", "with br, and to unpack that takes the library org.brotli:dec"},
          {"ZSTD", "with zstd, and to unpack that takes the library io.airlift:aircompressor"}
        }) {
      Object constant =
          Arrays.stream(packing.getEnumConstants())
              .filter(value -> value.toString().equals(each[0]))
              .findFirst()
              .orElseThrow();
      assertThatThrownBy(() -> unpack.invoke(constant, new ByteArrayInputStream(new byte[9])))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessageContaining(each[1])
          .hasMessageContaining("not on the class path");
    }
  }

  private static final class PoorClassLoader extends ClassLoader {

    private static final String OURS = Packing.class.getPackageName();

    PoorClassLoader() {
      super(PackingTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.brotli.") || name.startsWith("io.airlift.")) {
        throw new ClassNotFoundException(name);
      }
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith(OURS)) {
          return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        return known != null ? known : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (stream == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = stream.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException failed) {
        throw new ClassNotFoundException(name, failed);
      }
    }
  }
}
