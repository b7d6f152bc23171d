package io.telemetryinject.language.python;

import java.util.List;
import java.util.Set;

/**
 * Decorators whose functions another compiler reads: an entry is a dotted name, or the end of one;
 * {@code numba.*} stands for everything of a module.
 */
record CompiledDecorators(Set<String> names) {

  static final CompiledDecorators DEFAULT =
      new CompiledDecorators(
          Set.of(
              "jit",
              "njit",
              "pmap",
              "vectorize",
              "guvectorize",
              "cfunc",
              "overload_method",
              "overload_attribute",
              "intrinsic",
              "filter_jit",
              "numba.*",
              "nb.*",
              "cuda.*",
              "jax.*",
              "triton.*",
              "taichi.*",
              "ti.func",
              "ti.kernel",
              "wp.func",
              "wp.kernel",
              "torch.compile",
              "torch.jit.*",
              "jit.script",
              "jit.script_method",
              "tf.function",
              "tensorflow.function",
              "tf.autograph.*",
              "cython.*",
              "cp.fuse",
              "cupy.fuse",
              "script.ir_module",
              "T.prim_func"));

  CompiledDecorators {
    names = Set.copyOf(names);
  }

  boolean matchAny(List<String> decorators) {
    for (String decorator : decorators) {
      String path = Decorators.path(decorator);
      String arguments = Decorators.arguments(decorator);
      boolean partial = path.equals("partial") || path.endsWith(".partial");
      if (matches(path)
          || partial && matches(Decorators.path(arguments))
          || path.endsWith("overload") && !arguments.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(String path) {
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      if (names.contains(path.substring(0, dot) + ".*")) {
        return true;
      }
    }
    for (String rest = path; ; rest = rest.substring(rest.indexOf('.') + 1)) {
      if (names.contains(rest)) {
        return true;
      }
      if (rest.indexOf('.') < 0) {
        return false;
      }
    }
  }
}
