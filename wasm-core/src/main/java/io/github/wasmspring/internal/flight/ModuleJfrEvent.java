package io.github.wasmspring.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What all events have. */
@Category("WebAssembly")
@Registered(false)
@StackTrace(false)
abstract class ModuleJfrEvent extends Event {

  static final String PREFIX = "io.github.wasmspring.";

  /** What {@code outcome} says where nothing has failed, as in our meters. */
  static final String SUCCESS = "SUCCESS";

  @Label("Module")
  @Nullable String module;

  @Label("Version")
  @Nullable String version;
}
