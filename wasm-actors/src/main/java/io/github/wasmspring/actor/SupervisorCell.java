package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What is known of a supervisor outside of it; what happens to its children it is told. */
final class SupervisorCell implements Supervised, Overseer {

  final WasmSupervisor plan;
  final Overseer parent;
  final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

  /** The same, when its name is free again; set before it begins. */
  volatile CompletableFuture<@Nullable Void> gone = this.end;

  /** In the order in which they are started. */
  final List<SupervisedChild> children = new ArrayList<>();

  private @Nullable ActorRef<SupervisorCommand> ref;

  SupervisorCell(WasmSupervisor plan, Overseer parent) {
    this.plan = plan;
    this.parent = parent;
  }

  /** Before anybody else knows it. */
  void spawned(ActorRef<SupervisorCommand> made) {
    this.ref = made;
  }

  ActorRef<SupervisorCommand> ref() {
    return Objects.requireNonNull(this.ref);
  }

  private void send(SupervisorCommand command) {
    ref().tell(command);
  }

  @Override
  public String path() {
    String above = this.parent.path();
    return above.equals("/") ? "/" + this.plan.name() : above + "/" + this.plan.name();
  }

  @Override
  public String shown() {
    return "supervisor " + path();
  }

  @Override
  public void begin(boolean again) {
    send(new SupervisorCommand.Begin());
  }

  @Override
  public void halt() {
    send(new SupervisorCommand.Halt());
  }

  @Override
  public void begun(Supervised child) {
    send(new SupervisorCommand.ChildBegun(child));
  }

  @Override
  public void halted(Supervised child) {
    send(new SupervisorCommand.ChildHalted(child));
  }

  @Override
  public void crashed(Supervised child, WasmException failure) {
    send(new SupervisorCommand.ChildCrashed(child, failure));
  }

  @Override
  public void wantsToEnd(ActorCell child) {
    send(new SupervisorCommand.ChildWantsToEnd(child));
  }

  @Override
  public void end(ActorCell child) {
    send(new SupervisorCommand.EndChild(child));
  }

  /** All actors below it. */
  List<ActorCell> actors() {
    List<ActorCell> all = new ArrayList<>();
    for (SupervisedChild child : this.children) {
      if (child.target instanceof ActorCell actor) {
        all.add(actor);
      } else if (child.target instanceof SupervisorCell below) {
        all.addAll(below.actors());
      }
    }
    return all;
  }
}
