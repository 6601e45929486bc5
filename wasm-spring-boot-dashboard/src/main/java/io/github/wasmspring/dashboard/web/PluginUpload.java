package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.view.ProgressLog;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of a plug-in to a file, within their limit, and hands them on. Where the request
 * names {@code signature-bytes}, so many bytes of its body are the signature, and the module
 * follows: a bundle of sigstore is too long for an address.
 */
final class PluginUpload {

  private static final int CHUNK = 64 << 10;
  private static final String SIGNATURE_BYTES = "signature-bytes";

  /** Of a bundle of sigstore; those of minisign are shorter. */
  private static final int LONGEST_SIGNATURE = 256 << 10;

  private static final double HANDED_ON = 0.9;

  private final ActionRunner runner;
  private final ProgressLog progress;
  private final UploadFiles files = new UploadFiles();
  private final Semaphore turns = new Semaphore(ActionRunner.MOST);

  PluginUpload(ActionRunner runner, ProgressLog progress) {
    this.runner = runner;
    this.progress = progress;
  }

  ActionAnswer receive(
      DashboardPlugins plugins, String id, HttpServletRequest request, @Nullable String principal)
      throws IOException {
    int signatureBytes = signatureBytes(request);
    check(plugins, id, request, signatureBytes);
    if (!this.turns.tryAcquire()) {
      throw DashboardRefusal.busy();
    }
    ActionRequest action =
        new ActionRequest("upload", "plugin-upload", "Upload plug-in " + id, id, "", principal);
    try {
      String work = this.runner.begin(action);
      return this.runner.runHere(
          work,
          action,
          () -> {
            Path file = this.files.create();
            try (InputStream in = request.getInputStream()) {
              String signature = signature(in, signatureBytes);
              long expected = request.getContentLengthLong();
              copy(
                  in,
                  expected < 0 ? -1 : expected - signatureBytes,
                  file,
                  plugins.maxBytes(),
                  work);
              return plugins.upload(id, file, signature, principal);
            } finally {
              Files.deleteIfExists(file);
            }
          });
    } catch (IOException | RuntimeException failure) {
      throw DashboardRefusal.failed(failure).audited();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    } finally {
      this.turns.release();
    }
  }

  private static int signatureBytes(HttpServletRequest request) {
    String given = request.getParameter(SIGNATURE_BYTES);
    if (given == null) {
      return 0;
    }
    if (!given.matches("[1-9][0-9]{0,8}")) {
      throw DashboardRefusal.badRequest(
          "'%s' has to be the length of the signature".formatted(SIGNATURE_BYTES));
    }
    int bytes = Integer.parseInt(given);
    if (bytes > LONGEST_SIGNATURE) {
      throw DashboardRefusal.tooLarge(
          "A signature may have at most %,d bytes".formatted(LONGEST_SIGNATURE));
    }
    return bytes;
  }

  private static @Nullable String signature(InputStream in, int bytes) throws IOException {
    if (bytes == 0) {
      return null;
    }
    byte[] signature = in.readNBytes(bytes);
    if (signature.length < bytes) {
      throw new IOException(
          "The upload ended after %,d of %,d bytes of the signature"
              .formatted(signature.length, bytes));
    }
    return new String(signature, StandardCharsets.UTF_8);
  }

  private static void check(
      DashboardPlugins plugins, String id, HttpServletRequest request, int signatureBytes) {
    String type = request.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/wasm")) {
      throw DashboardRefusal.badRequest(
          "The body has to be a module (Content-Type: application/wasm)");
    }
    if (!id.equals(request.getParameter("confirm"))) {
      throw DashboardRefusal.unconfirmed(id);
    }
    if (request.getContentLengthLong() - signatureBytes > plugins.maxBytes()) {
      throw tooLarge(plugins.maxBytes());
    }
  }

  private static DashboardRefusal tooLarge(long most) {
    return DashboardRefusal.tooLarge("A plug-in may have at most %,d bytes".formatted(most));
  }

  /**
   * @param expected how many bytes there are, negative if nobody knows
   */
  private void copy(InputStream in, long expected, Path file, long most, String work)
      throws IOException {
    long copied = 0;
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        copied += read;
        if (copied > most) {
          throw tooLarge(most);
        }
        out.write(chunk, 0, read);
        if (expected > 0) {
          this.progress.advance(
              work,
              HANDED_ON * copied / expected,
              "%,d of %,d bytes are here".formatted(copied, expected));
        }
      }
    }
    if (expected >= 0 && copied != expected) {
      throw new IOException("The upload ended after %,d of %,d bytes".formatted(copied, expected));
    }
    this.progress.advance(work, HANDED_ON, "is checked and installed");
  }
}
