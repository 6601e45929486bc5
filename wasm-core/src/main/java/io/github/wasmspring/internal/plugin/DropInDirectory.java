package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.internal.file.FileFailure;
import io.github.wasmspring.internal.module.ShownText;
import io.github.wasmspring.internal.plugin.DropInFile.Stamp;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginStatus;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory whose files are plug-ins. Looked through again and again, by one thread at a time:
 * what is there and has not changed for some time is installed, or replaces what was there, and
 * what is gone for some time is disabled. What can't be installed is said once.
 */
final class DropInDirectory {

  private static final Logger logger = LoggerFactory.getLogger(DropInDirectory.class);

  private static final int MOST_FAILURES = 10;
  private static final int MOST_DOUBLINGS = 8;

  private final Path directory;
  private final DefaultWasmPlugins plugins;
  private final Duration settleTime;
  private final Duration pollInterval;

  /** What was seen of each plug-in, by ids. */
  private final Map<String, Sight> seen = new HashMap<>();

  /** What has been said of each file, or of the directory. */
  private final Map<String, String> said = new HashMap<>();

  /** A file as it was when it was first seen like that; without a stamp it is gone. */
  private static final class Sight {

    private final @Nullable DropInFile file;
    private final @Nullable Stamp stamp;
    private boolean done;
    private int failures;
    private long notBefore;

    Sight(@Nullable DropInFile file, @Nullable Stamp stamp, long since) {
      this.file = file;
      this.stamp = stamp;
      this.notBefore = since;
    }

    boolean isOf(@Nullable DropInFile other, @Nullable Stamp now) {
      return Objects.equals(this.file, other) && Objects.equals(this.stamp, now);
    }
  }

  DropInDirectory(
      Path directory, DefaultWasmPlugins plugins, Duration settleTime, Duration pollInterval) {
    this.directory = directory;
    this.plugins = plugins;
    this.settleTime = settleTime;
    this.pollInterval = pollInterval;
  }

  /**
   * Looks through it.
   *
   * @param now in nanoseconds, of a clock that only goes on
   * @return in how many nanoseconds it is to be looked through again at the latest
   */
  long look(long now) {
    Map<String, DropInFile> files;
    try {
      files = files();
    } catch (IOException failure) {
      // As good as unchanged: nothing is disabled because a disk is away for a moment.
      say(
          this.directory.toString(),
          "The directory %s can't be looked through for WebAssembly plug-ins (wasm.plugins.watch): %s. What is installed stays as it is"
              .formatted(this.directory, FileFailure.reason(failure)));
      return this.pollInterval.toNanos();
    }
    this.said.remove(this.directory.toString());
    long next = this.pollInterval.toNanos();
    Set<String> ids = new HashSet<>(files.keySet());
    ids.addAll(installedFromHere());
    this.seen.keySet().retainAll(ids);
    for (String id : ids) {
      next = Math.min(next, look(id, files.get(id), now));
    }
    return next;
  }

  /** The file of the newest version of each plug-in, by ids. */
  private Map<String, DropInFile> files() throws IOException {
    Map<String, DropInFile> newest = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(this.directory, "*.wasm")) {
      for (Path path : all) {
        DropInFile file = file(path);
        if (file != null && Files.isRegularFile(path)) {
          newest.merge(
              file.id(),
              file,
              (one, other) -> DropInFile.BY_VERSION.compare(one, other) >= 0 ? one : other);
        }
      }
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
    return newest;
  }

  private @Nullable DropInFile file(Path path) {
    try {
      return DropInFile.of(path);
    } catch (IllegalArgumentException impossible) {
      say(
          path.toString(),
          "The file %s is not installed as a WebAssembly plug-in: %s; rename it"
              .formatted(ShownText.of(path.toString()), impossible.getMessage()));
      return null;
    }
  }

  private Set<String> installedFromHere() {
    Set<String> ids = new HashSet<>();
    for (WasmPluginStatus plugin : this.plugins.list()) {
      if (isFromHere(plugin)) {
        ids.add(plugin.id());
      }
    }
    return ids;
  }

  private boolean isFromHere(WasmPluginStatus plugin) {
    int slash = plugin.source().lastIndexOf('/');
    String any = PluginGate.source(WasmPluginRequest.of(plugin.id()).file(anyFile()));
    return slash >= 0
        && plugin.source().substring(0, slash).equals(any.substring(0, any.lastIndexOf('/')));
  }

  private Path anyFile() {
    return this.directory.toAbsolutePath().resolve("any.wasm");
  }

  private long look(String id, @Nullable DropInFile file, long now) {
    Stamp stamp = null;
    try {
      stamp = file == null ? null : file.stamp(this.plugins.signatureSuffixes());
    } catch (IOException unreadable) {
      // Reading it says the same.
    }
    Sight sight = this.seen.get(id);
    if (sight == null || !sight.isOf(file, stamp)) {
      sight = new Sight(file, stamp, now);
      this.seen.put(id, sight);
      boolean old = stamp != null && stamp.isOlderThan(this.settleTime);
      if (!old) {
        sight.notBefore = now + this.settleTime.toNanos();
      }
    }
    if (sight.done) {
      return Long.MAX_VALUE;
    }
    long left = sight.notBefore - now;
    if (left > 0) {
      return left;
    }
    act(id, sight, now);
    return sight.done ? Long.MAX_VALUE : sight.notBefore - now;
  }

  private void act(String id, Sight sight, long now) {
    try {
      if (sight.file == null) {
        gone(id);
      } else {
        put(id, sight.file);
      }
      sight.done = true;
      this.said.remove(id);
    } catch (RuntimeException failure) {
      boolean passing = isPassing(sight, failure);
      sight.done = !passing;
      sight.notBefore =
          now + (this.pollInterval.toNanos() << Math.min(sight.failures, MOST_DOUBLINGS));
      say(
          id,
          "%s: %s. %s"
              .formatted(
                  sight.file == null
                      ? "The WebAssembly plug-in '%s', whose file is gone, can't be disabled"
                          .formatted(id)
                      : "The file %s is not installed as a WebAssembly plug-in"
                          .formatted(ShownText.of(sight.file.path().toString())),
                  PluginLocation.replacedIn(String.valueOf(failure.getMessage()), id, "it"),
                  passing
                      ? "It is tried again"
                      : "Put another file in its place; what was installed before goes on"));
    }
  }

  /** What can't be read may be readable later, and is asked for less and less often. */
  private static boolean isPassing(Sight sight, RuntimeException failure) {
    WasmErrorCategory category = failure instanceof WasmException known ? known.category() : null;
    if (category == WasmErrorCategory.LOAD) {
      sight.failures++;
      return sight.file == null || sight.failures < MOST_FAILURES;
    }
    return category == WasmErrorCategory.REJECTED;
  }

  private void gone(String id) {
    Optional<WasmPluginStatus> plugin = this.plugins.find(id);
    if (plugin.isPresent() && isFromHere(plugin.get())) {
      this.plugins.fileGone(id);
      logger.info("WebAssembly plug-in '{}' is disabled, for its file is gone", id);
    }
  }

  private void put(String id, DropInFile file) {
    WasmPluginRequest request = WasmPluginRequest.of(id).file(file.path());
    if (file.version() != null) {
      request = request.version(file.version().getVersion());
    }
    WasmPluginStatus before = this.plugins.find(id).orElse(null);
    if (before == null) {
      this.plugins.install(request);
    } else {
      StoredRevision givenUp = this.plugins.updateUnlessGivenUp(request);
      if (givenUp != null) {
        logger.warn(
            "The file {} is left alone: it is revision {} of the WebAssembly plug-in '{}', which was rolled back ({}). Put another file in its place, or go back to that revision",
            file.path(),
            givenUp.number(),
            id,
            givenUp.note());
      }
    }
    if (this.plugins.isFileGone(id)) {
      this.plugins.enable(id);
    }
    WasmPluginStatus after = this.plugins.find(id).orElse(null);
    if (after == null) {
      return;
    }
    if (before == null
        || before.revision() != after.revision()
        || before.state() != after.state()) {
      logger.info(
          "WebAssembly plug-in {} {} is there as revision {}, from {}",
          id,
          after.version(),
          after.revision(),
          file.path());
    }
  }

  /** Once. */
  private void say(String what, String message) {
    if (!message.equals(this.said.put(what, message))) {
      logger.warn(message);
    }
  }
}
