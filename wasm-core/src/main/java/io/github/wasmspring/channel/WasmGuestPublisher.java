package io.github.wasmspring.channel;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmTopicPattern;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.channel.Publication.Outcome;
import io.github.wasmspring.internal.module.ModuleProperty;
import io.github.wasmspring.module.WasmHostFunctionOffer;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The host function {@code wasmspring.publish (i32, i32, i32, i32) -> i32}, by which guests publish
 * messages: address and length of the topic, address and length of the payload. It answers 0 or a
 * negative number that says why not. A module has it if its settings name topics. Before channels
 * are connected it answers as if they were closed.
 */
public final class WasmGuestPublisher implements WasmHostFunctionOffer {

  private static final String MODULE = "wasmspring";
  private static final String NAME = "publish";
  private static final WasmFunctionType TYPE =
      new WasmFunctionType(
          List.of(WasmValueType.I32, WasmValueType.I32, WasmValueType.I32, WasmValueType.I32),
          List.of(WasmValueType.I32));

  private final Supplier<@Nullable WasmChannels> later;
  private volatile @Nullable WasmChannels channels;

  /** For channels that are made in any case. */
  public WasmGuestPublisher() {
    this(() -> null);
  }

  /**
   * @param later makes the channels, which connects them, when a guest needs them first; answers
   *     {@code null} if there are none
   */
  public WasmGuestPublisher(Supplier<@Nullable WasmChannels> later) {
    this.later = later;
  }

  void connect(WasmChannels channels) {
    this.channels = channels;
  }

  private @Nullable WasmChannels channels() {
    WasmChannels connected = this.channels;
    return connected != null ? connected : this.later.get();
  }

  @Override
  public String module() {
    return MODULE;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable WasmImportDefinition grant(WasmModuleDescriptor importer) {
    List<WasmTopicPattern> topics =
        importer.settings().permissions().publish().stream().map(WasmTopicPattern::of).toList();
    return topics.isEmpty()
        ? null
        : new WasmImportDefinition(
            MODULE, NAME, TYPE, new PublishFunction(this, importer.id(), topics));
  }

  @Override
  public String remedy(WasmModuleDescriptor importer) {
    return "name the topics that it may publish to in %s"
        .formatted(ModuleProperty.of(importer.id(), "channels.publish"));
  }

  Outcome publish(String topic, byte[] payload, String module) {
    WasmChannels connected = channels();
    return connected == null
        ? Outcome.CLOSED
        : connected.publishFromGuest(topic, payload, module).outcome();
  }

  Outcome refuse(Outcome why) {
    WasmChannels connected = channels();
    if (connected != null) {
      connected.refuse();
    }
    return why;
  }

  /** The most bytes that a payload may have. */
  long maxPayload() {
    WasmChannels connected = channels();
    return connected != null ? connected.maxPayload() : Integer.MAX_VALUE;
  }
}
