/** Messages between modules: routes by topic, bounded queues, dead letters. */
@NullMarked
package io.github.wasmspring.channel;

import org.jspecify.annotations.NullMarked;
