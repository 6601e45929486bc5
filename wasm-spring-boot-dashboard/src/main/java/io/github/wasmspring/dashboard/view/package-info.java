/** What the dashboard shows, as values that are written as JSON, and who reads them. */
@NullMarked
package io.github.wasmspring.dashboard.view;

import org.jspecify.annotations.NullMarked;
