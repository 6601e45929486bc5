package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Opens JSON that a guest wrote, so that reading it ends in time and within limits. */
final class JsonReading {

  /** Less than this is read at once, in a millisecond. */
  private static final int SMALL = 64 << 10;

  private final JsonMapper mapper;
  private final Map<Long, JsonFactory> factories = new ConcurrentHashMap<>();

  JsonReading(JsonMapper mapper) {
    this.mapper = mapper;
  }

  JsonMapper mapper() {
    return this.mapper;
  }

  /** What the guest wrote, of which no more than what there is room for is read. */
  JsonParser open(WasmMemory memory, int address, int length, AnswerRoom room) {
    JsonFactory factory = factory(room.mostTokens());
    if (length > SMALL) {
      return factory.createParser(
          this.mapper._deserializationContext(), new AnswerStream(memory, address, length));
    }
    ByteBuffer bytes = memory.window(address, length);
    return bytes.hasArray()
        ? factory.createParser(
            this.mapper._deserializationContext(), bytes.array(), bytes.arrayOffset(), length)
        : factory.createParser(
            this.mapper._deserializationContext(), memory.read(address, length), 0, length);
  }

  /** The error that the guest wrote; of its long texts only the beginning is read. */
  JsonParser openError(WasmMemory memory, int address, int length, AnswerRoom room) {
    return factory(room.mostTokens())
        .createParser(
            this.mapper._deserializationContext(),
            new CutStrings(new AnswerStream(memory, address, length)));
  }

  private JsonFactory factory(long mostTokens) {
    return this.factories.computeIfAbsent(mostTokens, this::newFactory);
  }

  private JsonFactory newFactory(long mostTokens) {
    JsonFactory given = this.mapper.tokenStreamFactory();
    long givenMost = given.streamReadConstraints().getMaxTokenCount();
    return given
        .rebuild()
        .streamReadConstraints(
            given
                .streamReadConstraints()
                .rebuild()
                .maxTokenCount(givenMost > 0 ? Math.min(givenMost, mostTokens) : mostTokens)
                .build())
        .build();
  }
}
