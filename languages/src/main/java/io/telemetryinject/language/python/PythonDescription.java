package io.telemetryinject.language.python;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.FunctionKind;
import io.telemetryinject.language.ReturnStatement;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.model.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a function for script look-up: its shape, and the digest of its signature. */
final class PythonDescription {
  private PythonDescription() {}

  /** Describes a function under the exception policy that holds for it. */
  static FunctionMetadata describe(
      FunctionTask task, ScannedFunction function, ExceptionPolicy exceptions) {
    return new FunctionMetadata(
        task,
        function.name(),
        function.parameters(),
        function.returnType(),
        Language.PYTHON,
        exceptions,
        shape(function),
        signatureHash(function));
  }

  /** What matters for insertion, as words in a fixed order. */
  static Shape shape(ScannedFunction function) {
    FunctionBody body = function.body();
    List<String> traits = new ArrayList<>(8);
    traits.add(kind(function));
    add(traits, "decorated", !function.decorators().isEmpty());
    add(traits, "docstring", body.docstring() != null);
    add(traits, "one-line", !body.ownLine());
    add(traits, "tabs", body.unit().equals("\t"));
    traits.add(returns(body.returns()));
    add(traits, "falls-through", body.fallsThrough());
    add(traits, "strings", body.spansStrings());
    add(traits, "no-capture", !body.capturable());
    return new Shape(Language.PYTHON, traits);
  }

  /** Name, parameters with types, return type, language: the original per-signature identity. */
  static String signatureHash(ScannedFunction function) {
    Sha256 digest = new Sha256().field(Language.PYTHON.id()).field(function.name());
    digest.field(function.parameters().size());
    for (Parameter parameter : function.parameters()) {
      digest.field(parameter.name());
      type(digest, parameter.type());
    }
    type(digest, function.returnType());
    return digest.hex();
  }

  /** A missing annotation differs from every text. */
  private static void type(Sha256 digest, @Nullable String type) {
    digest.field(type == null ? 0 : 1).field(type == null ? "" : type);
  }

  private static String kind(ScannedFunction function) {
    if (function.kind() == FunctionKind.PLAIN) {
      return function.classContext() == null ? "function" : "method";
    }
    return function.kind() == FunctionKind.GENERATOR ? "generator" : "coroutine";
  }

  private static String returns(List<ReturnStatement> returns) {
    if (returns.isEmpty()) {
      return "returns-none";
    }
    boolean bare = returns.stream().anyMatch(ReturnStatement::bare);
    boolean valued = returns.stream().anyMatch(r -> !r.bare());
    return bare && valued ? "returns-mixed" : bare ? "returns-bare" : "returns-value";
  }

  private static void add(List<String> traits, String trait, boolean holds) {
    if (holds) {
      traits.add(trait);
    }
  }
}
