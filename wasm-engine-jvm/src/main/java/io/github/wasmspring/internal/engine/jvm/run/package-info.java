/**
 * What code stands on while it runs: the memories, tables and globals of an instance, arithmetic,
 * exceptions and traps. Generated code names these classes; they know neither modules nor
 * compilers.
 */
@NullMarked
package io.github.wasmspring.internal.engine.jvm.run;

import org.jspecify.annotations.NullMarked;
