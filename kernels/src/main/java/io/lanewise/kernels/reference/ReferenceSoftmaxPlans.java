package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link ReferenceElementwise}'s softmax behind the plans' interfaces. */
final class ReferenceSoftmaxPlans {
  private ReferenceSoftmaxPlans() {}

  record Plain() implements Softmax {
    @Override
    public void forward(Tensor x, Tensor y, Parallel par) {
      requireShape(y, x.shape(), "y");
      requireSameOrDisjoint(y, "y", x, "x");
      ReferenceElementwise.softmax(x, y);
    }

    @Override
    public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
      requireShape(dy, y.shape(), "dy");
      requireShape(dx, y.shape(), "dx");
      requireSameOrDisjoint(dx, "dx", dy, "dy");
      requireSameOrDisjoint(dx, "dx", y, "y");
      ReferenceElementwise.softmaxBackward(y, dy, dx);
    }
  }

  record CrossEntropy() implements SoftmaxCrossEntropy {
    @Override
    public double forward(
        Tensor logits, int[] labels, Tensor losses, Tensor probabilities, Parallel par) {
      SoftmaxCrossEntropy.requireLabels(logits, labels);
      int n = labels.length;
      requireShape(losses, Shape.of(n), "losses");
      requireShape(probabilities, logits.shape(), "probabilities");
      requireSameOrDisjoint(probabilities, "probabilities", logits, "logits");
      requireDisjoint(losses, "losses", logits, "logits");
      requireDisjoint(losses, "losses", probabilities, "probabilities");
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double loss = ReferenceElementwise.crossEntropy(logits, i, labels[i]);
        losses.set((float) loss, i);
        sum += loss;
      }
      ReferenceElementwise.softmax(logits, probabilities);
      return n == 0 ? 0 : sum / n;
    }

    @Override
    public void backward(Tensor probabilities, int[] labels, Tensor dx, Parallel par) {
      SoftmaxCrossEntropy.requireLabels(probabilities, labels);
      requireShape(dx, probabilities.shape(), "dx");
      requireSameOrDisjoint(dx, "dx", probabilities, "probabilities");
      for (int i = 0; i < labels.length; i++) {
        for (int c = 0; c < dx.shape().dim(1); c++) {
          double p = probabilities.get(i, c);
          dx.set((float) ((c == labels[i] ? p - 1 : p) / labels.length), i, c);
        }
      }
    }
  }
}
