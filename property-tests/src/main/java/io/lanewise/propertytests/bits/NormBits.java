package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.LengthNorm;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.norm.RunningStatistics;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Normalisations, forward and backward, in both layouts. */
final class NormBits {
  // Rows and columns with tails, of several units of work; and few channels of one unit each.
  private static final List<Shape> SHAPES = List.of(Shape.of(2, 38, 21, 23), Shape.of(3, 6, 7, 5));
  private static final double EPSILON = 1e-5;

  private NormBits() {}

  static Stream<BitCase> cases() {
    return SHAPES.stream().flatMap(s -> Arrays.stream(Layout.values()).flatMap(l -> images(s, l)));
  }

  private static Stream<BitCase> images(Shape s, Layout l) {
    String at = " " + s + " " + l;
    Lrn usual = Lrn.onnx(5, 0.5, 0.75, 2);
    Lrn other = Lrn.paper(3, 1, 0.25, 0.6);
    return Stream.of(
        new BitCase("norm", "batch" + at, (b, p, out) -> batch(s, l, b, p, out)),
        norm("group" + at, n -> n.groupNorm(s, l, 2, EPSILON)),
        norm("layer" + at, n -> n.layerNorm(s, 2, EPSILON)),
        norm("root mean square" + at, n -> n.rmsNorm(s, -1, EPSILON)),
        new BitCase("norm", "length" + at, (b, p, out) -> length(s, l, b, p, out)),
        lrn("across" + at, n -> n.lrnAcrossChannels(s, l, usual)),
        lrn("across by logarithms" + at, n -> n.lrnAcrossChannels(s, l, other)),
        lrn("within" + at, n -> n.lrnWithinChannel(s, l, other)));
  }

  private static Tensor floats(BitData data, Shape shape, Layout layout) {
    return shape.rank() < 2 ? data.floats(shape) : data.floats(shape).copy(layout);
  }

  private static void batch(Shape s, Layout l, Backend backend, Parallel par, BitCase.Output out) {
    BatchNorm op = backend.normalisations().batchNorm(s, l, EPSILON, Activation.relu());
    BitData data = BitData.of("batch norm " + s);
    Tensor x = floats(data, s, l);
    Shape c = Shape.of(s.dim(1));
    Tensor gamma = data.floats(c);
    Tensor beta = data.floats(c);
    RunningStatistics running = RunningStatistics.start(s.dim(1));
    Tensor y = Tensor.zeros(s, l);
    Tensor mean = Tensor.zeros(c);
    Tensor r = Tensor.zeros(c);
    Workspace ws = Workspace.allocate(op.workspace(), par.workers());
    op.forward(x, gamma, beta, running, y, mean, r, ws, par);
    out.add("forward", y, mean, r, running.mean(), running.variance());
    Tensor dx = Tensor.zeros(s, l);
    Tensor dgamma = Tensor.zeros(c);
    Tensor dbeta = Tensor.zeros(c);
    Tensor dy = floats(data, s, l);
    op.backward(x, gamma, beta, mean, r, dy, dx, dgamma, dbeta, ws, par);
    out.add("backward", dx, dgamma, dbeta);
    Tensor z = Tensor.zeros(s, l);
    Tensor special = data.special(s).copy(l);
    op.infer(special, gamma, beta, running.mean(), running.variance(), z, ws, par);
    out.add("inference", z);
    Tensor slopes = Tensor.zeros(s, l);
    Tensor variance = running.variance();
    dgamma = Tensor.zeros(c);
    dbeta = Tensor.zeros(c);
    op.inferBackward(x, gamma, beta, running.mean(), variance, dy, slopes, dgamma, dbeta, ws, par);
    out.add("backward, inference", slopes, dgamma, dbeta);
  }

  private static BitCase norm(String name, Function<Normalisations, Norm> plan) {
    return new BitCase(
        "norm", name, (b, p, out) -> run(plan.apply(b.normalisations()), name, p, out));
  }

  private static void run(Norm op, String name, Parallel par, BitCase.Output out) {
    BitData data = BitData.of(name);
    Tensor x = floats(data, op.shape(), op.layout());
    Tensor gamma = data.floats(op.parameters());
    Tensor beta = data.floats(op.parameters());
    Tensor y = Tensor.zeros(op.shape(), op.layout());
    Tensor mean = op.isCentred() ? Tensor.zeros(op.statistics()) : null;
    Tensor r = Tensor.zeros(op.statistics());
    Workspace ws = Workspace.allocate(op.workspace(), par.workers());
    op.forward(x, gamma, beta, y, mean, r, ws, par);
    out.add("forward", y, r);
    Tensor dx = Tensor.zeros(op.shape(), op.layout());
    Tensor dgamma = Tensor.zeros(op.parameters());
    Tensor dbeta = Tensor.zeros(op.parameters());
    Tensor dy = floats(data, op.shape(), op.layout());
    op.backward(x, gamma, mean, r, dy, dx, dgamma, dbeta, ws, par);
    out.add("backward", dx, dgamma, dbeta);
  }

  private static void length(Shape s, Layout l, Backend backend, Parallel par, BitCase.Output out) {
    for (int axis = 1; axis < 3; axis++) {
      LengthNorm op = backend.normalisations().lengthNorm(s, l, axis, EPSILON);
      BitData data = BitData.of("length norm " + s);
      Tensor x = floats(data, s, l);
      Tensor y = Tensor.zeros(s, l);
      Tensor r = Tensor.zeros(op.statistics());
      Workspace ws = Workspace.allocate(op.workspace(), par.workers());
      op.forward(x, y, r, ws, par);
      out.add("forward " + axis, y, r);
      Tensor dx = Tensor.zeros(s, l);
      op.backward(x, r, floats(data, s, l), dx, ws, par);
      out.add("backward " + axis, dx);
    }
  }

  private static BitCase lrn(String name, Function<Normalisations, LocalResponseNorm> plan) {
    return new BitCase(
        "norm",
        name,
        (b, par, out) -> {
          LocalResponseNorm op = plan.apply(b.normalisations());
          BitData data = BitData.of(name);
          Tensor x = floats(data, op.shape(), op.layout());
          Tensor y = Tensor.zeros(op.shape(), op.layout());
          Workspace ws = Workspace.allocate(op.workspace(), par.workers());
          op.forward(x, y, ws, par);
          out.add("forward", y);
          Tensor dx = Tensor.zeros(op.shape(), op.layout());
          op.backward(x, floats(data, op.shape(), op.layout()), dx, ws, par);
          out.add("backward", dx);
        });
  }
}
