/** What several rooms need to know of modules and how they are spoken of. */
@NullMarked
package io.github.wasmspring.internal.module;

import org.jspecify.annotations.NullMarked;
