package io.github.wasmspring.internal.engine;

/** Whether this JVM takes classes that are made while the program runs. */
public final class RuntimeClasses {

  private RuntimeClasses() {}

  /** Everywhere but in a native image of GraalVM. */
  public static boolean arePossible() {
    return System.getProperty("org.graalvm.nativeimage.imagecode") == null;
  }
}
