package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.view.ProgressLog;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Takes the bytes of a plug-in to a file, within their limit, and hands them on. */
final class PluginUpload {

  private static final int CHUNK = 64 << 10;
  private static final int LONGEST_SIGNATURE = 4 << 10;
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
    check(plugins, id, request);
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
            try {
              copy(request, file, plugins.maxBytes(), work);
              return plugins.upload(id, file, request.getParameter("signature"), principal);
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

  private static void check(DashboardPlugins plugins, String id, HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/wasm")) {
      throw DashboardRefusal.badRequest(
          "The body has to be a module (Content-Type: application/wasm)");
    }
    if (!id.equals(request.getParameter("confirm"))) {
      throw DashboardRefusal.unconfirmed(id);
    }
    String signature = request.getParameter("signature");
    if (signature != null && signature.length() > LONGEST_SIGNATURE) {
      throw DashboardRefusal.tooLarge("The signature is too long");
    }
    if (request.getContentLengthLong() > plugins.maxBytes()) {
      throw tooLarge(plugins.maxBytes());
    }
  }

  private static DashboardRefusal tooLarge(long most) {
    return DashboardRefusal.tooLarge("A plug-in may have at most %,d bytes".formatted(most));
  }

  private void copy(HttpServletRequest request, Path file, long most, String work)
      throws IOException {
    long expected = request.getContentLengthLong();
    long copied = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = request.getInputStream();
        OutputStream out = Files.newOutputStream(file)) {
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
