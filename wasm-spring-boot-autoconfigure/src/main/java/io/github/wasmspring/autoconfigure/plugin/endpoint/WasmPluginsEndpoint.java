package io.github.wasmspring.autoconfigure.plugin.endpoint;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginRevision;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Shows plug-ins, and lets an operator install, update, roll back and remove them. */
@Endpoint(id = "wasmplugins")
public class WasmPluginsEndpoint {

  private final WasmPlugins plugins;

  public WasmPluginsEndpoint(WasmPlugins plugins) {
    this.plugins = plugins;
  }

  @ReadOperation
  public PluginsDescriptor plugins() {
    return new PluginsDescriptor(this.plugins.list());
  }

  /** One with its history, {@code null} if there is none. */
  @ReadOperation
  public @Nullable PluginDescriptor plugin(@Selector String id) {
    return this.plugins
        .find(id)
        .map(plugin -> new PluginDescriptor(plugin, this.plugins.history(id)))
        .orElse(null);
  }

  /**
   * Does something to a plug-in.
   *
   * @param action the {@linkplain WasmPluginAction#id() id} of an action
   * @param location where the module is, {@code https:} or {@code oci:}; to install or update
   * @param content the bytes of the module as Base64, in place of a location
   * @param version of the module; to install or update
   * @param digest that the module must have; to install or update
   * @param signature where the file of the signature of the module is, or what is in it; to install
   *     or update
   * @param description one sentence for people; to install or update
   * @param revision to go back to, {@code null} for the one before
   * @return the plug-in afterwards, {@code null} if it is gone
   * @throws InvalidEndpointRequestException if that can't be asked for
   */
  @WriteOperation
  public @Nullable PluginDescriptor act(
      @Selector String id,
      String action,
      @Nullable String location,
      @Nullable String content,
      @Nullable String version,
      @Nullable String digest,
      @Nullable String signature,
      @Nullable String description,
      @Nullable Integer revision) {
    Asked asked = new Asked(location, content, version, digest, signature, description, revision);
    perform(known(action), id, asked, null);
    return plugin(id);
  }

  /**
   * What is asked for besides the action.
   *
   * @param revision to go back to
   */
  record Asked(
      @Nullable String location,
      @Nullable String content,
      @Nullable String version,
      @Nullable String digest,
      @Nullable String signature,
      @Nullable String description,
      @Nullable Integer revision) {}

  /**
   * @param by who asks for it, {@code null} if that is not known
   */
  void perform(WasmPluginAction action, String id, Asked asked, @Nullable String by) {
    switch (action) {
      case INSTALL -> this.plugins.install(request(id, asked, by));
      case UPDATE -> this.plugins.update(request(id, asked, by));
      case ROLLBACK -> rollBack(id, asked.revision());
      case ENABLE -> this.plugins.enable(id);
      case DISABLE -> this.plugins.disable(id);
      case REMOVE -> this.plugins.remove(id);
    }
  }

  static WasmPluginAction known(String action) {
    WasmPluginAction known = WasmPluginAction.of(action);
    if (known == null) {
      throw invalid(
          "There is no action '%s'; there are %s".formatted(action, WasmPluginAction.ids()));
    }
    return known;
  }

  private void rollBack(String id, @Nullable Integer revision) {
    if (revision == null) {
      this.plugins.rollBack(id);
    } else {
      this.plugins.rollBack(id, revision);
    }
  }

  private static WasmPluginRequest request(String id, Asked asked, @Nullable String by) {
    try {
      WasmPluginRequest request = from(WasmPluginRequest.of(id), asked);
      request = asked.version() == null ? request : request.version(asked.version());
      request = asked.digest() == null ? request : request.digest(asked.digest());
      request = asked.description() == null ? request : request.description(asked.description());
      request = by == null ? request : request.installedBy(by);
      return asked.signature() == null ? request : signed(request, asked.signature());
    } catch (IllegalArgumentException unfit) {
      throw invalid(String.valueOf(unfit.getMessage()));
    }
  }

  private static WasmPluginRequest from(WasmPluginRequest request, Asked asked) {
    String content = asked.content();
    String location = asked.location();
    if ((content == null) == (location == null)) {
      throw invalid(
          "Say where the module is (location), or send it as Base64 (content), and not both");
    }
    return content != null
        ? request.bytes(Base64.getDecoder().decode(content))
        : request.location(String.valueOf(location));
  }

  /** A signature has lines, or is JSON; a location is neither. */
  private static WasmPluginRequest signed(WasmPluginRequest request, String signature) {
    return signature.indexOf('\n') >= 0 || signature.startsWith("{")
        ? request.signature(signature.getBytes(StandardCharsets.UTF_8))
        : request.signature(signature);
  }

  private static InvalidEndpointRequestException invalid(String reason) {
    return new InvalidEndpointRequestException(reason, reason);
  }

  /** All plug-ins. */
  public record PluginsDescriptor(List<WasmPluginStatus> plugins)
      implements OperationResponseBody {}

  /**
   * A plug-in with its history.
   *
   * @param history its revisions, the newest first
   */
  public record PluginDescriptor(
      @JsonUnwrapped WasmPluginStatus plugin, List<WasmPluginRevision> history)
      implements OperationResponseBody {}
}
