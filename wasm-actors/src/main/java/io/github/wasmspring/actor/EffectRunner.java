package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.actor.WasmActorDeadLetter.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Does what the behaviour of one actor wants done, and keeps what lasts for a life of it. */
final class EffectRunner {

  private static final String TERMINATED = "terminated";
  private static final int MOST_WATCHED = 10_000;
  private static final int MOST_TOPICS = 1000;

  private final ActorCell cell;
  private final ActorWorld world;
  private final TimerScheduler<ActorCommand> timers;
  private final Set<String> running = new HashSet<>(0);
  private final Set<String> topics = new HashSet<>(0);
  private final Map<WasmActorRef, Watch> watched = new HashMap<>(0);
  private final Deque<Letter> aside = new ArrayDeque<>(0);
  private int life;

  /** Whether an actor still wants to know of the end of another. */
  private static final class Watch {

    private volatile boolean wanted = true;

    private volatile boolean over;
  }

  /**
   * What else is to be done.
   *
   * @param aside whether the message was put aside
   * @param unstash whether what was put aside comes next
   * @param stop whether the actor ends
   */
  record Outcome(boolean aside, boolean unstash, boolean stop) {}

  EffectRunner(ActorCell cell, ActorWorld world, TimerScheduler<ActorCommand> timers) {
    this.cell = cell;
    this.world = world;
    this.timers = timers;
  }

  /**
   * Whether all of it can be done, before any of it is.
   *
   * @throws io.github.wasmspring.WasmException if not
   */
  void check(List<WasmEffect> wanted) {
    Set<String> timersAfter = null;
    for (WasmEffect effect : wanted) {
      if (effect instanceof WasmEffect.Spawn spawn) {
        this.world.spawner().kind(spawn.actor().type());
        this.world.json.tree(spawn.config());
      } else if (effect instanceof WasmEffect.Timer timer) {
        timersAfter = timersAfter == null ? new HashSet<>(this.running) : timersAfter;
        timersAfter.add(timer.name());
        checkMost("timers", timersAfter.size(), this.cell.settings().timers());
        if (timer.after().toMillis() < 1 || timer.every() != null && timer.every().toMillis() < 1) {
          throw broken("a timer of less than a millisecond");
        }
        this.world.json.tree(timer.body());
      } else if (effect instanceof WasmEffect.Watch) {
        checkMost("watched actors", this.watched.size() + 1, MOST_WATCHED);
      } else if (effect instanceof WasmEffect.Subscribe) {
        checkMost("topics", this.topics.size() + 1, MOST_TOPICS);
      } else if (effect instanceof WasmEffect.Send send) {
        this.world.json.tree(send.body());
      } else if (effect instanceof WasmEffect.Reply reply) {
        this.world.json.tree(reply.body());
      } else if (effect instanceof WasmEffect.Publish publish) {
        this.world.json.tree(publish.body());
      }
    }
  }

  private static void checkMost(String what, int count, int most) {
    if (count > most) {
      throw broken("more than %d %s".formatted(most, what));
    }
  }

  private static WasmExecutionException broken(String what) {
    return new WasmExecutionException(
        WasmErrorCategory.TRAP, "the behaviour wants " + what + ", which it may not have", null);
  }

  /**
   * @param letter what they are the effects of, {@code null} if of the beginning
   */
  Outcome run(List<WasmEffect> wanted, @Nullable Letter letter) {
    boolean stashes = false;
    boolean unstash = false;
    boolean stop = false;
    for (WasmEffect effect : wanted) {
      if (effect instanceof WasmEffect.Reply reply) {
        if (letter != null && !stashes) {
          letter.answer(this.world.json.tree(reply.body()));
        }
      } else if (effect instanceof WasmEffect.Send send) {
        this.world.post.send(
            send.to(), message(send.message(), WasmActorMessageKind.TELL, send.body()));
      } else if (effect instanceof WasmEffect.Spawn spawn) {
        this.world
            .spawner()
            .spawn(
                this.world.spawner().kind(spawn.actor().type()),
                spawn.actor(),
                this.world.json.tree(spawn.config()));
      } else if (effect instanceof WasmEffect.Stop) {
        stop = true;
      } else if (effect instanceof WasmEffect.Timer timer) {
        begin(timer);
      } else if (effect instanceof WasmEffect.CancelTimer cancel) {
        this.running.remove(cancel.name());
        this.timers.cancel(cancel.name());
      } else if (effect instanceof WasmEffect.Watch watch) {
        watch(watch.actor());
      } else if (effect instanceof WasmEffect.Unwatch unwatch) {
        forget(this.watched.remove(unwatch.actor()));
      } else if (effect instanceof WasmEffect.Stash) {
        stashes |= letter != null;
      } else if (effect instanceof WasmEffect.Unstash) {
        unstash = true;
      } else if (effect instanceof WasmEffect.Subscribe subscribe) {
        this.topics.add(subscribe.topic());
        this.world.topics.subscribe(subscribe.topic(), this.cell.name);
      } else if (effect instanceof WasmEffect.Unsubscribe unsubscribe) {
        this.topics.remove(unsubscribe.topic());
        this.world.topics.unsubscribe(unsubscribe.topic(), this.cell.name);
      } else if (effect instanceof WasmEffect.Publish publish) {
        this.world.topics.publish(
            message(publish.topic(), WasmActorMessageKind.PUBLISHED, publish.body()));
      }
    }
    boolean put = stashes && letter != null && putAside(letter);
    return new Outcome(put, unstash, stop);
  }

  private WasmActorMessage message(String name, WasmActorMessageKind kind, @Nullable Object body) {
    return this.world.message(name, kind, this.cell.name, body);
  }

  private boolean putAside(Letter letter) {
    if (this.aside.size() >= this.cell.settings().stash()) {
      this.world.post.bury(letter, Reason.STASH_FULL);
      return false;
    }
    this.aside.addLast(letter);
    this.world.post.putAside(letter);
    return true;
  }

  /** Takes back what was put aside last; {@code null} if nothing is. */
  @Nullable Letter lastAside() {
    return this.aside.pollLast();
  }

  private void begin(WasmEffect.Timer timer) {
    ActorCommand due =
        new ActorCommand.Due(
            timer.name(),
            timer.every() != null,
            this.life,
            this.world.message(timer.message(), WasmActorMessageKind.TIMER, null, timer.body()));
    this.running.add(timer.name());
    if (timer.every() == null) {
      this.timers.startSingleTimer(timer.name(), due, timer.after());
    } else {
      this.timers.startTimerWithFixedDelay(timer.name(), due, timer.after(), timer.every());
    }
  }

  /** Whether a timer that is due is one of this life. */
  boolean isDue(ActorCommand.Due due) {
    if (due.life() != this.life || !this.running.contains(due.timer())) {
      return false;
    }
    if (!due.repeats()) {
      this.running.remove(due.timer());
    }
    return true;
  }

  private void watch(WasmActorRef actor) {
    Watch known = this.watched.get(actor);
    if (known != null && !known.over) {
      return;
    }
    Watch watch = new Watch();
    this.watched.put(actor, watch);
    CompletableFuture<WasmActorEnd> end = this.world.end(actor);
    end.thenAccept(
        ended -> {
          watch.over = true;
          if (watch.wanted) {
            this.world.post.send(this.cell.name, terminated(ended));
          }
        });
  }

  private WasmActorMessage terminated(WasmActorEnd ended) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("reason", ended.reason().name().toLowerCase(Locale.ROOT));
    if (ended.failure() != null) {
      body.put("category", ended.failure().category().name());
    }
    return this.world.message(TERMINATED, WasmActorMessageKind.TERMINATED, ended.actor(), body);
  }

  private static void forget(@Nullable Watch watch) {
    if (watch != null) {
      watch.wanted = false;
    }
  }

  /** Nothing lasts, but for what was put aside. */
  void endLife() {
    this.life++;
    this.running.clear();
    this.timers.cancelAll();
    this.watched.values().forEach(EffectRunner::forget);
    this.watched.clear();
    this.topics.forEach(topic -> this.world.topics.unsubscribe(topic, this.cell.name));
    this.topics.clear();
  }
}
