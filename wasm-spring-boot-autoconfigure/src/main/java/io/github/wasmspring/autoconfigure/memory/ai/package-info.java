/** Agent memory for Spring AI: its chat memory, and its models for similarity. */
@NullMarked
package io.github.wasmspring.autoconfigure.memory.ai;

import org.jspecify.annotations.NullMarked;
