package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmUnmetImport;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.internal.engine.ExpectedExternal;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.prepare.WasmLink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a module gets from other modules of what it imports, and why it does not get the rest of
 * what it imports from them.
 */
final class ModuleLinks {

  static final ModuleLinks NONE = new ModuleLinks(List.of(), Map.of(), Map.of());

  private final Map<WasmImportedItem, Link> links = new LinkedHashMap<>();
  private final Map<WasmImportedItem, WasmUnmetImport> unmet;
  private final Map<WasmImportedItem, String> remedies;
  private final List<LinkedModule> members;
  private final boolean shareState;

  /**
   * One import and where it comes from, under the name that it has there, too.
   *
   * @param type as the other module declares it
   */
  record Link(WasmImportedItem item, LinkedModule from, ExternalType type) {

    /** What stands for it while there are no instances. */
    WasmLinkedImport expected() {
      return new WasmLinkedImport(
          this.item.module(),
          this.item.name(),
          new ExpectedExternal(this.from.name(), this.from.types(), this.type));
    }

    private boolean isState() {
      return this.type instanceof ExternalType.Memory
          || this.type instanceof ExternalType.Table
          || this.type instanceof ExternalType.Global global && global.mutable();
    }
  }

  /**
   * @param unmet imports of which another module has the name, but with another type
   * @param remedies what to do about others that are missing
   */
  ModuleLinks(
      List<Link> links,
      Map<WasmImportedItem, WasmUnmetImport> unmet,
      Map<WasmImportedItem, String> remedies) {
    links.forEach(link -> this.links.putIfAbsent(link.item(), link));
    this.unmet = Map.copyOf(unmet);
    this.remedies = Map.copyOf(remedies);
    Set<LinkedModule> all = Collections.newSetFromMap(new IdentityHashMap<>());
    List<LinkedModule> ordered = new ArrayList<>();
    for (Link link : links) {
      for (LinkedModule behind : link.from().links().members()) {
        if (all.add(behind)) {
          ordered.add(behind);
        }
      }
      if (all.add(link.from())) {
        ordered.add(link.from());
      }
    }
    this.members = List.copyOf(ordered);
    this.shareState =
        links.stream().anyMatch(Link::isState)
            || ordered.stream().anyMatch(member -> member.links().shareState());
  }

  @Nullable Link find(WasmImportedItem item) {
    return this.links.get(item);
  }

  /** Where what stands for an import will come from. */
  Link find(WasmLinkedImport expected) {
    for (Link link : this.links.values()) {
      if (expected.meets(link.item())) {
        return link;
      }
    }
    throw new IllegalArgumentException(expected.describe() + " is of no other module");
  }

  Map<WasmImportedItem, WasmUnmetImport> unmet() {
    return this.unmet;
  }

  Map<WasmImportedItem, String> remedies() {
    return this.remedies;
  }

  /** The modules whose instances one of this module needs, each before those that need it. */
  List<LinkedModule> members() {
    return this.members;
  }

  boolean isEmpty() {
    return this.members.isEmpty();
  }

  /**
   * Whether instances have memories, tables or globals in common that change, so that none of them
   * can be reset.
   */
  boolean shareState() {
    return this.shareState;
  }

  /** For people to see. */
  List<WasmLink> describe() {
    return this.members.stream()
        .map(
            member ->
                new WasmLink(
                    member.descriptor().id(),
                    member.descriptor().version(),
                    member.provenance().digest(),
                    List.copyOf(namesFrom(member))))
        .toList();
  }

  private Set<String> namesFrom(LinkedModule member) {
    Set<String> names = new LinkedHashSet<>();
    for (Link link : this.links.values()) {
      if (link.from() == member) {
        names.add(link.item().name());
      }
    }
    return names;
  }
}
