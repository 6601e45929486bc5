package io.github.wasmspring.benchmarks.studies;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Counting actors as one writes them on Pekko itself, for comparison. */
final class PlainPekko implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ActorSystem<SpawnProtocol.Command> system =
      ActorSystem.create(SpawnProtocol.create(), "plain");

  /**
   * @param reply completed with the sum so far, {@code null} for a message without a reply
   */
  record Add(long number, ActorRef<Long> reply) {}

  private static Behavior<Add> counting() {
    return Behaviors.setup(
        context -> {
          long[] sum = new long[1];
          return Behaviors.receiveMessage(
              message -> {
                sum[0] += message.number();
                if (message.reply() != null) {
                  message.reply().tell(sum[0]);
                }
                return Behaviors.same();
              });
        });
  }

  ActorRef<Add> spawn() {
    return AskPattern.<SpawnProtocol.Command, ActorRef<Add>>ask(
            this.system,
            reply -> new SpawnProtocol.Spawn<>(counting(), "", Props.empty(), reply),
            PATIENCE,
            this.system.scheduler())
        .toCompletableFuture()
        .join();
  }

  CompletableFuture<Long> ask(ActorRef<Add> actor) {
    return AskPattern.<Add, Long>ask(
            actor, reply -> new Add(1, reply), PATIENCE, this.system.scheduler())
        .toCompletableFuture();
  }

  @Override
  public void close() {
    this.system.terminate();
    this.system.getWhenTerminated().toCompletableFuture().join();
  }
}
