package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Trial;
import java.util.Arrays;
import java.util.List;

/** What a run gave. */
final class Outcome {
  private final List<String> names;
  private final List<Tensor> outputs;
  private final int[] numbers;

  /**
   * A result.
   *
   * @param names of the outputs
   * @param outputs copied
   * @param numbers the indices, copied; empty if there are none
   */
  Outcome(List<String> names, List<Tensor> outputs, int[] numbers) {
    this.names = names;
    this.outputs = outputs;
    this.numbers = numbers;
  }

  List<Tensor> outputs() {
    return outputs;
  }

  /** Both runs must have given the same bits. */
  static void requireSame(Trial trial, String when, Outcome want, Outcome got) {
    for (int i = 0; i < want.outputs.size(); i++) {
      trial.sameBits(want.names.get(i) + " " + when, want.outputs.get(i), got.outputs.get(i));
    }
    requireSameNumbers(trial, when, want, got);
  }

  /** Both runs must have written the same indices, if any. */
  static void requireSameNumbers(Trial trial, String when, Outcome want, Outcome got) {
    trial.require(
        Arrays.equals(want.numbers, got.numbers),
        () ->
            "%s %s: expected indices %s, got %s"
                .formatted(
                    want.names.isEmpty() ? "indices" : want.names.getFirst(),
                    when,
                    Arrays.toString(want.numbers),
                    Arrays.toString(got.numbers)));
  }
}
