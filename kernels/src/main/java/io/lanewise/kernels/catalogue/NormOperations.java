package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.LengthNorm;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.NormSpan;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.norm.RunningStatistics;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.function.BiFunction;

/** Batch norm and its kin. */
final class NormOperations {
  private static final String FAMILY = "normalisation";
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final Layout FIRST = Layout.CHANNELS_FIRST;
  private static final double EPSILON = 1e-3;
  private static final List<Integer> TENSORS = List.of(1, 2, 3, 4, 5);
  private static final List<Integer> IMAGES = List.of(0, 1, 2, 3);

  private NormOperations() {}

  static List<Operation> all() {
    return List.of(
        Operation.of(
            FAMILY,
            "batch norm and ReLU, in training",
            IMAGES,
            (b, axes) -> batchForward(b, images(axes)),
            (b, axes) -> batchBackward(b, images(axes))),
        Operation.of(
            FAMILY,
            "batch norm and ReLU, in inference",
            IMAGES,
            (b, axes) -> batchInference(b, images(axes)),
            (b, axes) -> batchInferenceBackward(b, images(axes))),
        norm("group norm", Operation.SPATIAL, (n, s) -> n.groupNorm(s, FIRST, 3, EPSILON)),
        norm("instance norm", Operation.SPATIAL, (n, s) -> n.instanceNorm(s, FIRST, EPSILON)),
        norm(
            "mean-variance norm",
            Operation.SPATIAL,
            (n, s) -> n.meanVarianceNorm(s, FIRST, NormSpan.CHANNEL, EPSILON)),
        norm("layer norm", TENSORS, (n, s) -> n.layerNorm(s, -1, EPSILON)),
        norm("root mean square norm", TENSORS, (n, s) -> n.rmsNorm(s, -1, EPSILON)),
        Operation.of(
            FAMILY,
            "length norm along an axis",
            TENSORS,
            (b, axes) -> lengthForward(length(b, axes)),
            (b, axes) -> lengthBackward(length(b, axes))),
        lrn("local response norm across channels", IMAGES, NormOperations::across),
        lrn("local response norm within channels", Operation.SPATIAL, NormOperations::within));
  }

  /** Of images the axes count the spatial ones, of other tensors all. */
  private static Shape images(int axes) {
    return ExampleData.shape(axes + 2);
  }

  private static Operation norm(
      String name, List<Integer> axes, BiFunction<Normalisations, Shape, Norm> plan) {
    int more = axes.equals(TENSORS) ? 0 : 2;
    return Operation.of(
        FAMILY,
        name,
        axes,
        (b, a) -> forward(plan.apply(b.normalisations(), ExampleData.shape(a + more))),
        (b, a) -> backward(plan.apply(b.normalisations(), ExampleData.shape(a + more))));
  }

  private static List<Tensor> forward(Norm op) {
    Tensor y = Tensor.zeros(op.shape());
    Tensor mean = op.isCentred() ? Tensor.zeros(op.statistics()) : null;
    Tensor r = Tensor.zeros(op.statistics());
    Tensor x = ExampleData.tensor(op.shape(), 1);
    Tensor gamma = ExampleData.tensor(op.parameters(), 2);
    Tensor beta = ExampleData.tensor(op.parameters(), 3);
    op.forward(x, gamma, beta, y, mean, r, Workspace.allocate(op.workspace(), 1), ONE);
    return op.isCentred() ? List.of(y, mean, r) : List.of(y, r);
  }

  private static List<Tensor> backward(Norm op) {
    List<Tensor> saved = forward(op);
    Tensor mean = op.isCentred() ? saved.get(1) : null;
    Tensor r = saved.get(saved.size() - 1);
    Tensor x = ExampleData.tensor(op.shape(), 1);
    Tensor gamma = ExampleData.tensor(op.parameters(), 2);
    Tensor dy = ExampleData.tensor(op.shape(), 4);
    Tensor dx = Tensor.zeros(op.shape());
    Tensor dgamma = Tensor.zeros(op.parameters());
    Tensor dbeta = Tensor.zeros(op.parameters());
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    op.backward(x, gamma, mean, r, dy, dx, dgamma, dbeta, ws, ONE);
    return List.of(dx, dgamma, dbeta);
  }

  private static BatchNorm batch(Backend b, Shape s) {
    return b.normalisations().batchNorm(s, FIRST, EPSILON, Activation.relu());
  }

  private static Tensor weights(BatchNorm op, int seed) {
    return ExampleData.tensor(Shape.of(op.shape().dim(1)), seed);
  }

  private static List<Tensor> batchForward(Backend b, Shape s) {
    BatchNorm op = batch(b, s);
    RunningStatistics running = RunningStatistics.start(s.dim(1));
    Tensor y = Tensor.zeros(s);
    Tensor mean = Tensor.zeros(s.dim(1));
    Tensor r = Tensor.zeros(s.dim(1));
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    Tensor gamma = weights(op, 2);
    op.forward(ExampleData.tensor(s, 1), gamma, weights(op, 3), running, y, mean, r, ws, ONE);
    return List.of(y, mean, r, running.mean(), running.variance());
  }

  private static List<Tensor> batchBackward(Backend b, Shape s) {
    List<Tensor> saved = batchForward(b, s);
    BatchNorm op = batch(b, s);
    Tensor dx = Tensor.zeros(s);
    Tensor dgamma = Tensor.zeros(s.dim(1));
    Tensor dbeta = Tensor.zeros(s.dim(1));
    op.backward(
        ExampleData.tensor(s, 1),
        weights(op, 2),
        weights(op, 3),
        saved.get(1),
        saved.get(2),
        ExampleData.tensor(s, 4),
        dx,
        dgamma,
        dbeta,
        Workspace.allocate(op.workspace(), 1),
        ONE);
    return List.of(dx, dgamma, dbeta);
  }

  private static List<Tensor> batchInference(Backend b, Shape s) {
    BatchNorm op = batch(b, s);
    Tensor y = Tensor.zeros(s);
    Tensor variance = Tensor.zeros(s.dim(1)).fill(0.5f);
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    Tensor x = ExampleData.tensor(s, 1);
    op.infer(x, weights(op, 2), weights(op, 3), weights(op, 4), variance, y, ws, ONE);
    return List.of(y);
  }

  private static List<Tensor> batchInferenceBackward(Backend b, Shape s) {
    BatchNorm op = batch(b, s);
    Tensor dx = Tensor.zeros(s);
    Tensor dgamma = Tensor.zeros(s.dim(1));
    Tensor dbeta = Tensor.zeros(s.dim(1));
    op.inferBackward(
        ExampleData.tensor(s, 1),
        weights(op, 2),
        weights(op, 3),
        weights(op, 4),
        Tensor.zeros(s.dim(1)).fill(0.5f),
        ExampleData.tensor(s, 5),
        dx,
        dgamma,
        dbeta,
        Workspace.allocate(op.workspace(), 1),
        ONE);
    return List.of(dx, dgamma, dbeta);
  }

  private static LengthNorm length(Backend b, int axes) {
    return b.normalisations().lengthNorm(ExampleData.shape(axes), FIRST, axes / 2, EPSILON);
  }

  private static List<Tensor> lengthForward(LengthNorm op) {
    Tensor y = Tensor.zeros(op.shape());
    Tensor r = Tensor.zeros(op.statistics());
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    op.forward(ExampleData.tensor(op.shape(), 1), y, r, ws, ONE);
    return List.of(y, r);
  }

  private static List<Tensor> lengthBackward(LengthNorm op) {
    Tensor r = lengthForward(op).get(1);
    Tensor dx = Tensor.zeros(op.shape());
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    Tensor dy = ExampleData.tensor(op.shape(), 2);
    op.backward(ExampleData.tensor(op.shape(), 1), r, dy, dx, ws, ONE);
    return List.of(dx);
  }

  private static LocalResponseNorm across(Normalisations n, Shape s) {
    return n.lrnAcrossChannels(s, FIRST, Lrn.onnx(3, 0.5, 0.75, 1));
  }

  private static LocalResponseNorm within(Normalisations n, Shape s) {
    return n.lrnWithinChannel(s, FIRST, Lrn.paper(3, 1, 0.25, 0.6));
  }

  private static Operation lrn(
      String name, List<Integer> axes, BiFunction<Normalisations, Shape, LocalResponseNorm> plan) {
    return Operation.of(
        FAMILY,
        name,
        axes,
        (b, a) -> lrnForward(plan.apply(b.normalisations(), images(a))),
        (b, a) -> lrnBackward(plan.apply(b.normalisations(), images(a))));
  }

  private static List<Tensor> lrnForward(LocalResponseNorm op) {
    Tensor y = Tensor.zeros(op.shape());
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    op.forward(ExampleData.tensor(op.shape(), 1), y, ws, ONE);
    return List.of(y);
  }

  private static List<Tensor> lrnBackward(LocalResponseNorm op) {
    Tensor dx = Tensor.zeros(op.shape());
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    Tensor dy = ExampleData.tensor(op.shape(), 2);
    op.backward(ExampleData.tensor(op.shape(), 1), dy, dx, ws, ONE);
    return List.of(dx);
  }
}
