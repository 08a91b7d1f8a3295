package io.lanewise.kernels.norm;

import static io.lanewise.kernels.Refusals.assertRefused;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What plans and runs refuse, with the message of each; the reference refuses the same. */
final class NormErrorsTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final Layout FIRST = Layout.CHANNELS_FIRST;
  private static final Shape S = Shape.of(2, 3, 4);

  private final float[] array = new float[200];

  static List<Backend> backends() {
    return List.of(CpuBackend.best(), new ReferenceBackend());
  }

  private Tensor at(int offset, int... dims) {
    return Tensor.wrap(Shape.of(dims), array, offset);
  }

  private static Tensor images() {
    return Tensor.zeros(S);
  }

  private static Tensor three() {
    return Tensor.zeros(3);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void plans(Backend b) {
    Normalisations n = b.normalisations();
    Activation none = Activation.identity();
    Shape flat = Shape.of(5);
    Lrn lrn = Lrn.paper(5, 2, 1, 1);
    assertRefused(() -> n.batchNorm(flat, FIRST, 0, none), "batch norm takes images", "[5]");
    assertRefused(() -> n.instanceNorm(flat, FIRST, 0), "instance norm takes images");
    assertRefused(() -> n.groupNorm(flat, FIRST, 1, 0), "group norm takes images");
    assertRefused(
        () -> n.meanVarianceNorm(flat, FIRST, NormSpan.BATCH, 1), "mean-variance norm takes");
    assertRefused(() -> n.lrnAcrossChannels(flat, FIRST, lrn), "local response norm takes");
    assertRefused(
        () -> n.lrnWithinChannel(Shape.of(1, 1, 1, 1, 1, 1), FIRST, lrn), "three spatial axes");
    assertRefused(() -> n.groupNorm(S, FIRST, 2, 0), "divide the channels, got groups=2");
    assertRefused(() -> n.groupNorm(S, FIRST, 0, 0), "got groups=0");
    assertRefused(() -> n.layerNorm(S, 3, 0), "in [-3, 3) of shape [2, 3, 4], got 3");
    assertRefused(() -> n.rmsNorm(S, -4, 0), "got -4");
    assertRefused(() -> n.lengthNorm(S, FIRST, 3, 1), "got 3");
    assertRefused(() -> n.batchNorm(S, FIRST, -1, none), "at least 0.0, got -1.0");
    assertRefused(() -> n.layerNorm(S, 1, Double.NaN), "got NaN");
    assertRefused(() -> n.rmsNorm(S, 1, Double.POSITIVE_INFINITY), "got Infinity");
    assertRefused(() -> n.lengthNorm(S, FIRST, 1, 0), "epsilon must be finite and at least");
    assertRefused(() -> n.meanVarianceNorm(S, FIRST, NormSpan.IMAGE, 0), "epsilon must be");
    assertRefused(() -> new RunningStatistics(three(), three(), 1.5), "got 1.5");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void batchNorm(Backend b) {
    BatchNorm op = b.normalisations().batchNorm(S, FIRST, 0, Activation.relu());
    Workspace ws = TestData.workspace(op.workspace(), ONE);
    Tensor x = images();
    Tensor c = three();
    Tensor two = Tensor.zeros(2);
    Tensor last = Tensor.zeros(S, Layout.CHANNELS_LAST);
    assertRefused(
        () -> op.forward(last, null, null, null, images(), null, null, ws, ONE), "x must have");
    assertRefused(
        () -> op.forward(x, two, null, null, x, null, null, ws, ONE), "gamma must have", "[3]");
    assertRefused(() -> op.forward(x, c, two, null, x, null, null, ws, ONE), "beta must have");
    assertRefused(() -> op.forward(x, c, c, null, two, null, null, ws, ONE), "y must have");
    assertRefused(() -> op.forward(x, c, c, null, x, two, null, ws, ONE), "mean must have");
    assertRefused(() -> op.forward(x, c, c, null, x, null, two, ws, ONE), "r must have");
    RunningStatistics wrong = new RunningStatistics(c, two, 0.1);
    assertRefused(
        () -> op.forward(x, null, null, wrong, x, null, null, ws, ONE), "the running variance");
    RunningStatistics twice = new RunningStatistics(c, c, 0.1);
    assertRefused(
        () -> op.forward(x, null, null, twice, x, null, null, ws, ONE),
        "the running variance must not share elements with the running mean");
    assertRefused(
        () -> op.forward(at(0, 2, 3, 4), null, null, null, at(1, 2, 3, 4), null, null, ws, ONE),
        "y must be x itself or share no elements");
    assertRefused(
        () -> op.forward(x, null, null, null, at(0, 2, 3, 4), at(4, 3), null, ws, ONE),
        "mean must not share elements with y");
    assertRefused(() -> op.infer(x, null, null, two, c, x, ws, ONE), "mean must have");
    assertRefused(() -> op.infer(x, null, null, c, two, x, ws, ONE), "variance must have");
    assertRefused(
        () -> op.infer(x, null, null, at(0, 3), c, at(0, 2, 3, 4), ws, ONE),
        "y must not share elements with mean");
    assertRefused(
        () -> op.backward(x, null, null, c, c, x, two, null, null, ws, ONE), "dx must have");
    assertRefused(
        () -> op.backward(x, null, null, c, two, x, images(), null, null, ws, ONE), "r must have");
    assertRefused(
        () -> op.backward(x, null, null, c, c, x, images(), two, null, ws, ONE), "dgamma must");
    assertRefused(
        () -> op.backward(x, null, null, c, c, x, images(), at(0, 3), at(1, 3), ws, ONE),
        "dbeta must not share elements with dgamma");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradientsOfInference(Backend b) {
    BatchNorm op = b.normalisations().batchNorm(S, FIRST, 0, Activation.relu());
    Workspace ws = TestData.workspace(op.workspace(), ONE);
    Tensor x = images();
    Tensor y = images();
    Tensor c = three();
    Tensor two = Tensor.zeros(2);
    assertRefused(() -> op.inferBackward(two, c, c, c, c, x, y, null, null, ws, ONE), "x must");
    assertRefused(() -> op.inferBackward(x, two, c, c, c, x, y, null, null, ws, ONE), "gamma must");
    assertRefused(() -> op.inferBackward(x, c, two, c, c, x, y, null, null, ws, ONE), "beta must");
    assertRefused(() -> op.inferBackward(x, c, c, two, c, x, y, null, null, ws, ONE), "mean must");
    assertRefused(
        () -> op.inferBackward(x, c, c, c, two, x, y, null, null, ws, ONE), "variance must", "[3]");
    assertRefused(() -> op.inferBackward(x, c, c, c, c, two, y, null, null, ws, ONE), "dy must");
    assertRefused(() -> op.inferBackward(x, c, c, c, c, x, two, null, null, ws, ONE), "dx must");
    assertRefused(() -> op.inferBackward(x, c, c, c, c, x, y, two, null, ws, ONE), "dgamma must");
    assertRefused(() -> op.inferBackward(x, c, c, c, c, x, y, null, two, ws, ONE), "dbeta must");
    assertRefused(
        () -> op.inferBackward(x, c, c, c, at(3, 3), x, at(0, 2, 3, 4), null, null, ws, ONE),
        "dx must not share elements with variance");
    assertRefused(
        () -> op.inferBackward(x, c, c, c, at(0, 3), x, y, at(2, 3), null, ws, ONE),
        "dgamma must not share elements with variance");
    assertRefused(
        () -> op.inferBackward(at(1, 2, 3, 4), c, c, c, c, x, at(0, 2, 3, 4), null, null, ws, ONE),
        "dx must be x itself or share no elements");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void norms(Backend b) {
    Norm op = b.normalisations().layerNorm(S, 1, 0);
    Workspace ws = TestData.workspace(op.workspace(), ONE);
    Tensor x = images();
    Tensor w = Tensor.zeros(3, 4);
    Tensor two = Tensor.zeros(2);
    assertRefused(
        () -> op.forward(three(), null, null, x, null, null, ws, ONE),
        "x must have shape [2, 3, 4], got [3]");
    assertRefused(() -> op.forward(x, two, null, x, null, null, ws, ONE), "gamma must have");
    assertRefused(() -> op.forward(x, w, two, x, null, null, ws, ONE), "beta must have");
    assertRefused(() -> op.forward(x, w, w, x, three(), null, ws, ONE), "mean must have");
    assertRefused(() -> op.forward(x, w, w, x, two, three(), ws, ONE), "r must have");
    assertRefused(() -> op.forward(x, w, w, x, two, two, ws, ONE), "r must not share", "mean");
    assertRefused(
        () -> op.backward(x, w, two, two, x, images(), two, null, ws, ONE), "dgamma must have");
    assertRefused(
        () -> op.backward(x, w, two, two, x, images(), w, null, ws, ONE), "dgamma must not");
    Norm rms = b.normalisations().rmsNorm(S, 1, 0);
    assertRefused(() -> rms.forward(x, w, w, x, two, null, ws, ONE), "mean must be null");
    LengthNorm length = b.normalisations().lengthNorm(S, FIRST, 1, 1);
    Workspace lws = TestData.workspace(length.workspace(), ONE);
    assertRefused(() -> length.forward(x, two, null, lws, ONE), "y must have shape");
    assertRefused(() -> length.forward(x, x, two, lws, ONE), "r must have shape [2, 4]");
    assertRefused(() -> length.backward(x, two, x, x, lws, ONE), "r must have shape [2, 4]");
    LocalResponseNorm lrn = b.normalisations().lrnAcrossChannels(S, FIRST, Lrn.paper(5, 2, 1, 1));
    Workspace rws = TestData.workspace(lrn.workspace(), ONE);
    assertRefused(() -> lrn.forward(x, x, rws, ONE), "y must not share elements with x");
    assertRefused(() -> lrn.backward(x, images(), x, rws, ONE), "dx must not share", "x");
    Tensor dy = images();
    assertRefused(() -> lrn.backward(x, dy, dy, rws, ONE), "dx must not share", "dy");
  }
}
