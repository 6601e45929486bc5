package io.github.wasmspring.internal.sqlite.guest;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch.
 *
 * @param changes of each row of parameters that was run
 * @param rowids that were the last after each of them
 * @param failure of the next one, {@code null} if all were run
 */
public record BatchOutcome(long[] changes, long[] rowids, @Nullable SQLException failure) {}
