package io.lanewise.rivals.dl4j;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import java.util.stream.IntStream;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.AvgPooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DepthwiseConv2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.MaxPooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * Convolution and pooling of NCHW images. No dilation: where oneDNN computes under ND4J, a dilated
 * convolution fails and a pooling takes no notice of it.
 */
final class Images {
  private Images() {}

  /** True for what it has: images, no groups but depthwise, the same padding on opposite sides. */
  static boolean canConvolve(ConvShape s) {
    return s.n() > 0
        && s.rank() == 2
        && (s.groups() == 1 || s.isDepthwise())
        && isSymmetric(s.padding())
        && s.dilationH() == 1
        && s.dilationW() == 1;
  }

  /**
   * True for what it has: the same padding on opposite sides, and no window of padding alone, whose
   * maximum it gives as a number and whose average as NaN.
   */
  static boolean canPool(PoolShape s) {
    return s.n() > 0
        && s.rank() == 2
        && !s.ceil()
        && isSymmetric(s.padding())
        && s.dilationH() == 1
        && s.dilationW() == 1
        && IntStream.range(0, s.oh()).allMatch(oy -> s.rowsInside(oy) > 0)
        && IntStream.range(0, s.ow()).allMatch(ox -> s.columnsInside(ox) > 0);
  }

  private static boolean isSymmetric(Padding p) {
    return p.top() == p.bottom() && p.left() == p.right();
  }

  static Prepared conv(ConvShape s) {
    Nd4jRun run = new Nd4jRun(s.y(), 'c');
    INDArray x = run.uniform(s.x(), Task.SEED_X);
    INDArray w = run.uniform(s.w(), Task.SEED_W);
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(s.kh())
            .kW(s.kw())
            .sH(s.strideH())
            .sW(s.strideW())
            .pH(s.padding().top())
            .pW(s.padding().left())
            .dH(s.dilationH())
            .dW(s.dilationW())
            .paddingMode(PaddingMode.VALID)
            .dataFormat("NCHW")
            .weightsFormat(WeightsFormat.OIYX)
            .build();
    INDArray[] outputs = {run.result()};
    if (s.groups() == 1) {
      return run.of(new Conv2D(new INDArray[] {x, w}, outputs, config));
    }
    // From [ic * multiplier][1][kh][kw] to the [kh][kw][ic][multiplier] that it wants.
    INDArray split = w.reshape(s.ic(), s.ocg(), s.kh(), s.kw());
    INDArray innermost = run.own(split.permute(2, 3, 0, 1).dup('c'));
    return run.of(new DepthwiseConv2D(new INDArray[] {x, innermost}, outputs, config));
  }

  static Prepared pool(PoolShape s, Op op) {
    Nd4jRun run = new Nd4jRun(s.y(), 'c');
    INDArray x = run.uniform(s.x(), Task.SEED_X);
    Pooling2DConfig config =
        Pooling2DConfig.builder()
            .kH(s.kh())
            .kW(s.kw())
            .sH(s.strideH())
            .sW(s.strideW())
            .pH(s.padding().top())
            .pW(s.padding().left())
            .dH(s.dilationH())
            .dW(s.dilationW())
            .paddingMode(PaddingMode.VALID)
            .type(op == Op.MAX_POOL ? Pooling2D.Pooling2DType.MAX : Pooling2D.Pooling2DType.AVG)
            .divisor(Pooling2D.Divisor.EXCLUDE_PADDING)
            .build();
    DynamicCustomOp pooling =
        op == Op.MAX_POOL
            ? new MaxPooling2D(x, run.result(), config)
            : new AvgPooling2D(x, run.result(), config);
    return run.of(pooling);
  }
}
