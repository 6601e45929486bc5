package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/**
 * A file that is a plug-in: {@code <id>.wasm} or {@code <id>-<version>.wasm}.
 *
 * @param version {@code null} if its name says none
 */
record DropInFile(Path path, String id, @Nullable Semver version) {

  private static final Pattern NAME =
      Pattern.compile("(.+?)(?:-(\\d+\\.\\d+\\.\\d+(?:[-+][0-9A-Za-z.+-]+)?))?\\.wasm");

  /** The newest version last; one without a version comes before all others. */
  static final Comparator<DropInFile> BY_VERSION =
      Comparator.comparing(
          DropInFile::version, Comparator.nullsFirst(Comparator.<Semver>naturalOrder()));

  /** What can be seen of a file and of its signature, without reading them. */
  record Stamp(
      long size, FileTime time, @Nullable Object key, long signatureSize, FileTime signatureTime) {

    /** Whether nothing has been written for some time, as far as clocks can tell. */
    boolean isOlderThan(Duration age) {
      FileTime latest =
          this.time.compareTo(this.signatureTime) > 0 ? this.time : this.signatureTime;
      return latest.toInstant().isBefore(Instant.now().minus(age));
    }
  }

  /**
   * @throws IllegalArgumentException if it is named like a plug-in, and can't be one
   */
  static @Nullable DropInFile of(Path path) {
    String name = String.valueOf(path.getFileName());
    Matcher matcher = NAME.matcher(name);
    if (name.startsWith(".") || !matcher.matches()) {
      return null;
    }
    String id = matcher.group(1);
    WasmModuleDescriptor.builder(id);
    String version = matcher.group(2);
    return new DropInFile(path, id, version == null ? null : Semver.parse(version));
  }

  String name() {
    return String.valueOf(this.path.getFileName());
  }

  /**
   * @param signatureSuffixes what the file of its signature may be called behind its own name
   * @return {@code null} if there is no such file, or it is no regular one
   */
  @Nullable Stamp stamp(List<String> signatureSuffixes) throws IOException {
    try {
      BasicFileAttributes module = Files.readAttributes(this.path, BasicFileAttributes.class);
      if (!module.isRegularFile()) {
        return null;
      }
      BasicFileAttributes signature = signature(signatureSuffixes);
      return new Stamp(
          module.size(),
          module.lastModifiedTime(),
          module.fileKey(),
          signature == null ? -1 : signature.size(),
          signature == null ? FileTime.fromMillis(0) : signature.lastModifiedTime());
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  /** The first that is there, as it is the one that counts. */
  private @Nullable BasicFileAttributes signature(List<String> suffixes) throws IOException {
    for (String suffix : suffixes) {
      try {
        return Files.readAttributes(
            this.path.resolveSibling(name() + suffix), BasicFileAttributes.class);
      } catch (NoSuchFileException none) {
        continue;
      }
    }
    return null;
  }
}
