package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Actors on Pekko. */
final class DefaultWasmActors implements WasmActors, ActorWorld.Spawner {

  private static final Logger logger = LoggerFactory.getLogger(DefaultWasmActors.class);

  /** So often it is looked during the time after which an idle actor hibernates. */
  private static final int TICKS = 4;

  /** Instances that a type has beside those of its actors. */
  private static final int MOST_SPARE = 33;

  private final Duration askTimeout;
  private final Duration stopTimeout;
  private final int maxActors;
  private final ActorTypes types;
  private final ActorJson json;
  private final PostOffice post;
  private final LiveInstances live;
  private final ActorWorld world;
  private final RootBody.Ears root = new RootBody.Ears();
  private final ActorSystem<RootCommand> system;
  private final Cancellable clock;
  private final SupervisionTrees trees;
  private final ActorStatusReader status;
  private volatile boolean closed;

  private DefaultWasmActors(WasmActorsBuilder builder) {
    this.askTimeout = builder.askTimeout;
    this.stopTimeout = builder.stopTimeout;
    this.maxActors = builder.maxActors;
    this.json = new ActorJson(JsonMapper.shared());
    long mostBytes = maxMemory(builder);
    this.types =
        new ActorTypes(builder.manager, this.json, builder.maxLive + MOST_SPARE, mostBytes);
    builder.types.forEach(this.types::add);
    this.post = new PostOffice(new DeadLetterBox(builder.deadLetters));
    StateFile file =
        builder.hibernateDirectory == null ? null : StateFile.in(builder.hibernateDirectory);
    this.live = new LiveInstances(builder.maxLive, mostBytes, new StoredStates(file));
    this.world = new ActorWorld(this.json, this.post, this.live, this);
    this.status = new ActorStatusReader(this.world);
    this.trees = new SupervisionTrees(this.world, this.root, this::admit);
    this.system =
        PekkoSystem.start(builder.name, builder.threads, new RootBody(this.world), this.post);
    this.root.listenFor(this.system);
    Duration tick = builder.hibernateAfter.dividedBy(TICKS).plusMillis(1);
    this.clock =
        this.system
            .scheduler()
            .scheduleWithFixedDelay(tick, tick, this::tick, this.system.executionContext());
  }

  private static long maxMemory(WasmActorsBuilder builder) {
    return builder.maxMemory > 0
        ? builder.maxMemory
        : Math.max(1, builder.manager.statistics().budget() / 2);
  }

  static DefaultWasmActors start(WasmActorsBuilder builder) {
    return new DefaultWasmActors(builder);
  }

  private void tick() {
    this.live.tick(TICKS);
  }

  @Override
  public void register(WasmActorType type) {
    this.types.add(type);
  }

  @Override
  public Collection<WasmActorType> types() {
    return this.types.all();
  }

  @Override
  public ActorKind kind(String type) {
    return this.types.kind(type);
  }

  @Override
  public WasmActorRef spawn(String type, String id, @Nullable Object config) {
    WasmActorRef actor = new WasmActorRef(type, id);
    if (!spawnNew(actor, config)) {
      throw exists(actor);
    }
    return actor;
  }

  @Override
  public WasmActorRef spawnIfAbsent(String type, String id, @Nullable Object config) {
    WasmActorRef actor = new WasmActorRef(type, id);
    if (this.post.find(actor) == null) {
      spawnNew(actor, config);
    }
    return actor;
  }

  private boolean spawnNew(WasmActorRef actor, @Nullable Object config) {
    requireOpen();
    return adopt(new ActorCell(actor, kind(actor.type()), this.json.tree(config), this.root));
  }

  @Override
  public void spawn(ActorKind kind, WasmActorRef actor, JsonNode config) {
    if (!this.closed && this.post.count() < this.maxActors) {
      adopt(new ActorCell(actor, kind, config, this.root));
    } else {
      logger.warn(
          "The actor {} is not spawned: there are too many, or the system is closed", actor);
    }
  }

  private void admit(ActorCell cell) {
    requireRoom(cell.name);
    if (!this.post.add(cell)) {
      throw exists(cell.name);
    }
  }

  private boolean adopt(ActorCell cell) {
    requireRoom(cell.name);
    if (!this.post.add(cell)) {
      return false;
    }
    this.root.send(new RootCommand.Adopt(cell));
    cell.begin(false);
    return true;
  }

  private void requireRoom(WasmActorRef actor) {
    if (this.post.count() >= this.maxActors) {
      throw rejected(
          actor,
          "there are %d actors, and there may be no more (max-actors)".formatted(this.maxActors));
    }
  }

  private static WasmException exists(WasmActorRef actor) {
    return rejected(actor, "there is an actor %s already".formatted(actor));
  }

  private static WasmException rejected(WasmActorRef actor, String why) {
    return new WasmExecutionException(WasmErrorCategory.REJECTED, why, null)
        .locate(WasmErrorContext.of(actor.type(), null));
  }

  private void requireOpen() {
    if (this.closed) {
      throw new WasmExecutionException(
          WasmErrorCategory.REJECTED, "the system of actors has been closed", null);
    }
  }

  @Override
  public void tell(WasmActorRef actor, String message, @Nullable Object body) {
    requireOpen();
    this.post.tell(actor, message(message, WasmActorMessageKind.TELL, body));
  }

  private WasmActorMessage message(String name, WasmActorMessageKind kind, @Nullable Object body) {
    return this.world.message(name, kind, null, body);
  }

  @Override
  public <T> CompletableFuture<@Nullable T> ask(
      WasmActorRef actor, String message, @Nullable Object body, Class<T> reply) {
    return ask(actor, message, body, reply, this.askTimeout);
  }

  @Override
  public <T> CompletableFuture<@Nullable T> ask(
      WasmActorRef actor, String message, @Nullable Object body, Class<T> reply, Duration timeout) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    try {
      requireOpen();
      this.post.ask(actor, message(message, WasmActorMessageKind.ASK, body), answer);
    } catch (WasmException refusal) {
      answer.completeExceptionally(refusal);
    }
    if (!answer.isDone()) {
      answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
    return answer.handle(
        (json, failure) -> {
          if (failure != null) {
            throw new CompletionException(known(failure, actor, message, timeout));
          }
          return this.json.value(json, reply);
        });
  }

  private static Throwable known(
      Throwable failure, WasmActorRef actor, String message, Duration timeout) {
    return failure instanceof TimeoutException
        ? new WasmExecutionException(
                WasmErrorCategory.TIMEOUT,
                "the actor %s has not replied within %d ms".formatted(actor, timeout.toMillis()),
                null)
            .locate(new WasmErrorContext(actor.type(), null, message, null))
        : failure;
  }

  @Override
  public CompletableFuture<WasmActorEnd> watch(WasmActorRef actor) {
    return this.world.end(actor).copy();
  }

  @Override
  public CompletableFuture<WasmActorEnd> stop(WasmActorRef actor) {
    CompletableFuture<WasmActorEnd> end = watch(actor);
    ActorCell known = this.post.find(actor);
    if (known != null) {
      known.overseer.end(known);
    }
    return end;
  }

  @Override
  public void supervise(WasmSupervisor tree) {
    requireOpen();
    this.trees.plant(tree);
  }

  @Override
  public CompletableFuture<@Nullable Void> stopSupervisor(String name) {
    return this.trees.fell(name);
  }

  @Override
  public <T> T actor(Class<T> type, String id) {
    return ActorProxies.create(type, new WasmActorRef(ActorProxies.typeOf(type), id), this);
  }

  @Override
  public <T> T spawn(Class<T> type, String id, @Nullable Object config) {
    spawnIfAbsent(ActorProxies.typeOf(type), id, config);
    return actor(type, id);
  }

  @Override
  public void publish(String topic, @Nullable Object body) {
    requireOpen();
    this.world.topics.publish(message(topic, WasmActorMessageKind.PUBLISHED, body));
  }

  @Override
  public Optional<WasmActorStatus> status(WasmActorRef actor) {
    return Optional.ofNullable(this.post.find(actor)).map(ActorStatusReader::statusOf);
  }

  @Override
  public List<WasmActorStatus> status(int most) {
    return this.post.all().stream().limit(most).map(ActorStatusReader::statusOf).toList();
  }

  @Override
  public WasmActorsStats stats() {
    return this.status.stats();
  }

  @Override
  public List<WasmActorDeadLetter> deadLetters() {
    return this.post.dead().last();
  }

  @Override
  public Runnable onDeadLetter(Consumer<WasmActorDeadLetter> listener) {
    return this.post.dead().listen(listener);
  }

  @Override
  public boolean hibernate(WasmActorRef actor) {
    ActorCell known = this.post.find(actor);
    return known != null && (known.stored != null || this.live.hibernateNow(known));
  }

  @Override
  public void close() {
    synchronized (this.root) {
      if (this.closed) {
        return;
      }
      this.closed = true;
    }
    this.clock.cancel();
    boolean drained = isDoneInTime(this.post.drain());
    if (!drained) {
      logger.warn(
          "{} messages to actors are given up, for they were not dealt with within {} (stop-timeout)",
          this.post.pending(),
          this.stopTimeout);
    }
    isDoneInTime(this.trees.fell());
    this.system.terminate();
    if (!isDoneInTime(this.system.getWhenTerminated().toCompletableFuture())) {
      logger.warn("Actors are still busy after {} (stop-timeout)", this.stopTimeout);
    }
    this.types.close();
    this.live.close();
  }

  private boolean isDoneInTime(CompletableFuture<?> work) {
    try {
      work.get(this.stopTimeout.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException late) {
      return false;
    }
  }
}
