package io.lanewise.benchmarks.check;

import io.lanewise.benchmarks.ConvSequence;
import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import java.util.ArrayList;
import java.util.List;

/** A sequence of convolutions, layer by layer: each as a task of its own, one behind the other. */
final class SequenceExpectation {
  private SequenceExpectation() {}

  /** Of the outputs of all lines, in their order. */
  static Expectation of(Task task) {
    ConvSequence sequence = ConvSequence.of(task);
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (ShapeFile.Entry<ConvShape> layer : sequence.layers()) {
      Task one = new Task(Op.CONV, layer.shape().toString());
      for (Part part : ConvExpectation.forward(one).parts()) {
        parts.add(part.shifted(layer.shape() + ", ", at));
      }
      at += layer.shape().y().size();
    }
    return new Expectation(task.toString(), sequence.outputSize(), parts);
  }
}
