package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.actor.WasmActorMessage;
import io.github.wasmspring.actor.WasmActorRef;
import io.github.wasmspring.actor.WasmActorType;
import io.github.wasmspring.actor.WasmActors;
import io.github.wasmspring.actor.WasmActorsStats;
import io.github.wasmspring.actor.WasmBehavior;
import io.github.wasmspring.actor.WasmEffect;
import io.github.wasmspring.benchmarks.Jvm;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/** What actors cost: a module's, Java's, and those of Pekko itself. Prints a table for each. */
public final class ActorStudy {

  private static final int ASKS = 20_000;
  private static final int MESSAGES = 200_000;
  private static final int UNDER_WAY = 500;
  private static final int SLEEPERS = 2000;
  private static final int TENTHS = 10;
  private static final int COLLECTIONS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final WasmActors actors;
  private final String type;

  private ActorStudy(WasmActors actors, String type) {
    this.actors = actors;
    this.type = type;
  }

  /** Counts as the guest does. */
  private static final class JavaTally implements WasmBehavior {

    private long count;

    @Override
    public List<WasmEffect> receive(WasmActorMessage message) {
      Long more = message.body(Long.class);
      this.count += more == null ? 1 : more;
      return List.of(new WasmEffect.Reply(this.count));
    }
  }

  /**
   * @param arguments the file of the guest, and how many actors
   */
  public static void main(String[] arguments) {
    Path guest = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    System.out.printf("%,d actors, JDK %s%n%n", count, System.getProperty("java.version"));
    try (WasmRuntime runtime =
            WasmRuntime.builder()
                .engine("jvm")
                .module(
                    WasmModuleDescriptor.builder("tally")
                        .location(guest.toUri().toString())
                        .build())
                .build();
        WasmActors actors =
            WasmActors.builder(runtime.manager())
                .type(WasmActorType.ofJava("java", JavaTally::new))
                .type(
                    WasmActorType.ofModule("looping", "tally")
                        .with(
                            settings ->
                                settings
                                    .messageTimeout(Duration.ofMillis(100))
                                    .restarts(Integer.MAX_VALUE, Duration.ofSeconds(1))))
                .hibernateAfter(Duration.ofHours(1))
                .build()) {
      new ActorStudy(actors, "java").run("Java behaviours", count, false);
      new ActorStudy(actors, "tally").run("modules", count, true);
    }
    plainPekko(count);
  }

  private void run(String title, int count, boolean hibernates) {
    System.out.println("## " + title);
    for (int i = 0; i < 200; i++) {
      ask(spawn("warm" + i % 20 + "-" + i)).join();
    }
    time(() -> ask(actor("warm0-0")), ASKS);
    long before = Jvm.usedHeap(COLLECTIONS);
    WasmActorsStats earlier = this.actors.stats();
    StringBuilder spawning = new StringBuilder();
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      long start = System.nanoTime();
      CompletableFuture<Long> last = null;
      for (int i = tenth * count / TENTHS; i < (tenth + 1) * count / TENTHS; i++) {
        last = ask(spawn("" + i));
        if (i % UNDER_WAY == 0) {
          last.join();
        }
      }
      if (last != null) {
        last.join();
      }
      spawning.append(" %.1f".formatted(micros(System.nanoTime() - start) / (count / TENTHS)));
    }
    System.out.println("spawn and first ask, µs, by tenths of the actors:" + spawning);
    long after = Jvm.usedHeap(COLLECTIONS);
    WasmActorsStats now = this.actors.stats();
    System.out.printf(
        "heap: %,d MB for all, %,d bytes an actor; awake %,d, hibernated %,d with %,d bytes each%n",
        (after - before) >> 20,
        (after - before) / count,
        now.live() - earlier.live(),
        now.hibernated() - earlier.hibernated(),
        now.hibernated() == 0 ? 0 : now.storedBytes() / now.hibernated());
    System.out.println("ask, µs: " + time(() -> ask(actor("0")), ASKS));
    System.out.printf("messages a second, one actor: %s%n", flood(index -> 0));
    System.out.printf("messages a second, 100 actors: %s%n", flood(index -> index % 100));
    if (hibernates) {
      System.out.println("ask beside one that loops all the time, µs: " + besideLoops());
      hibernation(count);
      Random random = new Random(1);
      System.out.printf(
          "messages a second, any of all actors (nearly each wakes one and puts one away): %s%n",
          flood(index -> random.nextInt(count)));
    }
    System.out.println();
    for (int i = 0; i < count; i++) {
      this.actors.stop(actor("" + i));
    }
  }

  /** It is stopped after 100 ms each time, crashes, is restarted, and loops again. */
  private String besideLoops() {
    WasmActorRef looping = this.actors.spawn("looping", "1", null);
    AtomicBoolean over = new AtomicBoolean();
    Thread driver =
        new Thread(
            () -> {
              while (!over.get()) {
                this.actors
                    .ask(looping, "loop", null, Object.class, PATIENCE)
                    .handle((reply, failure) -> true)
                    .join();
              }
            },
            "loops");
    driver.start();
    String asks = time(() -> ask(actor("0")), ASKS);
    over.set(true);
    try {
      driver.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return asks;
  }

  private void hibernation(int count) {
    Random random = new Random(2);
    double[] away = new double[SLEEPERS];
    double[] wake = new double[SLEEPERS];
    for (int i = 0; i < SLEEPERS; i++) {
      WasmActorRef actor = actor("" + random.nextInt(count));
      ask(actor).join();
      long start = System.nanoTime();
      while (!this.actors.hibernate(actor)) {
        Thread.onSpinWait();
      }
      long asleep = System.nanoTime();
      ask(actor).join();
      away[i] = micros(asleep - start);
      wake[i] = micros(System.nanoTime() - asleep);
    }
    System.out.println("to put one away, µs: " + distribution(away));
    System.out.println("ask of one that hibernates, µs: " + distribution(wake));
  }

  private interface Chooser {

    int actor(int index);
  }

  /** Each has to answer; so many are under way at a time. */
  private String flood(Chooser chooser) {
    Deque<CompletableFuture<Long>> under = new ArrayDeque<>();
    long cpu = Jvm.cpuNanos();
    long start = System.nanoTime();
    for (int i = 0; i < MESSAGES; i++) {
      under.addLast(ask(actor("" + chooser.actor(i))));
      if (under.size() == UNDER_WAY) {
        under.pollFirst().join();
      }
    }
    under.forEach(CompletableFuture::join);
    return rate(System.nanoTime() - start, Jvm.cpuNanos() - cpu);
  }

  private static String rate(long nanos, long cpu) {
    return "%,d; processor time of each, µs: %.1f"
        .formatted((long) (MESSAGES / (nanos / 1e9)), micros(cpu) / MESSAGES);
  }

  private WasmActorRef actor(String id) {
    return new WasmActorRef(this.type, id);
  }

  private WasmActorRef spawn(String id) {
    return this.actors.spawn(this.type, id, Map.of("start", 0));
  }

  private CompletableFuture<Long> ask(WasmActorRef actor) {
    return this.actors.ask(actor, "add", 1, Long.class, PATIENCE);
  }

  private static double micros(long nanos) {
    return nanos / 1e3;
  }

  private static String time(Supplier<CompletableFuture<Long>> ask, int times) {
    double[] took = new double[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      ask.get().join();
      took[i] = micros(System.nanoTime() - start);
    }
    return distribution(took);
  }

  private static String distribution(double... micros) {
    Arrays.sort(micros);
    return "median %.1f, 99 %% %.1f, worst %.0f"
        .formatted(
            micros[micros.length / 2], micros[micros.length * 99 / 100], micros[micros.length - 1]);
  }

  private static void plainPekko(int count) {
    System.out.println("## plain Pekko");
    try (PlainPekko pekko = new PlainPekko()) {
      ActorRef<PlainPekko.Add> one = pekko.spawn();
      time(() -> pekko.ask(one), ASKS);
      long before = Jvm.usedHeap(COLLECTIONS);
      StringBuilder spawning = new StringBuilder();
      List<ActorRef<PlainPekko.Add>> all = new ArrayList<>(count);
      for (int tenth = 0; tenth < TENTHS; tenth++) {
        long start = System.nanoTime();
        for (int i = tenth * count / TENTHS; i < (tenth + 1) * count / TENTHS; i++) {
          ActorRef<PlainPekko.Add> made = pekko.spawn();
          all.add(made);
          pekko.ask(made);
        }
        spawning.append(" %.1f".formatted(micros(System.nanoTime() - start) / (count / TENTHS)));
      }
      System.out.println("spawn (awaited) and first ask, µs, by tenths of the actors:" + spawning);
      long after = Jvm.usedHeap(COLLECTIONS);
      System.out.printf("heap: %,d bytes an actor%n", (after - before) / count);
      System.out.println("ask, µs: " + time(() -> pekko.ask(one), ASKS));
      Deque<CompletableFuture<Long>> under = new ArrayDeque<>();
      long cpu = Jvm.cpuNanos();
      long start = System.nanoTime();
      for (int i = 0; i < MESSAGES; i++) {
        under.addLast(pekko.ask(all.get(i % 100)));
        if (under.size() == UNDER_WAY) {
          under.pollFirst().join();
        }
      }
      under.forEach(CompletableFuture::join);
      System.out.printf(
          "messages a second, 100 actors: %s%n",
          rate(System.nanoTime() - start, Jvm.cpuNanos() - cpu));
    }
  }
}
