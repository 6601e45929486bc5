package io.github.wasmspring.engine.jvm;

import java.lang.invoke.MethodHandles;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Generates a class of a module when the JVM asks for it, that is when a function of it is first
 * called. It does so on a thread with a stack of its own: a call site whose class could not be had
 * once can never have it, so nothing of the guest's may make that fail, neither a deep stack nor an
 * interrupt. For the same reason a class is linked there too, and what fails all the same is thrown
 * as an error that the JVM does not remember.
 */
final class ModuleClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final GuestModule module;
  private final ClassMaker maker;
  private final Executor generator;
  private final @Nullable ModuleClassLoader first;

  /**
   * @param name that no other has
   * @param first what has made another form of the module, and with it the class of instances
   */
  ModuleClassLoader(
      String name,
      GuestModule module,
      ClassMaker maker,
      Executor generator,
      @Nullable ModuleClassLoader first) {
    super(name, ModuleClassLoader.class.getClassLoader());
    this.first = first;
    this.module = module;
    this.maker = maker;
    this.generator = generator;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(Names.PACKAGE)) {
      return super.loadClass(name, resolve);
    }
    if (this.first != null && name.equals(Names.PACKAGE + Names.CONTEXT_CLASS)) {
      return this.first.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : generate(name);
    }
  }

  private Class<?> generate(String name) {
    try {
      return CompletableFuture.supplyAsync(() -> define(name), this.generator).join();
    } catch (CompletionException failure) {
      throw new InternalError(
          "The class %s could not be generated: %s".formatted(name, failure.getCause()),
          failure.getCause());
    }
  }

  private Class<?> define(String name) {
    byte[] bytes = bytes(name.substring(Names.PACKAGE.length()));
    Class<?> type = defineClass(name, bytes, 0, bytes.length);
    try {
      return MethodHandles.lookup().ensureInitialized(type);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private byte[] bytes(String name) {
    if (name.equals(Names.CONTEXT_CLASS)) {
      return this.maker.context();
    }
    if (name.equals(Names.VALUES_CLASS)) {
      return this.maker.values();
    }
    if (name.startsWith(Names.FUNCTIONS)) {
      return this.maker.functions(
          number(name, Names.FUNCTIONS),
          new FunctionCompiler(this.module, Runtime.version().feature() < 18));
    }
    if (name.startsWith(Names.ENTRY)) {
      return this.maker.entry(number(name, Names.ENTRY));
    }
    if (name.startsWith(Names.THROW)) {
      return ExceptionMaker.make(this.module.signatureById(number(name, Names.THROW)));
    }
    if (name.startsWith(Names.TAIL)) {
      return this.maker.tail(this.module.signatureById(number(name, Names.TAIL)));
    }
    return this.maker.indirect(this.module.signatureById(number(name, Names.INDIRECT)));
  }

  private static int number(String name, String kind) {
    return Integer.parseInt(name.substring(kind.length()));
  }
}
