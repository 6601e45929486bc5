package io.github.wasmspring.actor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The actor system of Pekko: local, without a port, without hooks in the JVM. */
final class PekkoSystem {

  private PekkoSystem() {}

  static ActorSystem<RootCommand> start(
      String name, int threads, Behavior<RootCommand> root, PostOffice post) {
    Config config =
        ConfigFactory.parseMap(
                Map.ofEntries(
                    Map.entry("pekko.daemonic", "on"),
                    Map.entry("pekko.jvm-exit-on-fatal-error", "off"),
                    Map.entry("pekko.jvm-shutdown-hooks", "off"),
                    Map.entry("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"),
                    Map.entry("pekko.log-dead-letters", "off"),
                    Map.entry("pekko.log-dead-letters-during-shutdown", "off"),
                    Map.entry("pekko.stdout-loglevel", "OFF"),
                    Map.entry("pekko.loglevel", "WARNING"),
                    Map.entry(
                        "pekko.actor.default-dispatcher.fork-join-executor.parallelism-min",
                        threads),
                    Map.entry(
                        "pekko.actor.default-dispatcher.fork-join-executor.parallelism-max",
                        threads)))
            .withFallback(ConfigFactory.defaultReference(PekkoSystem.class.getClassLoader()));
    ActorSystem<RootCommand> system =
        ActorSystem.create(
            root,
            name,
            ActorSystemSetup.create(
                BootstrapSetup.create(config).withClassloader(PekkoSystem.class.getClassLoader())));
    bury(system, post);
    return system;
  }

  /** What is in the mailbox of an actor that has ended, Pekko hands over here. */
  private static void bury(ActorSystem<RootCommand> system, PostOffice post) {
    Behavior<DeadLetter> grave =
        Behaviors.receiveMessage(
            letter -> {
              if (letter.message() instanceof ActorCommand.Deliver deliver) {
                post.bury(deliver.letter(), WasmActorDeadLetter.Reason.ENDED);
                post.done(deliver.letter());
              }
              return Behaviors.same();
            });
    ActorRef<DeadLetter> listener = system.systemActorOf(grave, "wasm-dead-letters", Props.empty());
    system.eventStream().tell(new EventStream.Subscribe<>(DeadLetter.class, listener));
  }
}
