/**
 * What a module is: descriptors, providers, settings, versions and the registry that finds them.
 */
@NullMarked
package io.github.wasmspring.module;

import org.jspecify.annotations.NullMarked;
