package io.lanewise.layers.graph;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.NormSpan;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.ops.ActivationOperator;
import io.lanewise.layers.graph.ops.AdaptivePoolOperator;
import io.lanewise.layers.graph.ops.AffineGridOperator;
import io.lanewise.layers.graph.ops.ArgOperator;
import io.lanewise.layers.graph.ops.AvgPoolOperator;
import io.lanewise.layers.graph.ops.BatchNormOperator;
import io.lanewise.layers.graph.ops.BinaryOperator;
import io.lanewise.layers.graph.ops.CastOperator;
import io.lanewise.layers.graph.ops.ConcatOperator;
import io.lanewise.layers.graph.ops.ConvOperator;
import io.lanewise.layers.graph.ops.CumulativeSumOperator;
import io.lanewise.layers.graph.ops.GatherOperator;
import io.lanewise.layers.graph.ops.GemmOperator;
import io.lanewise.layers.graph.ops.GridSampleOperator;
import io.lanewise.layers.graph.ops.HostOperator;
import io.lanewise.layers.graph.ops.IdentityOperator;
import io.lanewise.layers.graph.ops.LengthNormOperator;
import io.lanewise.layers.graph.ops.LpPoolOperator;
import io.lanewise.layers.graph.ops.LrnOperator;
import io.lanewise.layers.graph.ops.MatMulOperator;
import io.lanewise.layers.graph.ops.MaxPoolOperator;
import io.lanewise.layers.graph.ops.MaxUnpoolOperator;
import io.lanewise.layers.graph.ops.Moves;
import io.lanewise.layers.graph.ops.NormOperator;
import io.lanewise.layers.graph.ops.OneHotOperator;
import io.lanewise.layers.graph.ops.PReluOperator;
import io.lanewise.layers.graph.ops.ReduceOperator;
import io.lanewise.layers.graph.ops.ReshapeOperator;
import io.lanewise.layers.graph.ops.ResizeOperator;
import io.lanewise.layers.graph.ops.RoiAlignOperator;
import io.lanewise.layers.graph.ops.RoiPoolOperator;
import io.lanewise.layers.graph.ops.ScatterOperator;
import io.lanewise.layers.graph.ops.SoftmaxOperator;
import io.lanewise.layers.graph.ops.SplitOperator;
import io.lanewise.layers.graph.ops.TopKOperator;
import io.lanewise.layers.graph.ops.TransposeOperator;
import io.lanewise.layers.graph.ops.TransposedConvOperator;
import io.lanewise.layers.graph.ops.UnaryOperator;
import io.lanewise.layers.graph.ops.WhereOperator;
import io.lanewise.layers.typed.ElementType;
import java.util.List;

/**
 * The operations that a graph can be made of: all of the kernels' that inference needs. Each method
 * says which inputs its node takes, in order; those in brackets may be left out from the last on.
 * Inputs and outputs are floats unless it says otherwise, shapes have channels after the batch, and
 * axes count from 0, or from -1 backwards.
 */
public final class GraphOps {
  private GraphOps() {}

  // Convolutions and products

  /** Convolution: x {@code shape.x()}, w {@code shape.w()}, [bias [oc]]. */
  public static GraphOp conv(ConvShape shape) {
    return new ConvOperator(shape, Activation.identity());
  }

  /** Transposed convolution: x {@code shape.x()}, w {@code shape.w()}, [bias [oc]]. */
  public static GraphOp transposedConv(TransposedConvShape shape) {
    return new TransposedConvOperator(shape, Activation.identity());
  }

  /** Fully connected: x [n][in], w [out][in], [bias [out]]. */
  public static GraphOp linear() {
    return gemm(false, true, 1, 1);
  }

  /**
   * {@code alpha · op(A) · op(B) + beta · C}: a [m][k] or, transposed, [k][m]; b [k][n] or [n][k];
   * [c, which is broadcast to [m][n]].
   */
  public static GraphOp gemm(boolean transposeA, boolean transposeB, float alpha, float beta) {
    return new GemmOperator(transposeA, transposeB, alpha, beta, Activation.identity());
  }

  /** NumPy's matrix product, with broadcasting: a, b. */
  public static GraphOp matMul() {
    return new MatMulOperator(Activation.identity());
  }

  // Pooling

  /** Max pooling: x. Global pooling is that of {@link PoolShape#global}. */
  public static GraphOp maxPool(PoolShape shape) {
    return new MaxPoolOperator(shape, false, false);
  }

  /**
   * Max pooling with places: x; outputs y and, int64, where in x each was found.
   *
   * @param wholeTensor whether places count through all of x as it lies channels first, as ONNX's;
   *     otherwise from the start of their channel, as PyTorch's
   */
  public static GraphOp maxPoolWithIndices(PoolShape shape, boolean wholeTensor) {
    return new MaxPoolOperator(shape, true, wholeTensor);
  }

  /** Average pooling: x. */
  public static GraphOp avgPool(PoolShape shape, boolean countsPadding) {
    return new AvgPoolOperator(shape, countsPadding);
  }

  /** Lp pooling: x. */
  public static GraphOp lpPool(PoolShape shape, double p) {
    return new LpPoolOperator(shape, p);
  }

  /** Max pooling to a number of outputs: x. */
  public static GraphOp adaptiveMaxPool(AdaptivePoolShape shape) {
    return new AdaptivePoolOperator(shape, true);
  }

  /** Average pooling to a number of outputs: x. */
  public static GraphOp adaptiveAvgPool(AdaptivePoolShape shape) {
    return new AdaptivePoolOperator(shape, false);
  }

  /**
   * Max pooling's way back: x, indices (int64, x's shape).
   *
   * @param y shape that comes out
   * @param wholeTensor as for {@link #maxPoolWithIndices}, of y
   */
  public static GraphOp maxUnpool(Shape y, boolean wholeTensor) {
    return new MaxUnpoolOperator(y, wholeTensor);
  }

  // Normalisation

  /** Batch normalisation in inference: x, gamma [c], beta [c], mean [c], variance [c]. */
  public static GraphOp batchNorm(double epsilon) {
    return new BatchNormOperator(epsilon, Activation.identity());
  }

  /** Layer normalisation over the axes from {@code axis} on: x, [gamma, [beta]] of those axes. */
  public static GraphOp layerNorm(int axis, double epsilon) {
    return NormOperator.layer(axis, epsilon);
  }

  /** Root mean square normalisation over the axes from {@code axis} on: x, [gamma, [beta]]. */
  public static GraphOp rmsNorm(int axis, double epsilon) {
    return NormOperator.rms(axis, epsilon);
  }

  /** Group normalisation: x, [gamma [c], [beta [c]]]. */
  public static GraphOp groupNorm(int groups, double epsilon) {
    return NormOperator.group(groups, epsilon);
  }

  /** Instance normalisation: x, [gamma [c], [beta [c]]]. */
  public static GraphOp instanceNorm(double epsilon) {
    return NormOperator.instance(epsilon);
  }

  /** Mean-variance normalisation: x, [gamma [c], [beta [c]]]. */
  public static GraphOp meanVarianceNorm(NormSpan span, double epsilon) {
    return NormOperator.meanVariance(span, epsilon);
  }

  /** Vectors along an axis scaled to length 1: x. */
  public static GraphOp lengthNorm(int axis, double epsilon) {
    return new LengthNormOperator(axis, epsilon);
  }

  /** Local response normalisation over neighbouring channels: x. */
  public static GraphOp lrn(Lrn lrn) {
    return new LrnOperator(lrn, false);
  }

  /** Local response normalisation over neighbouring pixels of a channel: x. */
  public static GraphOp lrnWithinChannel(Lrn lrn) {
    return new LrnOperator(lrn, true);
  }

  // Elementwise

  /** An activation: x. */
  public static GraphOp activation(Activation activation) {
    return new ActivationOperator(activation);
  }

  /** {@code max(x, 0)}: x. */
  public static GraphOp relu() {
    return activation(Activation.relu());
  }

  /** ReLU with given slopes: x, slope of one element, or of c (of any rank, the others being 1). */
  public static GraphOp prelu() {
    return new PReluOperator();
  }

  /** A function of one tensor: x. */
  public static GraphOp unary(UnaryOp op) {
    return UnaryOperator.of(op);
  }

  /** x between two bounds, NaN staying NaN: x. */
  public static GraphOp clip(float min, float max) {
    return UnaryOperator.clip(min, max);
  }

  /** A function of two tensors, with broadcasting: a, b. Comparisons give 0 or 1 as floats. */
  public static GraphOp binary(BinaryOp op) {
    return new BinaryOperator(op, Activation.identity());
  }

  /** One of two tensors, with broadcasting: condition (floats, or bool), a, b. */
  public static GraphOp where() {
    return new WhereOperator();
  }

  /**
   * Another element type: x of any type but text. Towards zero to integers, and not zero to bool;
   * what an integer type cannot hold becomes its nearest element, NaN becomes 0.
   */
  public static GraphOp cast(ElementType to) {
    return new CastOperator(to);
  }

  // Reductions and orders

  /** A reduction: x. No axes are all axes. */
  public static GraphOp reduce(ReduceOp op, boolean keepDims, int... axes) {
    return ReduceOperator.of(op, keepDims, axes);
  }

  /** Where the greatest are, int64: x; see {@code Arithmetic.argMax}. */
  public static GraphOp argMax(boolean keepDims, boolean last, int... axes) {
    return ArgOperator.of(true, keepDims, last, axes);
  }

  /** Where the least are, int64: x. */
  public static GraphOp argMin(boolean keepDims, boolean last, int... axes) {
    return ArgOperator.of(false, keepDims, last, axes);
  }

  /** The k most extreme along an axis: x; outputs values and, int64, indices. */
  public static GraphOp topK(int axis, int k, boolean largest) {
    return new TopKOperator(axis, k, largest);
  }

  /** A cumulative sum: x. */
  public static GraphOp cumulativeSum(int axis, boolean exclusive, boolean reverse) {
    return new CumulativeSumOperator(axis, exclusive, reverse);
  }

  /** Softmax along an axis: x. */
  public static GraphOp softmax(int axis) {
    return new SoftmaxOperator(axis, false);
  }

  /** The logarithm of softmax along an axis: x. */
  public static GraphOp logSoftmax(int axis) {
    return new SoftmaxOperator(axis, true);
  }

  // Movements

  /** Puts tensors side by side: one or more. */
  public static GraphOp concat(int axis) {
    return new ConcatOperator(axis);
  }

  /** Cuts a tensor: x; an output for each size. */
  public static GraphOp split(int axis, int... sizes) {
    return SplitOperator.of(axis, sizes);
  }

  /** A slice, as {@code Movements.slice} has it: x. */
  public static GraphOp slice(int[] axes, int[] starts, int[] ends, int[] steps) {
    return Moves.slice(axes, starts, ends, steps);
  }

  /** Padding by a constant, for each axis; below 0 takes away: x. */
  public static GraphOp pad(int[] before, int[] after, float value) {
    return Moves.pad(before, after, value);
  }

  /** Padding by the tensor's own elements: x. */
  public static GraphOp pad(int[] before, int[] after, PadMode mode) {
    return Moves.pad(before, after, mode);
  }

  /** Transposes, {@code y.dim(i) = x.dim(order[i])}: x. */
  public static GraphOp transpose(int... order) {
    return TransposeOperator.of(order);
  }

  /** The same elements under another shape: x of any element type. */
  public static GraphOp reshape(Shape y) {
    return new ReshapeOperator(y);
  }

  /** NumPy's broadcasting to a shape: x. */
  public static GraphOp expand(Shape y) {
    return Moves.expand(y);
  }

  /** Repeats the whole tensor along each axis: x. */
  public static GraphOp tile(int... repeats) {
    return Moves.tile(repeats);
  }

  /** Reverses axes: x. */
  public static GraphOp flip(int... axes) {
    return Moves.flip(axes);
  }

  /** Spreads channels over blocks of pixels: x. */
  public static GraphOp depthToSpace(int block, BlockOrder order) {
    return Moves.depthToSpace(block, order);
  }

  /** Gathers blocks of pixels in channels: x. */
  public static GraphOp spaceToDepth(int block, BlockOrder order) {
    return Moves.spaceToDepth(block, order);
  }

  /** ShuffleNet's shuffle of channels: x. */
  public static GraphOp channelShuffle(int groups) {
    return Moves.channelShuffle(groups);
  }

  /** A triangle of each matrix: x. */
  public static GraphOp trilu(boolean upper, int diagonal) {
    return Moves.trilu(upper, diagonal);
  }

  /** Images to columns: x. */
  public static GraphOp im2col(UnfoldShape shape) {
    return Moves.im2col(shape);
  }

  /** Columns to images: x. */
  public static GraphOp col2im(UnfoldShape shape) {
    return Moves.col2im(shape);
  }

  /** Picks slices of an axis: x, indices (int32 or int64). */
  public static GraphOp gather(int axis) {
    return GatherOperator.slices(axis);
  }

  /** Picks elements along an axis: x, indices (int32 or int64). */
  public static GraphOp gatherElements(int axis) {
    return GatherOperator.elements(axis);
  }

  /** Picks slices by tuples: x, indices (int32 or int64). */
  public static GraphOp gatherNd(int batchAxes) {
    return GatherOperator.tuples(batchAxes);
  }

  /** Updates elements along an axis: x, indices (int32 or int64), updates. */
  public static GraphOp scatterElements(int axis, ScatterMode mode) {
    return ScatterOperator.elements(axis, mode);
  }

  /** Updates slices by tuples: x, indices (int32 or int64), updates. */
  public static GraphOp scatterNd(ScatterMode mode) {
    return ScatterOperator.tuples(mode);
  }

  /** Indicator vectors: indices (int32 or int64). */
  public static GraphOp oneHot(int depth, int axis, float off, float on) {
    return new OneHotOperator(depth, axis, off, on);
  }

  // Resampling

  /** Resize: x {@code shape.x()}. */
  public static GraphOp resize(ResizeShape shape) {
    return new ResizeOperator(shape);
  }

  /** Reads images at positions that are data: x, grid. */
  public static GraphOp gridSample(GridSampleShape shape) {
    return new GridSampleOperator(shape);
  }

  /** The positions that an affine map reads: theta [n][2][3] or [n][3][4]. */
  public static GraphOp affineGrid(Shape grid, boolean alignCorners) {
    return new AffineGridOperator(grid, alignCorners);
  }

  /** Regions of images: x, regions [rois][4], images (int32 or int64, [rois]). */
  public static GraphOp roiAlign(RoiAlignShape shape) {
    return new RoiAlignOperator(shape);
  }

  /** The greatest pixels of regions: x, regions [rois][4], images (int32 or int64, [rois]). */
  public static GraphOp roiPool(RoiShape shape) {
    return new RoiPoolOperator(shape);
  }

  // Others

  /** The input: x of any element type. */
  public static GraphOp identity() {
    return new IdentityOperator("identity");
  }

  /** Dropout in inference, which is the input: x. */
  public static GraphOp dropout() {
    return new IdentityOperator("dropout");
  }

  /**
   * A function in Java: any inputs of any element types. Two nodes of it and the same inputs are
   * taken for one, if {@code function} is the same object; a function that is not pure needs a new
   * one for each node.
   *
   * @param outputs the types that {@code function} gives for these inputs
   */
  public static GraphOp host(String name, List<ValueType> outputs, HostFunction function) {
    return new HostOperator(name, outputs, function);
  }
}
