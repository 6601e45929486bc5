package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;

/** What supervisors are sent. */
sealed interface SupervisorCommand {

  record Begin() implements SupervisorCommand {}

  record Halt() implements SupervisorCommand {}

  record ChildBegun(Supervised child) implements SupervisorCommand {}

  record ChildHalted(Supervised child) implements SupervisorCommand {}

  record ChildCrashed(Supervised child, WasmException failure) implements SupervisorCommand {}

  record ChildWantsToEnd(ActorCell child) implements SupervisorCommand {}

  record EndChild(ActorCell child) implements SupervisorCommand {}
}
