/**
 * From methods to classes: groups of functions, big functions that are split, and the classes that
 * calls go through; made when they are first used, kept on disk, or made in the build.
 */
@NullMarked
package io.github.wasmspring.internal.engine.jvm.classes;

import org.jspecify.annotations.NullMarked;
