/** Whether an application has a dashboard, and who can reach it. */
@NullMarked
package io.github.wasmspring.dashboard.autoconfigure;

import org.jspecify.annotations.NullMarked;
