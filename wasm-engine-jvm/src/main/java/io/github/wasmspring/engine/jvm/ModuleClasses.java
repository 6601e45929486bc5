package io.github.wasmspring.engine.jvm;

/** The classes of a module for one form of its memories. */
interface ModuleClasses {

  /** What {@link #newContext} makes objects of. */
  Class<? extends GuestContext> contextClass();

  /** For a new instance. */
  GuestContext newContext();

  /** What has values on their way from one function to another in an instance. */
  Object newValues();

  /** What the host calls a function through. */
  GuestFunction newEntry(int function);

  /** Whether a frame is one of a class of these. */
  boolean has(StackTraceElement frame);
}
