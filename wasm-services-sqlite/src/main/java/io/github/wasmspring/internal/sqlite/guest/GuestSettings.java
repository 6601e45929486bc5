package io.github.wasmspring.internal.sqlite.guest;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What guests are made with that share a module.
 *
 * @param directory what they see of the file system, {@code null} for nothing
 * @param readOnly whether they may change nothing there
 * @param memory the most bytes that one may have
 * @param writes the most bytes that one may write into files
 * @param longestCall after which a call is stopped whatever happens
 */
public record GuestSettings(
    @Nullable Path directory, boolean readOnly, long memory, long writes, Duration longestCall) {

  /** Where guests see the directory: in the root, for SQLite looks at all that is above a file. */
  static final String MOUNT = "/db";
}
