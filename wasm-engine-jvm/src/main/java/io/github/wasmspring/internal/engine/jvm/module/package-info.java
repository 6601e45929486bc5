/**
 * A module as the engine sees it: its types, segments and exports, what the JVM calls what is made
 * of it, and where in it a stack trace stands.
 */
@NullMarked
package io.github.wasmspring.internal.engine.jvm.module;

import org.jspecify.annotations.NullMarked;
