/** Tools for databases of this driver: a cache of answers, plans, advice, copies and checks. */
@NullMarked
package io.github.wasmspring.sqlite.tools;

import org.jspecify.annotations.NullMarked;
