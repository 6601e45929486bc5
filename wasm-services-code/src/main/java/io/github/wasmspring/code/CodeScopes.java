package io.github.wasmspring.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a file, the names that are bound in them, and the references to these. Scopes are
 * those of eslint-scope, and for TypeScript of typescript-eslint's scope manager.
 */
public final class CodeScopes {

  /** What opens a scope. */
  public enum ScopeKind {
    GLOBAL,
    MODULE,
    FUNCTION,
    /** Around a function expression: its own name. */
    FUNCTION_NAME,
    BLOCK,
    SWITCH,
    FOR,
    CATCH,
    CLASS,
    /** The initializer of a field. */
    FIELD,
    STATIC_BLOCK,
    WITH,
    /** The parameters of an interface or an alias of a type. */
    TYPE,
    FUNCTION_TYPE,
    CONDITIONAL_TYPE,
    MAPPED_TYPE,
    ENUM,
    NAMESPACE
  }

  /** What binds a name. */
  public enum BindingKind {
    VAR,
    LET,
    CONST,
    USING,
    AWAIT_USING,
    FUNCTION,
    CLASS,
    PARAMETER,
    CATCH,
    IMPORT,
    /** The {@code arguments} that each function has, without a definition. */
    ARGUMENTS,
    ENUM,
    ENUM_MEMBER,
    NAMESPACE,
    INTERFACE,
    TYPE,
    TYPE_PARAMETER
  }

  /**
   * A scope.
   *
   * @param range of the code that opens it
   * @param parent the one around it, {@code null} for the outermost
   * @param dynamic whether {@code with} or a direct {@code eval} in it can see or hide its names
   */
  public record Scope(ScopeKind kind, CodeRange range, @Nullable Scope parent, boolean dynamic) {}

  /**
   * A name in a scope.
   *
   * @param kind how it was bound first
   * @param definitions where it is bound, in the order of the text; empty for what is always there
   * @param value whether it names a value
   * @param type whether it names a type
   */
  public record Binding(
      String name,
      BindingKind kind,
      Scope scope,
      List<CodeRange> definitions,
      boolean value,
      boolean type) {}

  /**
   * A use of a name.
   *
   * @param scope in which it stands
   * @param reads whether the value is used
   * @param writes whether it gets a value
   * @param initializes whether that is the value with which it is bound
   * @param type whether a type is meant, or may be meant
   * @param binding to what it refers, {@code null} if the file has no such name
   */
  public record Reference(
      String name,
      CodeRange range,
      Scope scope,
      boolean reads,
      boolean writes,
      boolean initializes,
      boolean type,
      @Nullable Binding binding) {

    /**
     * Whether it stands before its {@code let}, {@code const} or class, in the same function or
     * not.
     */
    public boolean beforeDefinition() {
      return this.binding != null
          && switch (this.binding.kind()) {
            case LET, CONST, USING, AWAIT_USING, CLASS ->
                this.range.start() < this.binding.definitions().get(0).start();
            default -> false;
          };
    }
  }

  private final List<Scope> scopes;
  private final List<Binding> bindings;
  private final List<Reference> references;

  CodeScopes(List<Scope> scopes, List<Binding> bindings, List<Reference> references) {
    this.scopes = Collections.unmodifiableList(scopes);
    this.bindings = Collections.unmodifiableList(bindings);
    this.references = Collections.unmodifiableList(references);
  }

  /** All scopes, the outermost first. */
  public List<Scope> scopes() {
    return this.scopes;
  }

  /** All names. */
  public List<Binding> bindings() {
    return this.bindings;
  }

  /** All uses of names, by place. */
  public List<Reference> references() {
    return this.references;
  }

  /** The names of one scope. */
  public List<Binding> bindings(Scope scope) {
    return this.bindings.stream().filter(binding -> binding.scope() == scope).toList();
  }

  /** The uses of a name, by place. */
  public List<Reference> references(Binding binding) {
    return this.references.stream().filter(use -> use.binding() == binding).toList();
  }

  /** The names that the file uses and does not bind, in the order of their first uses. */
  public Set<String> globals() {
    Set<String> names = new LinkedHashSet<>();
    for (Reference use : this.references) {
      if (use.binding() == null) {
        names.add(use.name());
      }
    }
    return Collections.unmodifiableSet(names);
  }

  /**
   * What the name at a place is: of a use or of a definition.
   *
   * @param place in chars of the text
   */
  public Optional<Binding> at(int place) {
    for (Reference use : this.references) {
      if (contains(use.range(), place)) {
        return Optional.ofNullable(use.binding());
      }
    }
    return this.bindings.stream()
        .filter(binding -> binding.definitions().stream().anyMatch(range -> contains(range, place)))
        .findFirst();
  }

  /**
   * Edits that give a name another one, wherever it stands. Whether the new one is free, nobody
   * asks.
   */
  public List<CodeEdit> rename(Binding binding, String name) {
    Set<CodeRange> places = new LinkedHashSet<>(binding.definitions());
    references(binding).forEach(use -> places.add(use.range()));
    List<CodeEdit> edits = new ArrayList<>();
    places.forEach(place -> edits.add(new CodeEdit(place, name)));
    return edits;
  }

  private static boolean contains(CodeRange range, int place) {
    return place >= range.start() && place < range.end();
  }
}
