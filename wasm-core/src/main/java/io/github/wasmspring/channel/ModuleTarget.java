package io.github.wasmspring.channel;

import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.tenant.WasmTenants;
import org.jspecify.annotations.Nullable;

/** An operation of a module. */
record ModuleTarget(WasmModuleManager manager, WasmRoute route) implements MessageTarget {

  @Override
  public byte @Nullable [] deliver(WasmMessage message) {
    OperationSpec call =
        this.manager
            .module(this.route.module())
            .operation(this.route.operation())
            .tenant(WasmTenants.DEFAULT);
    OperationSpec prepared =
        this.route.passTopic()
            ? call.arguments(message.topic(), message.payload())
            : call.arguments((Object) message.payload());
    if (this.route.replyTo() == null) {
      prepared.retrieve(void.class);
      return null;
    }
    return prepared.retrieve(byte[].class).value();
  }
}
