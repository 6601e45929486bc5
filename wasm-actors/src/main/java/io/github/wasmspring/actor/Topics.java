package io.github.wasmspring.actor;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who has subscribed to what. */
final class Topics {

  private final Map<String, Set<WasmActorRef>> subscribers = new ConcurrentHashMap<>();
  private final PostOffice post;

  Topics(PostOffice post) {
    this.post = post;
  }

  void subscribe(String topic, WasmActorRef actor) {
    this.subscribers.compute(
        topic,
        (name, known) -> {
          Set<WasmActorRef> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(actor);
          return all;
        });
  }

  void unsubscribe(String topic, WasmActorRef actor) {
    this.subscribers.computeIfPresent(
        topic,
        (name, all) -> {
          all.remove(actor);
          return all.isEmpty() ? null : all;
        });
  }

  void publish(WasmActorMessage message) {
    for (WasmActorRef subscriber : this.subscribers.getOrDefault(message.name(), Set.of())) {
      this.post.send(subscriber, message);
    }
  }
}
