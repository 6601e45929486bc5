package io.github.wasmspring.internal.module;

/**
 * Sees the application from every thread. In an executable jar the context class loader of the
 * common pool's threads sees nothing of it, and other threads have none at all.
 */
public final class ApplicationClassLoader {

  private ApplicationClassLoader() {}

  /** The context class loader if it knows this library, else the one that this library is from. */
  public static ClassLoader get() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null && knowsUs(context)
        ? context
        : ApplicationClassLoader.class.getClassLoader();
  }

  private static boolean knowsUs(ClassLoader loader) {
    try {
      return Class.forName(ApplicationClassLoader.class.getName(), false, loader)
          == ApplicationClassLoader.class;
    } catch (ClassNotFoundException | LinkageError unknown) {
      return false;
    }
  }
}
