package io.github.wasmspring.autoconfigure.plugin.endpoint;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.autoconfigure.plugin.endpoint.WasmPluginsEndpoint.Asked;
import io.github.wasmspring.autoconfigure.plugin.endpoint.WasmPluginsEndpoint.PluginDescriptor;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Answers actions over HTTP with a status that says what became of them. */
@EndpointWebExtension(endpoint = WasmPluginsEndpoint.class)
public class WasmPluginsEndpointWebExtension {

  private static final int CONFLICT = 409;

  private final WasmPluginsEndpoint endpoint;

  public WasmPluginsEndpointWebExtension(WasmPluginsEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * 204 if the plug-in is gone, 400 for what can't be asked for, 404 for an unknown plug-in, 409 if
   * the action failed.
   */
  @WriteOperation
  public WebEndpointResponse<OperationResponseBody> act(
      SecurityContext security,
      @Selector String id,
      String action,
      @Nullable String location,
      @Nullable String content,
      @Nullable String version,
      @Nullable String digest,
      @Nullable String signature,
      @Nullable String description,
      @Nullable Integer revision) {
    try {
      Asked asked = new Asked(location, content, version, digest, signature, description, revision);
      WasmPluginAction known = WasmPluginsEndpoint.known(action);
      boolean there = this.endpoint.plugin(id) != null;
      if (!there && known != WasmPluginAction.INSTALL) {
        return refusal(
            "There is no plug-in '" + id + "'", null, WebEndpointResponse.STATUS_NOT_FOUND);
      }
      Principal principal = security.getPrincipal();
      this.endpoint.perform(known, id, asked, principal == null ? null : principal.getName());
      PluginDescriptor plugin = this.endpoint.plugin(id);
      return plugin == null
          ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT)
          : new WebEndpointResponse<>(plugin);
    } catch (InvalidEndpointRequestException unknown) {
      return refusal(unknown.getReason(), null, WebEndpointResponse.STATUS_BAD_REQUEST);
    } catch (WasmException failure) {
      return refusal(failure.getMessage(), failure.category(), CONFLICT);
    }
  }

  private static WebEndpointResponse<OperationResponseBody> refusal(
      @Nullable String error, @Nullable WasmErrorCategory category, int status) {
    return new WebEndpointResponse<>(
        new PluginRefusal(error, category, WasmPluginAction.ids()), status);
  }

  /** Why nothing was done, and what could be. */
  public record PluginRefusal(
      @Nullable String error, @Nullable WasmErrorCategory category, List<String> actions)
      implements OperationResponseBody {}
}
