package io.lanewise.cli.report;

import java.util.Objects;

/**
 * One layer of the model's summary.
 *
 * @param outputShape of one image, such as "32 × 26 × 26"
 * @param receptiveField the input pixels one output value sees, such as "5 × 5"
 * @param flops of the forward pass of one image
 */
public record SummaryRow(
    String layer, String outputShape, long parameters, String receptiveField, long flops) {

  /** Texts may not be null, counts not negative. */
  public SummaryRow {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(outputShape, "outputShape");
    Objects.requireNonNull(receptiveField, "receptiveField");
    Checks.atLeast("parameters of " + layer, 0, parameters);
    Checks.atLeast("flops of " + layer, 0, flops);
  }
}
