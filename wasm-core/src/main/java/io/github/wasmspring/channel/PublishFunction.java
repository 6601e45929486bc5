package io.github.wasmspring.channel;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTopicPattern;
import io.github.wasmspring.channel.Publication.Outcome;
import io.github.wasmspring.internal.sandbox.StackRoom;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes for one module, and believes nothing that it says. */
record PublishFunction(WasmGuestPublisher publisher, String module, List<WasmTopicPattern> topics)
    implements WasmHostFunction {

  @Override
  public long[] call(WasmCaller caller, long[] arguments) {
    StackRoom.require();
    return new long[] {publish(caller.memory(), arguments).number()};
  }

  private Outcome publish(@Nullable WasmMemory memory, long[] arguments) {
    if (memory == null) {
      return this.publisher.refuse(Outcome.BAD_ADDRESS);
    }
    int topicLength = (int) arguments[1];
    int payloadLength = (int) arguments[3];
    if (Integer.compareUnsigned(topicLength, WasmTopicPattern.MAX_LENGTH) > 0) {
      return this.publisher.refuse(Outcome.BAD_TOPIC);
    }
    if (Integer.toUnsignedLong(payloadLength) > this.publisher.maxPayload()) {
      return this.publisher.refuse(Outcome.TOO_LARGE);
    }
    byte[] topicBytes;
    byte[] payload;
    try {
      topicBytes = memory.read((int) arguments[0], topicLength);
      payload = memory.read((int) arguments[2], payloadLength);
    } catch (IndexOutOfBoundsException outside) {
      return this.publisher.refuse(Outcome.BAD_ADDRESS);
    }
    String topic = new String(topicBytes, StandardCharsets.ISO_8859_1);
    if (!WasmTopicPattern.isTopic(topic)) {
      return this.publisher.refuse(Outcome.BAD_TOPIC);
    }
    return WasmTopicPattern.anyMatches(this.topics, topic)
        ? this.publisher.publish(topic, payload, this.module)
        : this.publisher.refuse(Outcome.NOT_ALLOWED);
  }
}
