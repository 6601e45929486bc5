/**
 * Instances, from their first bytes to their last call, and what they give each other: functions,
 * tables, memories, globals and tags. They run code, however it was made.
 */
@NullMarked
package io.github.wasmspring.internal.engine.jvm.instance;

import org.jspecify.annotations.NullMarked;
