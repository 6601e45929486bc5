package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The same with Java and the native library, on the same file. */
class MemoryWithoutWasmTest {

  @TempDir Path folder;

  private static void write(AgentMemory memory, String prefix) {
    MemoryNamespace notes = memory.namespace("notes");
    notes.put(MemoryEntry.text(prefix + "long", prefix + "tea and coffee. ".repeat(500)));
    notes.put(
        MemoryEntry.json(prefix + "json", "{\"a\": 1}")
            .withTags("tag")
            .withVector(new float[] {1, prefix.length()}));
  }

  private static List<Object> read(AgentMemory memory) {
    MemoryNamespace notes = memory.namespace("notes");
    List<Object> all = new ArrayList<>();
    for (StoredMemory found : notes.recall(MemoryQuery.builder().build())) {
      all.addAll(List.of(found.key(), found.version(), found.kind(), found.text(), found.tags()));
    }
    notes
        .similar(new float[] {1, 2}, 10, 0)
        .forEach(found -> all.addAll(List.of(found.memory().key(), found.score())));
    return all;
  }

  private static WasmRuntime withJavaOnly() {
    WasmRuntime.Builder runtime = WasmRuntime.builder();
    for (WasmModuleProvider provider : ServiceLoader.load(WasmModuleProvider.class)) {
      provider
          .modules()
          .forEach(
              module ->
                  runtime.module(module.toBuilder().executionMode(WasmExecutionMode.JAVA).build()));
    }
    return runtime.build();
  }

  @Test
  void javaAndTheNativeLibraryReadWhatTheModulesWrote() {
    try (MemoryHome home = new MemoryHome(this.folder);
        WasmRuntime off = withJavaOnly()) {
      List<Object> written;
      try (AgentMemory memory = home.open()) {
        write(memory, "w");
        written = read(memory);
      }
      try (AgentMemory memory =
          AgentMemory.builder(off.manager()).clock(home.clock).nativeLocation(home.file).open()) {
        assertThat(read(memory)).isEqualTo(written);
        write(memory, "java");
        written = read(memory);
        assertThat(memory.namespace("notes").stats().bytes()).isLessThan(1000);
        assertThat(off.manager().statistics().instances().created()).isZero();
      }
      try (AgentMemory memory = home.open()) {
        assertThat(read(memory)).isEqualTo(written).hasSizeGreaterThan(20);
      }
    }
  }

  @Test
  void aFullDiskIsToldByTheNativeLibraryToo() {
    try (MemoryHome home = new MemoryHome(this.folder)) {
      SQLiteDataSource source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + home.file);
      source.setMaxPageCount(100);
      try (AgentMemory memory = home.builder().dataSource(source).open()) {
        MemoryNamespace notes = memory.namespace("notes");
        byte[] noise = new byte[500_000];
        new Random(1).nextBytes(noise);
        assertThatThrownBy(() -> notes.put(MemoryEntry.bytes("large", noise)))
            .isInstanceOf(AgentMemoryException.class)
            .hasMessageContaining("free space on the disk");
        notes.put(MemoryEntry.text("small", "x"));
        assertThat(notes.keys("")).containsExactly("small");
      }
    }
  }

  @Test
  void aDriverThatIsNotThereIsNamed() throws Exception {
    URL[] path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("sqlite-jdbc"))
            .map(entry -> url(Path.of(entry)))
            .toArray(URL[]::new);
    try (URLClassLoader without = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Method open =
          without
              .loadClass(MemoryLocation.class.getName())
              .getDeclaredMethod("nativeLibrary", Path.class);
      open.setAccessible(true);
      assertThatThrownBy(() -> open.invoke(null, this.folder.resolve("memory.db")))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .hasMessageContaining("org.xerial:sqlite-jdbc")
          .hasMessageContaining("memory.db");
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
