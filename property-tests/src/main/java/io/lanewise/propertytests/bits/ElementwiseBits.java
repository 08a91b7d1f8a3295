package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.subject.ActivationSubject;
import java.util.stream.Stream;

/** Activations, softmax and cross-entropy, forward and backward. */
final class ElementwiseBits {
  // Two tasks of 16,384 elements and a tail; rows of one class, of a vector and of many.
  private static final int ELEMENTS = 16_384 + 77;

  private ElementwiseBits() {}

  static Stream<BitCase> cases() {
    Stream<BitCase> activations =
        Stream.concat(ActivationSubject.KINDS.stream(), ActivationSubject.MORE.stream())
            .map(
                kind ->
                    new BitCase(
                        "activation", kind.toString(), (b, p, out) -> activation(kind, b, p, out)));
    Stream<BitCase> rows =
        Stream.of(Shape.of(3, 1), Shape.of(9, 16), Shape.of(40, 1001))
            .flatMap(
                s ->
                    Stream.of(
                        new BitCase("softmax", "plain " + s, (b, p, o) -> softmax(s, b, p, o)),
                        new BitCase(
                            "softmax", "cross-entropy " + s, (b, p, o) -> entropy(s, b, p, o))));
    return Stream.concat(activations, rows);
  }

  private static void activation(
      Activation kind, Backend backend, Parallel par, BitCase.Output out) {
    ActivationOp plan = backend.activation(kind);
    BitData data = BitData.of(kind.toString());
    Tensor x = data.special(Shape.of(ELEMENTS));
    Tensor y = Tensor.zeros(ELEMENTS);
    plan.forward(x, y, par);
    out.add("forward", y);
    Tensor dx = Tensor.zeros(ELEMENTS);
    plan.backward(kind.needsInput() ? x : y, data.floats(y.shape()), dx, par);
    out.add("backward", dx);
  }

  private static void softmax(Shape s, Backend backend, Parallel par, BitCase.Output out) {
    Softmax plan = backend.softmax();
    BitData data = BitData.of("softmax " + s);
    Tensor y = Tensor.zeros(s);
    plan.forward(data.floats(s), y, par);
    out.add("forward", y);
    Tensor dx = Tensor.zeros(s);
    plan.backward(y, data.floats(s), dx, par);
    out.add("backward", dx);
  }

  private static void entropy(Shape s, Backend backend, Parallel par, BitCase.Output out) {
    SoftmaxCrossEntropy plan = backend.softmaxCrossEntropy();
    BitData data = BitData.of("cross-entropy " + s);
    int[] labels = data.labels(s.dim(0), s.dim(1));
    Tensor losses = Tensor.zeros(s.dim(0));
    Tensor probabilities = Tensor.zeros(s);
    double mean = plan.forward(data.floats(s), labels, losses, probabilities, par);
    out.add("forward", losses, probabilities, Tensor.of(Shape.of(1), (float) mean));
    Tensor dx = Tensor.zeros(s);
    plan.backward(probabilities, labels, dx, par);
    out.add("backward", dx);
  }
}
