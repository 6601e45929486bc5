package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.internal.sqlite.lock.LockTable;
import io.github.wasmspring.module.WasiSettings.Access;
import io.github.wasmspring.module.WasiSettings.Directory;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.runtime.WasmRuntime;
import java.lang.ref.Cleaner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the guests of all connections, while there are any. {@link #SHARED} is the one static state
 * here: locks hold only if everybody who opens a file asks the same table, and JDBC makes drivers
 * as it likes.
 */
public final class GuestRuntime {

  public static final GuestRuntime SHARED = new GuestRuntime();

  private static final String LOCATION = "classpath:META-INF/wasm/sqlite.wasm";
  private static final String CODE = "io.github.wasmspring.internal.sqlite.compiled.SqliteCode";
  private static final String VERSION = "3.53.2";

  /** More than there can be; connection pools have limits of their own. */
  private static final int MOST_GUESTS = 100_000;

  private final LockTable locks = new LockTable();
  private final Cleaner cleaner = Cleaner.create();
  private final GuestHostFunctions host = new GuestHostFunctions();
  private final Map<GuestSettings, String> modules = new HashMap<>();
  private @Nullable WasmRuntime runtime;
  private int guests;

  private GuestRuntime() {}

  LockTable locks() {
    return this.locks;
  }

  /** For guests that nobody can reach any more. */
  Cleaner cleaner() {
    return this.cleaner;
  }

  GuestHostFunctions host() {
    return this.host;
  }

  /** How many guests there are. */
  public synchronized int guests() {
    return this.guests;
  }

  /** A guest of its own; {@link #left} is to be called when the session has been closed. */
  synchronized WasmSession open(GuestSettings settings) {
    WasmRuntime used = this.runtime;
    if (used == null) {
      used = WasmRuntime.create();
      this.runtime = used;
    }
    this.guests++;
    boolean opened = false;
    try {
      WasmSession session = used.manager().open(module(used, settings));
      opened = true;
      return session;
    } finally {
      if (!opened) {
        left();
      }
    }
  }

  private String module(WasmRuntime used, GuestSettings settings) {
    String known = this.modules.get(settings);
    if (known != null) {
      return known;
    }
    String id = "sqlite-" + (this.modules.size() + 1);
    used.register(descriptor(id, settings));
    this.modules.put(settings, id);
    return id;
  }

  private WasmModuleDescriptor descriptor(String id, GuestSettings settings) {
    return WasmModuleDescriptor.builder(id)
        .version(VERSION)
        .description("SQLite with the files of one directory")
        .location(LOCATION)
        .compiledClass(CODE)
        .classLoader(GuestRuntime.class.getClassLoader())
        .imports(this.host.imports())
        .settings(
            builder ->
                builder
                    .limits(
                        limits -> limits.memory(settings.memory()).timeout(settings.longestCall()))
                    .pool(pool -> pool.max(MOST_GUESTS).reset(WasmResetPolicy.FRESH))
                    .quarantineFailures(0)
                    .wasi(
                        wasi ->
                            wasi.directories(directories(settings))
                                .writeLimit(settings.writes())
                                .totalWriteLimit(Long.MAX_VALUE)))
        .build();
  }

  private static List<Directory> directories(GuestSettings settings) {
    return settings.directory() == null
        ? List.of()
        : List.of(
            new Directory(
                GuestSettings.MOUNT,
                settings.directory(),
                settings.readOnly() ? Access.READ_ONLY : Access.READ_WRITE));
  }

  /** The session of a guest has been closed. */
  synchronized void left() {
    this.guests--;
    WasmRuntime unused = this.runtime;
    if (this.guests == 0 && unused != null) {
      this.runtime = null;
      this.modules.clear();
      unused.close();
    }
  }
}
