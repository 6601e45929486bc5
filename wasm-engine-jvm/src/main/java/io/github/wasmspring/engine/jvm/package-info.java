/** An engine of our own: functions become JVM bytecode when they are first called. */
@NullMarked
package io.github.wasmspring.engine.jvm;

import org.jspecify.annotations.NullMarked;
