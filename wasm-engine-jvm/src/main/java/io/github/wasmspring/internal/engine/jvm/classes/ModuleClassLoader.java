package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.engine.jvm.instance.GuestClasses;
import io.github.wasmspring.internal.engine.jvm.instance.GuestFunction;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
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
final class ModuleClassLoader extends ClassLoader implements GuestClasses {

  static {
    registerAsParallelCapable();
  }

  private final String prefix;
  private final ClassMaker maker;
  private final Executor generator;
  private final @Nullable Class<?> context;
  private final @Nullable ClassArchive archive;

  /**
   * @param name that no other has
   * @param context the class of instances, if another form of the module has made it
   * @param archive where classes are kept
   */
  ModuleClassLoader(
      String name,
      ClassNames names,
      ClassMaker maker,
      Executor generator,
      @Nullable Class<?> context,
      @Nullable ClassArchive archive) {
    super(name, ModuleClassLoader.class.getClassLoader());
    this.prefix = names.prefix().replace('/', '.');
    this.maker = maker;
    this.generator = generator;
    this.context = context;
    this.archive = archive;
  }

  @Override
  public boolean has(StackTraceElement frame) {
    return Objects.equals(getName(), frame.getClassLoaderName());
  }

  @Override
  public Class<? extends GuestContext> contextClass() {
    return find(ClassNames.CONTEXT).asSubclass(GuestContext.class);
  }

  @Override
  public GuestContext newContext() {
    return (GuestContext) newObject(ClassNames.CONTEXT);
  }

  @Override
  public Object newValues() {
    return newObject(ClassNames.VALUES);
  }

  @Override
  public GuestFunction newEntry(int function) {
    return (GuestFunction) newObject(ClassNames.ENTRY + function);
  }

  @Override
  public GuestFunction newElement(int signature) {
    return (GuestFunction) newObject(ClassNames.ELEMENT + signature);
  }

  @Override
  public void makeGroup(int group) {
    find(ClassNames.FUNCTIONS + group);
  }

  private Object newObject(String name) {
    try {
      return find(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Class<?> find(String name) {
    try {
      return Class.forName(this.prefix + name, true, this);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(this.prefix)) {
      return super.loadClass(name, resolve);
    }
    if (this.context != null && name.equals(this.context.getName())) {
      return this.context;
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
    String shortName = name.substring(this.prefix.length());
    ClassArchive from = this.archive;
    byte[] kept = from != null ? from.get(shortName) : null;
    Class<?> type =
        from != null && kept != null
            ? defineKept(from, name, kept)
            : defineClass(name, make(shortName));
    try {
      return MethodHandles.lookup().ensureInitialized(type);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Class<?> defineKept(ClassArchive from, String name, byte[] kept) {
    try {
      return defineClass(name, kept);
    } catch (LinkageError refused) {
      from.discard(refused);
      return defineClass(name, this.maker.make(name.substring(this.prefix.length())));
    }
  }

  private Class<?> defineClass(String name, byte[] bytes) {
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] make(String name) {
    byte[] made = this.maker.make(name);
    if (this.archive != null) {
      this.archive.add(name, made);
    }
    return made;
  }
}
