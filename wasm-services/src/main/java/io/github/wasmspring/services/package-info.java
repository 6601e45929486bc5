/** All services behind one entry point. */
@NullMarked
package io.github.wasmspring.services;

import org.jspecify.annotations.NullMarked;
