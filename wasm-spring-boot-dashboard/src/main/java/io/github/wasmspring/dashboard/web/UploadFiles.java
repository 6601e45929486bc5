package io.github.wasmspring.dashboard.web;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where uploads are until they are installed. A process that is killed meanwhile leaves one behind,
 * which goes when somebody uploads something an hour later or more.
 */
final class UploadFiles {

  private static final Logger logger = LoggerFactory.getLogger(UploadFiles.class);

  private static final String PREFIX = "wasm-dashboard-upload-";
  private static final String SUFFIX = ".wasm";
  private static final String MADE_HERE = PREFIX + "\\d+" + SUFFIX;
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path directory;

  UploadFiles() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  UploadFiles(Path directory) {
    this.directory = directory;
  }

  /** An empty one, which only this user can read. */
  Path create() throws IOException {
    Path created = Files.createTempFile(this.directory, PREFIX, SUFFIX);
    deleteAbandoned();
    return created;
  }

  private void deleteAbandoned() {
    Instant before = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(this.directory, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        if (String.valueOf(file.getFileName()).matches(MADE_HERE)) {
          deleteIfOlder(file, before);
        }
      }
    } catch (IOException | DirectoryIteratorException failure) {
      logger.debug("Uploads that were left behind in {} stay there", this.directory, failure);
    }
  }

  /** That of another user stays. */
  private static void deleteIfOlder(Path file, Instant before) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isRegularFile()
          && attributes.lastModifiedTime().toInstant().isBefore(before)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      logger.debug("{} stays where it is", file, failure);
    }
  }
}
