/** What HotSpot makes of the engine's code, by its own log. */
@org.jspecify.annotations.NullMarked
package io.github.wasmspring.verification.hotspot;
