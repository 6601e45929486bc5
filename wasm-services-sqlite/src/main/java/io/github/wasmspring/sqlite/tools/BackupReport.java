package io.github.wasmspring.sqlite.tools;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A backup that was made.
 *
 * @param bytes of the file
 * @param restarts how often it began again because somebody had written meanwhile
 */
public record BackupReport(Path file, long bytes, int restarts, Duration duration) {}
