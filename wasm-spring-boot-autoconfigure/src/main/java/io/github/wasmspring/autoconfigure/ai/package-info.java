/** Operations of modules as tools of AI models: Spring AI's tool callbacks, and MCP by them. */
@NullMarked
package io.github.wasmspring.autoconfigure.ai;

import org.jspecify.annotations.NullMarked;
