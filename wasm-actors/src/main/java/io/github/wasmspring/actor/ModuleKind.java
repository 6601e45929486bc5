package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Actors that a module behaves for. Keeps some instances that nobody needs for the next actor. */
final class ModuleKind implements ActorKind {

  /** The part of the memory of all actors that instances may have that nobody needs just now. */
  private static final int SPARE_PART = 16;

  private static final int MOST_SPARE = 32;

  /** Begins what is kept of an instance: the engine's own form, or a snapshot of the behaviour. */
  private static final byte IMAGE = 1;

  private static final byte SNAPSHOT = 2;

  private final WasmActorType type;
  private final WasmModuleManager manager;
  private final WasmModuleDescriptor module;
  private final ActorJson json;
  private final ConcurrentLinkedDeque<GuestSession> spare = new ConcurrentLinkedDeque<>();
  private final AtomicInteger spares = new AtomicInteger();

  /** {@code null} if the engine can't save instances of the module. */
  private final byte @Nullable [] pristine;

  private final boolean takesSnapshots;
  private final int mostSpare;
  private volatile boolean closed;

  private ModuleKind(
      WasmActorType type,
      WasmModuleManager manager,
      WasmModuleDescriptor module,
      ActorJson json,
      long mostBytes) {
    this.type = type;
    this.manager = manager;
    this.module = module;
    this.json = json;
    GuestSession first = open();
    long size = Math.max(1, first.session().memory().size());
    this.mostSpare = (int) Math.max(1, Math.min(MOST_SPARE, mostBytes / SPARE_PART / size));
    this.pristine = first.session().save().orElse(null);
    this.takesSnapshots =
        exports(manager, module, "snapshot") && exports(manager, module, "restore");
    keep(first);
  }

  /**
   * @param instances that there may be at a time
   * @param mostBytes of memory that they may have together
   * @throws WasmException if the module can't be made ready, or is no behaviour
   */
  static ModuleKind prepare(
      WasmActorType type,
      WasmModuleManager manager,
      ActorJson json,
      int instances,
      long mostBytes) {
    WasmModuleDescriptor module =
        ActorModule.register(manager, type, Objects.requireNonNull(type.module()), instances);
    boolean ready = false;
    try {
      ModuleKind kind = new ModuleKind(type, manager, module, json, mostBytes);
      kind.requireSnapshotsIfWanted();
      ready = true;
      return kind;
    } catch (WasmSignatureException wrong) {
      throw wrong.advise(
          "a behaviour of actors exports init and receive, both with the parameters (i32, i32) and the result i64 (docs/actors.md)");
    } finally {
      if (!ready) {
        manager.registry().unregister(module.id(), module.version());
      }
    }
  }

  private static boolean exports(
      WasmModuleManager manager, WasmModuleDescriptor module, String name) {
    return manager.status(module.id()).stream()
        .flatMap(status -> status.exports().stream())
        .anyMatch(export -> export.startsWith(name + " "));
  }

  private void requireSnapshotsIfWanted() {
    String missing = noSnapshots();
    if (this.type.settings().snapshotEvery() > 0 && missing != null) {
      close();
      throw new WasmExecutionException(WasmErrorCategory.SIGNATURE, missing, null)
          .locate(WasmErrorContext.of(this.module.id(), this.module.version()));
    }
  }

  @Override
  public WasmActorType type() {
    return this.type;
  }

  @Override
  public boolean isModule() {
    return true;
  }

  @Override
  public @Nullable String noSnapshots() {
    return this.takesSnapshots
        ? null
        : "actors of type '%s' are to take snapshots (snapshot-every), and their module does not export snapshot() and restore(snapshot)"
            .formatted(this.type.name());
  }

  private GuestSession open() {
    WasmSession session = this.manager.open(this.module.id(), this.module.version());
    return GuestSession.of(session);
  }

  private @Nullable GuestSession takeSpare() {
    GuestSession taken = this.spare.pollFirst();
    if (taken != null) {
      this.spares.decrementAndGet();
    }
    return taken;
  }

  private void keep(GuestSession session) {
    if (this.pristine == null || this.spares.get() >= this.mostSpare) {
      session.close();
      return;
    }
    this.spares.incrementAndGet();
    this.spare.addFirst(session);
    if (this.closed) {
      closeSpare();
    }
  }

  /**
   * @param state {@code null} for what it is when it has been made
   */
  private GuestSession inState(byte @Nullable [] state) {
    GuestSession session = takeSpare();
    byte[] wanted = state == null && session != null ? this.pristine : state;
    if (session == null) {
      session = open();
    }
    if (wanted != null) {
      try {
        session.session().load(wanted);
      } catch (RuntimeException | Error unfit) {
        session.close();
        throw unfit;
      }
    }
    return session;
  }

  @Override
  public BehaviorInstance make() {
    return new Instance(inState(null));
  }

  @Override
  public BehaviorInstance wake(byte[] saved, WasmActorStart start) {
    byte[] state = Arrays.copyOfRange(saved, 1, saved.length);
    if (saved[0] == IMAGE) {
      return new Instance(inState(state));
    }
    Instance instance = new Instance(inState(null));
    try {
      instance.init(start);
      instance.restore(state);
      return instance;
    } catch (RuntimeException | Error failure) {
      instance.close(false);
      throw failure;
    }
  }

  @Override
  public void closeSpare() {
    for (GuestSession next = takeSpare(); next != null; next = takeSpare()) {
      next.close();
    }
  }

  @Override
  public void close() {
    this.closed = true;
    closeSpare();
    this.manager.registry().unregister(this.module.id(), this.module.version());
  }

  private final class Instance implements BehaviorInstance {

    private final GuestSession guest;

    private Instance(GuestSession guest) {
      this.guest = guest;
    }

    @Override
    public List<WasmEffect> init(WasmActorStart start) {
      return effects("init", this.guest.exports().init(ModuleKind.this.json.start(start)));
    }

    @Override
    public List<WasmEffect> receive(WasmActorMessage message) {
      return effects(
          "receive", this.guest.exports().receive(ModuleKind.this.json.message(message)));
    }

    private List<WasmEffect> effects(String operation, byte[] answer) {
      try {
        return ModuleKind.this.json.effects(answer);
      } catch (WasmException unreadable) {
        WasmModuleDescriptor of = ModuleKind.this.module;
        throw unreadable.locate(new WasmErrorContext(of.id(), of.version(), operation, null));
      }
    }

    @Override
    public byte @Nullable [] snapshot() {
      return this.guest.exports().snapshot();
    }

    @Override
    public void restore(byte[] snapshot) {
      this.guest.exports().restore(snapshot);
    }

    @Override
    public byte @Nullable [] save() {
      Optional<byte[]> image = this.guest.session().save();
      if (image.isPresent()) {
        return prefixed(IMAGE, image.get());
      }
      byte[] snapshot = ModuleKind.this.takesSnapshots ? snapshot() : null;
      return snapshot == null ? null : prefixed(SNAPSHOT, snapshot);
    }

    private static byte[] prefixed(byte kind, byte[] bytes) {
      byte[] all = new byte[bytes.length + 1];
      all[0] = kind;
      System.arraycopy(bytes, 0, all, 1, bytes.length);
      return all;
    }

    @Override
    public long memoryBytes() {
      return this.guest.session().memory().size();
    }

    @Override
    public boolean isModule() {
      return true;
    }

    @Override
    public void close(boolean fit) {
      if (fit) {
        keep(this.guest);
      } else {
        this.guest.close();
      }
    }
  }
}
