package io.github.wasmspring.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of a folder go through a pipeline. */
@Timeout(120)
class PipelineWatchTest {

  private static final Duration DEBOUNCE = Duration.ofMillis(100);

  private final WasmRuntime runtime = WasmRuntime.create();
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final List<WasmFolderWatch> watches = new ArrayList<>();
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void find() throws IOException {
    this.folder = this.temporary.toRealPath();
  }

  @AfterEach
  void close() {
    this.watches.forEach(WasmFolderWatch::close);
    this.runtime.close();
  }

  private WasmPipeline<String, String> trimming() {
    return WasmPipeline.builder("trim", this.runtime.manager(), String.class)
        .function("strip", String.class, (text, run) -> text.strip())
        .build();
  }

  private WasmFolderWatch watch(boolean existing) {
    return trimming()
        .watch(
            this.folder,
            "**.txt",
            DEBOUNCE,
            existing,
            (file, result) -> this.told.add(file.getFileName() + "=" + result.value()));
  }

  private String next() throws InterruptedException {
    return this.told.poll(60, TimeUnit.SECONDS);
  }

  @Test
  void whatIsWrittenGoesThrough() throws Exception {
    this.watches.add(watch(false));
    Files.writeString(this.folder.resolve("other.md"), " no ");
    Files.writeString(this.folder.resolve("a.txt"), " one ");
    assertThat(next()).isEqualTo("a.txt=one");
    Files.writeString(this.folder.resolve("a.txt"), " two ");
    assertThat(next()).isEqualTo("a.txt=two");
    assertThat(this.told).isEmpty();
  }

  @Test
  void foldersThatComeLaterAreWatchedToo() throws Exception {
    this.watches.add(watch(false));
    Path deep = Files.createDirectories(this.folder.resolve("x/y"));
    Files.writeString(deep.resolve("a.txt"), " one ");
    assertThat(next()).isEqualTo("a.txt=one");
    Files.writeString(deep.resolve("b.txt"), " two ");
    assertThat(next()).isEqualTo("b.txt=two");
  }

  @Test
  void whatIsThereAlreadyGoesThroughIfItIsAskedFor() throws Exception {
    Files.writeString(this.folder.resolve("b.txt"), " two ");
    Files.writeString(this.folder.resolve("a.txt"), " one ");
    this.watches.add(watch(true));
    assertThat(next()).isEqualTo("a.txt=one");
    assertThat(next()).isEqualTo("b.txt=two");
  }

  /** As a formatter does it: it stops as soon as nothing changes. */
  @Test
  void aRunMayWriteItsOwnFile() throws Exception {
    this.watches.add(
        trimming()
            .watch(
                this.folder,
                "*.txt",
                DEBOUNCE,
                false,
                (file, result) -> {
                  write(file, result.value());
                  this.told.add(result.value());
                }));
    Files.writeString(this.folder.resolve("a.txt"), " one ");
    assertThat(next()).isEqualTo("one");
    assertThat(next()).isEqualTo("one");
    Files.writeString(this.folder.resolve("b.txt"), "end");
    assertThat(next()).isEqualTo("end");
    assertThat(this.told).isEmpty();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void whatFailsWithOneFileDoesNotEndTheWatch() throws Exception {
    this.watches.add(
        trimming()
            .watch(
                this.folder,
                "*.txt",
                DEBOUNCE,
                false,
                (file, result) -> {
                  if (result.value().equals("bad")) {
                    throw new IllegalStateException("expected");
                  }
                  this.told.add(result.value());
                }));
    Files.writeString(this.folder.resolve("a.txt"), "bad");
    Files.writeString(this.folder.resolve("b.txt"), "good");
    assertThat(next()).isEqualTo("good");
  }

  @Test
  void nothingIsToldAfterTheEnd() throws Exception {
    WasmFolderWatch watch = watch(false);
    watch.close();
    Files.writeString(this.folder.resolve("a.txt"), "one");
    this.watches.add(watch(true));
    assertThat(next()).isEqualTo("a.txt=one");
    assertThat(this.told).isEmpty();
  }

  @Test
  void whatCanNotBeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trimming()
                    .watch(this.folder.resolve("none"), "*", DEBOUNCE, false, (file, result) -> {}))
        .withMessageContaining("none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WasmPipeline.builder("numbers", this.runtime.manager(), Integer.class)
                    .function("same", Integer.class, (number, run) -> number)
                    .build()
                    .watch(this.folder, "*", DEBOUNCE, false, (file, result) -> {}))
        .withMessageContaining("Integer");
  }
}
