package io.lanewise.propertytests.torch;

import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.law.ErrorConstants;
import java.util.Map;

/** Every algorithm of every pass, channels first and channels last. */
class ConvolutionTorchTest extends TorchAgreement {
  ConvolutionTorchTest() {
    super(
        "convolution",
        Map.of(
            "conv",
            ConvolutionTorchTest::conv,
            "transposed-conv",
            ConvolutionTorchTest::transposed));
  }

  private static double factor(String algorithm) {
    return ErrorConstants.KNOWN.of(algorithm);
  }

  private static void conv(TorchRun run) {
    ConvShape shape = ConvShape.parse(run.text("shape"));
    for (Layout layout : Layout.values()) {
      ConvOptions options = ConvOptions.DEFAULT.layout(layout);
      for (ConvForward plan : run.backend().convForwardPlans(shape, options)) {
        Tensor y = blank(shape.y(), layout);
        plan.run(
            run.input("x").copy(layout),
            plan.pack(run.input("w")),
            Epilogue.bias(run.input("b")),
            y,
            run.workspace(plan.workspace()),
            Parallel.SEQUENTIAL);
        run.agrees("y", y.copy(Layout.CHANNELS_FIRST), factor(plan.algorithm()));
      }
      for (ConvBackwardData plan : run.backend().convBackwardDataPlans(shape, options)) {
        Tensor dx = blank(shape.x(), layout);
        plan.run(
            run.input("dy").copy(layout),
            plan.pack(run.input("w")),
            dx,
            run.workspace(plan.workspace()),
            Parallel.SEQUENTIAL);
        run.agrees("dx", dx.copy(Layout.CHANNELS_FIRST), factor(plan.algorithm()));
      }
      for (ConvBackwardWeights plan : run.backend().convBackwardWeightsPlans(shape, options)) {
        Tensor dw = Tensor.zeros(shape.w());
        Tensor db = Tensor.zeros(shape.bias());
        plan.run(
            run.input("x").copy(layout),
            run.input("dy").copy(layout),
            dw,
            db,
            run.workspace(plan.workspace()),
            Parallel.SEQUENTIAL);
        run.agrees("dw", dw);
        run.agrees("db", db);
      }
    }
  }

  private static void transposed(TorchRun run) {
    TransposedConvShape shape = TransposedConvShape.parse(run.text("shape"));
    for (Layout layout : Layout.values()) {
      ConvOptions options = ConvOptions.DEFAULT.layout(layout);
      for (TransposedConvForward plan : run.backend().transposedConvForwardPlans(shape, options)) {
        Tensor y = blank(shape.y(), layout);
        plan.run(
            run.input("x").copy(layout),
            plan.pack(run.input("w")),
            Epilogue.bias(run.input("b")),
            y,
            run.workspace(plan.workspace()),
            Parallel.SEQUENTIAL);
        run.agrees("y", y.copy(Layout.CHANNELS_FIRST), factor(plan.algorithm()));
      }
      transposedGradients(run, shape, options);
    }
  }

  private static void transposedGradients(
      TorchRun run, TransposedConvShape shape, ConvOptions options) {
    Layout layout = options.layout();
    for (TransposedConvBackwardData plan :
        run.backend().transposedConvBackwardDataPlans(shape, options)) {
      Tensor dx = blank(shape.x(), layout);
      plan.run(
          run.input("dy").copy(layout),
          plan.pack(run.input("w")),
          dx,
          run.workspace(plan.workspace()),
          Parallel.SEQUENTIAL);
      run.agrees("dx", dx.copy(Layout.CHANNELS_FIRST), factor(plan.algorithm()));
    }
    for (TransposedConvBackwardWeights plan :
        run.backend().transposedConvBackwardWeightsPlans(shape, options)) {
      Tensor dw = Tensor.zeros(shape.w());
      Tensor db = Tensor.zeros(shape.bias());
      plan.run(
          run.input("x").copy(layout),
          run.input("dy").copy(layout),
          dw,
          db,
          run.workspace(plan.workspace()),
          Parallel.SEQUENTIAL);
      run.agrees("dw", dw);
      run.agrees("db", db);
    }
  }

  private static Tensor blank(Shape shape, Layout layout) {
    return Tensor.zeros(shape, layout).fill(Float.NaN);
  }
}
