package io.github.wasmspring.internal.sqlite.guest;

/**
 * A statement that the guest has prepared.
 *
 * @param handle 0 for text that is nothing but space and comments
 * @param columns of its rows, 0 if it answers none
 * @param parameters that need a value
 * @param readOnly whether it changes no database
 */
public record PreparedSql(int handle, int columns, int parameters, boolean readOnly) {}
