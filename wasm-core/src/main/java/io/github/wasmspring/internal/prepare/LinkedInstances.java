package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.pool.LinkedInstance;
import io.github.wasmspring.internal.sandbox.GuestThreadFactory;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes instances of a module, each with its own instances of the modules that it imports from.
 * They are made before it, and closed after it. What they take is charged to its account, and
 * counts for its limits.
 */
final class LinkedInstances {

  private final ModuleLinks links;
  private final Collection<WasmProvidedImport> imports;
  private final Limits limits;
  private final long initialMemory;
  private final List<Supply> own;
  private final Map<LinkedModule, List<Supply>> supplies = new IdentityHashMap<>();

  /**
   * Something that instances are given.
   *
   * @param link where each of them gets it from, {@code null} if all get the same
   */
  private record Supply(WasmProvidedImport provided, ModuleLinks.@Nullable Link link) {}

  /** Makes an instance of the module itself. */
  interface Maker {

    WasmInstance make(Collection<WasmProvidedImport> imports, MemoryCharge charge);
  }

  /**
   * @param imports what the module is given, with those that come from other modules
   * @param limits what one of its instances may have, with those of the other modules
   * @param facts of the module, {@code null} if they are not known and it has no links
   * @throws WasmLoadException {@code MEMORY_LIMIT} if they start with more memory than that
   */
  LinkedInstances(
      ModuleLinks links,
      Collection<WasmProvidedImport> imports,
      Limits limits,
      @Nullable ModuleFacts facts) {
    this.links = links;
    this.imports = imports;
    this.limits = limits;
    long sum = facts == null ? 0 : ownMemory(facts, imports);
    for (LinkedModule member : links.members()) {
      sum += ownMemory(member.facts(), member.imports());
    }
    this.initialMemory = sum;
    this.own = supplies(imports, links);
    for (LinkedModule member : links.members()) {
      this.supplies.put(member, supplies(member.imports(), member.links()));
    }
    if (!links.isEmpty() && sum > limits.memory()) {
      throw new WasmLoadException(
          WasmErrorCategory.MEMORY_LIMIT,
          "the module and those that it imports from, %s, start with %d bytes of memory together, but may have only %d; raise the memory limit of the module (limits.memory) or build them with less"
              .formatted(
                  String.join(", ", links.members().stream().map(LinkedModule::name).toList()),
                  sum,
                  limits.memory()),
          null);
    }
  }

  /** The bytes that the memories of a module begin with; each is known to be within its limits. */
  private static long ownMemory(ModuleFacts facts, Collection<WasmProvidedImport> imports) {
    List<ExternalType.Memory> own = new ArrayList<>(facts.memories());
    List<WasmImportedItem> items = DeclaredTypes.imports(facts);
    for (int i = 0; i < items.size(); i++) {
      if (isLinked(items.get(i), imports)) {
        own.remove(facts.imports().get(i).type());
      }
    }
    long bytes = 0;
    for (ExternalType.Memory memory : own) {
      bytes += memory.size().minimum() << memory.pageSizeLog2();
    }
    return bytes;
  }

  private static boolean isLinked(WasmImportedItem item, Collection<WasmProvidedImport> imports) {
    return imports.stream().anyMatch(each -> each instanceof WasmLinkedImport && each.meets(item));
  }

  /** The bytes that an instance of the module takes from the start, with all others. */
  long footprint(WasmCode code) {
    long bytes = code.footprint(this.imports, this.limits);
    for (LinkedModule member : this.links.members()) {
      bytes += member.code().footprint(member.imports(), limits(member));
    }
    return bytes;
  }

  /** What a module may have by its own limits holds for it everywhere. */
  private Limits limits(LinkedModule member) {
    Limits own = member.descriptor().settings().limits();
    return this.limits.with(
        both -> {
          both.memory(Math.min(own.memory(), this.limits.memory()));
          both.tableElements(Math.min(own.tableElements(), this.limits.tableElements()));
        });
  }

  /**
   * @param charge what pays for what they take beyond their footprint
   * @param resettable whether they will be reset
   */
  WasmInstance make(MemoryCharge charge, boolean resettable, Maker maker) {
    if (this.links.isEmpty()) {
      return maker.make(this.imports, charge);
    }
    CommonCharge common = new CommonCharge(charge, this.limits.memory(), this.initialMemory);
    Map<LinkedModule, WasmInstance> made = new IdentityHashMap<>();
    List<WasmInstance> closing = new ArrayList<>();
    try {
      for (LinkedModule member : this.links.members()) {
        WasmInstance instance = instantiate(member, made, common.member());
        made.put(member, instance);
        closing.add(0, instance);
      }
      WasmInstance first = maker.make(given(this.own, made), common.member());
      List<WasmInstance> others = List.copyOf(closing);
      closing.add(0, first);
      return new LinkedInstance(first, others, resettable && rememberAll(others));
    } catch (RuntimeException | Error failure) {
      LinkedInstance.closeAfter(failure, closing);
      throw failure;
    }
  }

  /** Only once all have started, for those that start later call those that have started. */
  private static boolean rememberAll(List<WasmInstance> others) {
    boolean remembered = true;
    for (WasmInstance each : others) {
      remembered = remembered && each.remember();
    }
    return remembered;
  }

  private WasmInstance instantiate(
      LinkedModule member, Map<LinkedModule, WasmInstance> made, MemoryCharge charge) {
    try {
      return member
          .code()
          .instantiate(
              given(Objects.requireNonNull(this.supplies.get(member)), made),
              limits(member),
              charge,
              false,
              new GuestThreadFactory(member.descriptor().id(), this.limits.stack()),
              StartFunction.of(member.descriptor(), member.code()));
    } catch (WasmLoadException failure) {
      throw new WasmLoadException(
          failure.category(),
          "there is no instance of %s, which it imports from: %s"
              .formatted(member.name(), failure.detail()),
          failure);
    }
  }

  private static List<Supply> supplies(Collection<WasmProvidedImport> imports, ModuleLinks links) {
    return imports.stream()
        .map(
            each ->
                new Supply(
                    each, each instanceof WasmLinkedImport linked ? links.find(linked) : null))
        .toList();
  }

  private static Collection<WasmProvidedImport> given(
      List<Supply> supplies, Map<LinkedModule, WasmInstance> made) {
    return supplies.stream().map(each -> given(each, made)).toList();
  }

  private static WasmProvidedImport given(Supply supply, Map<LinkedModule, WasmInstance> made) {
    ModuleLinks.Link link = supply.link();
    if (link == null) {
      return supply.provided();
    }
    WasmInstance from = Objects.requireNonNull(made.get(link.from()));
    try {
      return new WasmLinkedImport(
          link.item().module(), link.item().name(), from.external(link.item().name()));
    } catch (UnsupportedOperationException impossible) {
      throw new WasmLinkException(
          "the module can't be linked with %s: %s"
              .formatted(link.from().name(), impossible.getMessage()),
          List.of(new WasmUnmetImport(link.item(), supply.provided().describe(), null)),
          List.of());
    }
  }
}
