package io.github.wasmspring.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Runs a pipeline for files, unless they are as they were when it last ran. For one thread. */
final class FileRuns<I, O extends @Nullable Object> {

  private static final Set<Class<?>> READ = Set.of(String.class, byte[].class, Path.class);
  private static final long MOST = 64L << 20;

  private final WasmPipeline<I, O> pipeline;
  private final BiConsumer<Path, WasmPipelineResult<O>> told;
  private final Map<Path, byte[]> digests = new HashMap<>();

  FileRuns(WasmPipeline<I, O> pipeline, BiConsumer<Path, WasmPipelineResult<O>> told) {
    if (!READ.contains(pipeline.input())) {
      throw new IllegalArgumentException(
          "The pipeline '%s' is given a %s, and a file is a String, a byte[] or a Path"
              .formatted(pipeline.name(), pipeline.input().getSimpleName()));
    }
    this.pipeline = pipeline;
    this.told = told;
  }

  void changed(Path file) {
    try {
      if (Files.size(file) > MOST) {
        throw new IllegalArgumentException(
            "%s has more than the %d bytes that a pipeline is given of a file"
                .formatted(file, MOST));
      }
      byte[] bytes = Files.readAllBytes(file);
      byte[] digest = digest(bytes);
      if (!Arrays.equals(digest, this.digests.put(file, digest))) {
        this.told.accept(file, this.pipeline.run(this.pipeline.input().cast(given(file, bytes))));
      }
    } catch (NoSuchFileException gone) {
      this.digests.remove(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Object given(Path file, byte[] bytes) {
    if (this.pipeline.input() == Path.class) {
      return file;
    }
    return this.pipeline.input() == byte[].class
        ? bytes
        : new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
