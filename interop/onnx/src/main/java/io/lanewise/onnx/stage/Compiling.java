package io.lanewise.onnx.stage;

import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.onnx.lower.Lowerings;
import java.util.Map;
import java.util.Objects;

/**
 * What the stages of a model are compiled with.
 *
 * @param lowerings operators that graphs compute
 * @param options of the graphs; shares weights between them
 * @param mostStages how many stages a program keeps
 * @param opsets of the model, by domain
 */
public record Compiling(
    Lowerings lowerings, CompileOptions options, int mostStages, Map<String, Long> opsets) {
  /** Checks the number. */
  public Compiling {
    Objects.requireNonNull(lowerings, "lowerings");
    Objects.requireNonNull(options, "options");
    opsets = Map.copyOf(opsets);
    if (mostStages < 1) {
      throw new IllegalArgumentException("at least one set of shapes is kept, got " + mostStages);
    }
  }
}
