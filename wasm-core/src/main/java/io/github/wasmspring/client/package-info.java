/**
 * What an application talks to: the manager, its fluent interface, interface proxies and sessions.
 */
@NullMarked
package io.github.wasmspring.client;

import org.jspecify.annotations.NullMarked;
