/** What the endpoint of modules shows of the performance monitor. */
@NullMarked
package io.github.wasmspring.autoconfigure.monitor.endpoint;

import org.jspecify.annotations.NullMarked;
