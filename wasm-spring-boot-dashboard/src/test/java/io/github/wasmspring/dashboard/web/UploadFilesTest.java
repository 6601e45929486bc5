package io.github.wasmspring.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFilesTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.now().minusSeconds(3700));

  @TempDir private Path directory;

  private Path left(String name, FileTime modified) throws IOException {
    Path file = Files.write(this.directory.resolve(name), new byte[10]);
    return Files.setLastModifiedTime(file, modified);
  }

  @Test
  void whatAKilledProcessLeftGoesAfterAnHourAndNothingElse() throws IOException {
    left("wasm-dashboard-upload-123.wasm", LONG_AGO);
    Path young = left("wasm-dashboard-upload-456.wasm", FileTime.from(Instant.now()));
    Path mine = left("wasm-dashboard-upload-mine.wasm", LONG_AGO);
    Path other = left("report.wasm", LONG_AGO);

    Path created = new UploadFiles(this.directory).create();

    assertThat(created).isEmptyFile();
    try (Stream<Path> files = Files.list(this.directory)) {
      assertThat(files).containsExactlyInAnyOrder(created, young, mine, other);
    }
  }

  @Test
  void whatCanNotBeDeletedKeepsNobodyFromUploading() throws IOException {
    Path folder = Files.createDirectory(this.directory.resolve("wasm-dashboard-upload-1.wasm"));
    Files.setLastModifiedTime(folder, LONG_AGO);
    assertThat(new UploadFiles(this.directory).create()).exists();
    assertThat(folder).exists();
  }
}
