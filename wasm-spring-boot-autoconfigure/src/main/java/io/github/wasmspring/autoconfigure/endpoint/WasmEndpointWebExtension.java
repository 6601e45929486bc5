package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint.ModuleDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Answers actions over HTTP with a status that says what became of them. */
@EndpointWebExtension(endpoint = WasmEndpoint.class)
public class WasmEndpointWebExtension {

  private static final int CONFLICT = 409;

  private final WasmEndpoint endpoint;

  public WasmEndpointWebExtension(WasmEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** 400 for an unknown action or version, 404 for an unknown module, 409 if the action failed. */
  @WriteOperation
  public WebEndpointResponse<OperationResponseBody> act(
      @Selector String id, String action, @Nullable String version) {
    try {
      ModuleDescriptor module = this.endpoint.act(id, action, version);
      return module != null
          ? new WebEndpointResponse<>(module)
          : refusal("There is no module '" + id + "'", WebEndpointResponse.STATUS_NOT_FOUND);
    } catch (InvalidEndpointRequestException unknown) {
      return refusal(unknown.getReason(), WebEndpointResponse.STATUS_BAD_REQUEST);
    } catch (WasmException | IllegalStateException failure) {
      return refusal(failure.getMessage(), CONFLICT);
    }
  }

  /** 404 for a task that there is not, or that has ended. */
  @DeleteOperation
  public WebEndpointResponse<OperationResponseBody> cancel(
      @Selector String id, @Selector long task) {
    ModuleDescriptor module = this.endpoint.cancel(id, task);
    return module != null
        ? new WebEndpointResponse<>(module)
        : new WebEndpointResponse<>(
            new NoSuchTask("Module '%s' has no call %d that waits or runs".formatted(id, task)),
            WebEndpointResponse.STATUS_NOT_FOUND);
  }

  private static WebEndpointResponse<OperationResponseBody> refusal(
      @Nullable String error, int status) {
    return new WebEndpointResponse<>(new Refusal(error, WasmModuleAction.ids()), status);
  }

  /** Why nothing was cancelled. */
  public record NoSuchTask(String error) implements OperationResponseBody {}

  /** Why nothing was done, and what could be. */
  public record Refusal(@Nullable String error, List<String> actions)
      implements OperationResponseBody {}
}
