package io.telemetryinject.language.python;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names are bound in: the module, a class, or a function. */
final class Scope {
  private final String prefix;
  private final @Nullable String classContext;
  private final @Nullable FunctionDraft function;
  private @Nullable Set<String> globals;

  private Scope(String prefix, @Nullable String classContext, @Nullable FunctionDraft function) {
    this.prefix = prefix;
    this.classContext = classContext;
    this.function = function;
  }

  static Scope ofModule() {
    return new Scope("", null, null);
  }

  /** The scope around one function whose names are known, but not its surroundings. */
  static Scope around(String qualifiedName, @Nullable String classContext) {
    int name = qualifiedName.lastIndexOf('.') + 1;
    return new Scope(qualifiedName.substring(0, name), classContext, null);
  }

  static Scope ofFunction(FunctionDraft function) {
    return new Scope(function.qualifiedName + ".<locals>.", null, function);
  }

  Scope ofClass(String name) {
    String qualifiedName = qualify(name);
    return new Scope(qualifiedName + ".", qualifiedName, function);
  }

  /** A name bound here as {@code __qualname__} tells it; one declared global has no prefix. */
  String qualify(String name) {
    return globals != null && globals.contains(name) ? name : prefix + name;
  }

  void declareGlobal(String name) {
    if (globals == null) {
      globals = new HashSet<>();
    }
    globals.add(name);
  }

  /** The qualified name of the class, or null when this is none. */
  @Nullable String classContext() {
    return classContext;
  }

  boolean isClass() {
    return classContext != null;
  }

  boolean isModule() {
    return classContext == null && function == null;
  }

  /** The function itself, or the innermost one around a class; null outside of functions. */
  @Nullable FunctionDraft function() {
    return function;
  }
}
