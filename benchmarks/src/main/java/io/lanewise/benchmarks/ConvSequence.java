package io.lanewise.benchmarks;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The convolutions of a list, as one task runs them: in the order of the lines, each as often as
 * its line says.
 *
 * @param layers at least one
 */
public record ConvSequence(List<ShapeFile.Entry<ConvShape>> layers) {
  /** Keeps its own copy. */
  public ConvSequence {
    layers = List.copyOf(layers);
  }

  /**
   * Opens the task's list.
   *
   * @throws UncheckedIOException if it is not there or not understood
   * @throws IllegalArgumentException if it has no convolution, or one that no tensor holds
   */
  public static ConvSequence of(Task task) {
    Task.Sequence s = task.sequence();
    try {
      List<ShapeFile.Entry<ConvShape>> layers =
          ShapeFile.open(s.list()).convs().stream()
              .map(e -> new ShapeFile.Entry<>(e.shape().withBatch(s.n()), e.count()))
              .toList();
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("no convolution in " + s.list());
      }
      return new ConvSequence(layers);
    } catch (IOException e) {
      throw new UncheckedIOException("the list of " + task, e);
    }
  }

  /**
   * Elements of all distinct layers' outputs together, in the order of the lines.
   *
   * @throws ArithmeticException if that is more than an array holds
   */
  public int outputSize() {
    return layers.stream().mapToInt(l -> l.shape().y().size()).reduce(0, Math::addExact);
  }
}
