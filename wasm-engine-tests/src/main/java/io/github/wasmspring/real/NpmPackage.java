package io.github.wasmspring.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.opentest4j.TestAbortedException;

/**
 * A file of a package in the npm registry, for modules that no jar has. It is kept in {@code
 * target/npm}; a test that can't have it is aborted.
 *
 * @param tarball its address below the registry
 * @param path inside of the tarball
 * @param sha256 of the file
 */
public record NpmPackage(String tarball, String path, String sha256) {

  public static final NpmPackage QUICKJS =
      new NpmPackage(
          "quickjs-wasi/-/quickjs-wasi-3.6.2.tgz",
          "package/quickjs.wasm",
          "d4c9375f2b1ca4dc95f72c8aa2982a7a9951ac8011490d79c6582df732b4bbd9");

  public static final NpmPackage SQLITE =
      new NpmPackage(
          "sql.js/-/sql.js-1.16.0.tgz",
          "package/dist/sql-wasm.wasm",
          "43bbcdd44287e5a2db3b6b5af34b1a3485a7a441285d247976c1ebe3c61f8dbf");

  private static final int BLOCK = 512;

  public byte[] bytes() {
    Path kept = Path.of("target", "npm", this.sha256 + ".wasm");
    try {
      if (!Files.exists(kept)) {
        Files.createDirectories(kept.getParent());
        Path partial = Files.createTempFile(kept.getParent(), "npm", ".part");
        Files.write(partial, verified(download()));
        Files.move(partial, kept, StandardCopyOption.REPLACE_EXISTING);
      }
      return verified(Files.readAllBytes(kept));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private byte[] verified(byte[] bytes) {
    try {
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      if (!digest.equals(this.sha256)) {
        throw new IllegalStateException(this.path + " has the digest " + digest);
      }
      return bytes;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Where this machine's npm gets its packages, with a slash at the end. */
  private static String registry() {
    try {
      Process npm = new ProcessBuilder("npm", "config", "get", "registry").start();
      String registry = new String(npm.getInputStream().readAllBytes(), UTF_8).strip();
      return registry.endsWith("/") ? registry : registry + "/";
    } catch (IOException none) {
      throw new TestAbortedException("There is no npm to ask for its registry", none);
    }
  }

  private byte[] download() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry()).resolve(this.tarball))
            .timeout(Duration.ofMinutes(1))
            .build();
    try {
      HttpResponse<byte[]> response =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new TestAbortedException(request.uri() + " answered " + response.statusCode());
      }
      return unpack(response.body());
    } catch (IOException unreachable) {
      throw new TestAbortedException(request.uri() + " can't be had", unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TestAbortedException("interrupted", interrupted);
    }
  }

  /**
   * The file in a gzip-compressed tar archive, whose headers have the name first and sizes octal.
   */
  private byte[] unpack(byte[] archive) throws IOException {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(archive));
        DataInputStream tar = new DataInputStream(gzip)) {
      byte[] header = new byte[BLOCK];
      while (true) {
        tar.readFully(header);
        int size = Integer.parseInt(field(header, 124, 12).trim(), 8);
        byte[] contents = new byte[size];
        tar.readFully(contents);
        tar.readFully(new byte[(BLOCK - size % BLOCK) % BLOCK]);
        if (field(header, 0, 100).equals(this.path)) {
          return contents;
        }
      }
    }
  }

  private static String field(byte[] header, int start, int length) {
    String field = new String(header, start, length, StandardCharsets.US_ASCII);
    int end = field.indexOf(0);
    return end < 0 ? field : field.substring(0, end);
  }
}
