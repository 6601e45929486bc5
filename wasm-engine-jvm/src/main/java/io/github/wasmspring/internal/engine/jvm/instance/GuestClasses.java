package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;

/** The classes of a module for one form of its memories. */
public interface GuestClasses {

  /** What {@link #newContext} makes objects of. */
  Class<? extends GuestContext> contextClass();

  /** For a new instance. */
  GuestContext newContext();

  /** What has values on their way from one function to another in an instance. */
  Object newValues();

  /**
   * What the host calls a function through.
   *
   * @param function see {@link GuestModule#isEntry}
   */
  GuestFunction newEntry(int function);

  /**
   * What the host calls any function through that may be in a table.
   *
   * @param signature of the function
   */
  GuestFunction newElement(int signature);

  /** Makes the class of a group of functions, if it was not made yet. */
  void makeGroup(int group);

  /** Whether a frame is one of a class of these. */
  boolean has(StackTraceElement frame);
}
