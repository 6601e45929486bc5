/**
 * The performance monitor: how long calls take, whether they become slower, and figures of users.
 */
@NullMarked
package io.github.wasmspring.autoconfigure.monitor;

import org.jspecify.annotations.NullMarked;
