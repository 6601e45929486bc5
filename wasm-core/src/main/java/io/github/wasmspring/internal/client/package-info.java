/**
 * The manager and all that makes a call of a call: interface proxies, sessions, arguments,
 * fallbacks, counters.
 */
@NullMarked
package io.github.wasmspring.internal.client;

import org.jspecify.annotations.NullMarked;
