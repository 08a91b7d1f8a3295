package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Convolutions and transposed ones, in groups, with stride and padding. */
final class ConvolutionOperations {
  private static final String FAMILY = "convolution";

  private ConvolutionOperations() {}

  static List<Operation> all() {
    return List.of(
        Operation.of(
            FAMILY,
            "convolution",
            Operation.SPATIAL,
            ConvolutionOperations::forward,
            ConvolutionOperations::backward),
        Operation.of(
            FAMILY,
            "transposed convolution",
            Operation.SPATIAL,
            ConvolutionOperations::transposed,
            ConvolutionOperations::transposedBackward));
  }

  private static ConvShape shape(int axes) {
    return ConvShape.parse("n2 ic4 " + image(axes, "7") + " oc6 " + kernel(axes) + " s2 p1 g2");
  }

  private static TransposedConvShape transposedShape(int axes) {
    return TransposedConvShape.parse(
        "n2 ic6 " + image(axes, "4") + " oc4 " + kernel(axes) + " s2 p1 g2");
  }

  private static String image(int axes, String size) {
    return switch (axes) {
      case 1 -> "iw" + size;
      case 2 -> "ih" + size;
      default -> "id" + size + " ih" + size;
    };
  }

  private static String kernel(int axes) {
    return switch (axes) {
      case 1 -> "kw3";
      case 2 -> "kh3";
      default -> "kd3 kh3";
    };
  }

  private static List<Tensor> forward(Backend backend, int axes) {
    ConvShape shape = shape(axes);
    ConvForward plan = backend.convForward(shape);
    Tensor y = Tensor.zeros(shape.y());
    plan.run(
        ExampleData.tensor(shape.x(), 1),
        plan.pack(ExampleData.tensor(shape.w(), 2)),
        Epilogue.bias(ExampleData.tensor(shape.bias(), 3)),
        y,
        Workspace.allocate(plan.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> backward(Backend backend, int axes) {
    ConvShape shape = shape(axes);
    Tensor dy = ExampleData.tensor(shape.y(), 4);
    ConvBackwardData data = backend.convBackwardData(shape);
    Tensor dx = Tensor.zeros(shape.x());
    data.run(
        dy,
        data.pack(ExampleData.tensor(shape.w(), 2)),
        dx,
        Workspace.allocate(data.workspace(), 1),
        Parallel.SEQUENTIAL);
    ConvBackwardWeights weights = backend.convBackwardWeights(shape);
    Tensor dw = Tensor.zeros(shape.w());
    Tensor db = Tensor.zeros(shape.bias());
    weights.run(
        ExampleData.tensor(shape.x(), 1),
        dy,
        dw,
        db,
        Workspace.allocate(weights.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(dx, dw, db);
  }

  private static List<Tensor> transposed(Backend backend, int axes) {
    TransposedConvShape shape = transposedShape(axes);
    TransposedConvForward plan = backend.transposedConvForward(shape);
    Tensor y = Tensor.zeros(shape.y());
    plan.run(
        ExampleData.tensor(shape.x(), 1),
        plan.pack(ExampleData.tensor(shape.w(), 2)),
        Epilogue.bias(ExampleData.tensor(shape.bias(), 3)),
        y,
        Workspace.allocate(plan.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> transposedBackward(Backend backend, int axes) {
    TransposedConvShape shape = transposedShape(axes);
    Tensor dy = ExampleData.tensor(shape.y(), 4);
    TransposedConvBackwardData data = backend.transposedConvBackwardData(shape);
    Tensor dx = Tensor.zeros(shape.x());
    data.run(
        dy,
        data.pack(ExampleData.tensor(shape.w(), 2)),
        dx,
        Workspace.allocate(data.workspace(), 1),
        Parallel.SEQUENTIAL);
    TransposedConvBackwardWeights weights = backend.transposedConvBackwardWeights(shape);
    Tensor dw = Tensor.zeros(shape.w());
    Tensor db = Tensor.zeros(shape.bias());
    weights.run(
        ExampleData.tensor(shape.x(), 1),
        dy,
        dw,
        db,
        Workspace.allocate(weights.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(dx, dw, db);
  }
}
