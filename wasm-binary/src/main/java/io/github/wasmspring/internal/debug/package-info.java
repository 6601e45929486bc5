/**
 * What tools leave in a module for those who look for faults: of DWARF the tables of lines. All of
 * it is the guest's own word, so that reading it is bounded and never fails.
 */
@NullMarked
package io.github.wasmspring.internal.debug;

import org.jspecify.annotations.NullMarked;
