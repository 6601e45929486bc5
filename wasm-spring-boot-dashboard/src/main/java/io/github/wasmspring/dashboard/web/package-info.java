/** Requests to the dashboard: who may ask, what is answered, what is done. */
@NullMarked
package io.github.wasmspring.dashboard.web;

import org.jspecify.annotations.NullMarked;
