package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * Plans the operations that move elements. Shapes name channels after the batch, whatever the
 * layout; the plans read and write one layout, channels first unless {@link #in} is asked for
 * another. Tensors have at most {@value Axes#MOST} axes, any of which may be 0 or 1 long. Every
 * method throws an IllegalArgumentException that says what was expected and what came.
 */
public interface Movements {
  /**
   * The same operations on tensors of another layout; for channels last those need two axes or
   * more.
   */
  Movements in(Layout layout);

  /**
   * Concatenation.
   *
   * @param axis from 0, or from -1 backwards
   * @param xs at least one; equal but for that axis
   */
  Concat concat(int axis, Shape... xs);

  /**
   * Cuts a tensor into parts, concatenation's way back.
   *
   * @param axis from 0, or from -1 backwards
   * @param sizes of the parts along the axis, which they fill
   */
  Split split(Shape x, int axis, int... sizes);

  /** A slice; {@link Slicing#of} tells what its numbers mean. */
  Movement slice(Shape x, int[] axes, int[] starts, int[] ends, int[] steps);

  /**
   * Padding by a constant.
   *
   * @param before how many elements to put before each axis; below 0 to take some away
   * @param after how many to put after each axis; below 0 to take some away
   * @param value the constant, NaN too
   */
  Movement pad(Shape x, int[] before, int[] after, float value);

  /** Padding by the tensor's own elements, of which an axis that is padded needs one. */
  Movement pad(Shape x, int[] before, int[] after, PadMode mode);

  /**
   * Transposes: {@code y.dim(i) = x.dim(order[i])}, as PyTorch's permute and ONNX's Transpose.
   *
   * @param order every axis once, each from 0 or from -1 backwards
   */
  Movement permute(Shape x, int... order);

  /**
   * The same elements, in the shapes' order, under another shape and in another layout. Between two
   * layouts it turns them; if both are channels last, batch and channels must stay what they are.
   */
  Movement reshape(Shape x, Layout from, Shape y, Layout to);

  /** From one layout to another. */
  default Movement reorder(Shape x, Layout from, Layout to) {
    return reshape(x, from, x, to);
  }

  /**
   * A matrix, channels first: axes before {@code axis} are its rows, those from there on its
   * columns.
   *
   * @param axis from 0 to the rank, or from -1 backwards
   */
  Movement flatten(Shape x, int axis);

  /**
   * NumPy's broadcasting: axes are aligned at the last one, and axes of 1 are repeated.
   *
   * @param y the shape that comes out; channels last, x needs as many axes
   */
  Movement expand(Shape x, Shape y);

  /**
   * Repeats the whole tensor along each axis.
   *
   * @param repeats how often, for each axis, at least 0
   */
  Movement tile(Shape x, int... repeats);

  /**
   * Reverses axes.
   *
   * @param axes from 0, or from -1 backwards
   */
  Movement flip(Shape x, int... axes);

  /**
   * Cuts the same window out of all images.
   *
   * @param starts the window's first element along each spatial axis
   * @param sizes the window's size along each spatial axis
   */
  Movement crop(Shape x, int[] starts, int[] sizes);

  /**
   * Cuts the middle out of all images; of an odd rest the larger part is cut off at the end.
   *
   * @param sizes the window's size along each spatial axis
   */
  Movement centerCrop(Shape x, int... sizes);

  /**
   * Spreads channels over blocks of pixels: [n][c · block^k][spatial...] becomes [n][c][spatial ·
   * block...], for k spatial axes.
   *
   * @param block at least 1
   */
  Movement depthToSpace(Shape x, int block, BlockOrder order);

  /** The way back: every spatial axis must be a multiple of {@code block}. */
  Movement spaceToDepth(Shape x, int block, BlockOrder order);

  /**
   * ShuffleNet's shuffle: channels as a matrix [groups][c / groups], transposed.
   *
   * @param groups must divide the channels
   * @see <a href="https://arxiv.org/abs/1707.01083">Zhang et al., ShuffleNet, 2017</a>, section 3.1
   */
  Movement channelShuffle(Shape x, int groups);

  /** Images to columns, 0 in the padding. */
  Movement im2col(UnfoldShape shape);

  /**
   * Columns to images, im2col's adjoint: each element is the sum, from +0 and in the order of the
   * taps, of those columns' elements that im2col would fill with it.
   */
  Movement col2im(UnfoldShape shape);

  /**
   * A triangle of each matrix of the last two axes, 0 elsewhere.
   *
   * @param upper what stays: columns from {@code row + diagonal} on, or else those up to it
   * @param diagonal above the main one, or below if negative
   */
  Movement trilu(Shape x, boolean upper, int diagonal);

  /**
   * Picks slices of an axis, as ONNX's Gather: {@code y[o][i...][r] = x[o][index[i...]][r]}.
   *
   * @param axis from 0, or from -1 backwards
   * @param indices their shape, whose axes take the place of that one; channels last it must have
   *     one axis
   */
  Gather gather(Shape x, int axis, Shape indices);

  /**
   * Picks single elements along an axis, as ONNX's GatherElements and PyTorch's gather: {@code
   * y[i][j] = x[index[i][j]][j]} for axis 0; channels first.
   *
   * @param axis from 0, or from -1 backwards
   * @param indices their shape and y's: x's axes, none longer but for that one
   */
  Gather gatherElements(Shape x, int axis, Shape indices);

  /**
   * Picks slices by tuples of indices, as ONNX's GatherND; channels first.
   *
   * @param indices [batch axes...][any axes...][length of a tuple]
   * @param batchAxes how many axes, from the first, x and the indices have in common
   */
  Gather gatherNd(Shape x, Shape indices, int batchAxes);

  /**
   * Updates single elements along an axis, as ONNX's ScatterElements: {@code y[index[i][j]][j] =
   * updates[i][j]} for axis 0; channels first.
   *
   * @param axis from 0, or from -1 backwards
   * @param indices their shape and the updates': x's axes, none longer but for that one
   */
  Scatter scatterElements(Shape x, int axis, Shape indices, ScatterMode mode);

  /**
   * Updates slices by tuples of indices, as ONNX's ScatterND; channels first.
   *
   * @param indices [any axes...][length of a tuple]; updates have these axes but the last, then
   *     those of x that a tuple leaves
   */
  Scatter scatterNd(Shape x, Shape indices, ScatterMode mode);

  /**
   * Indicator vectors; channels first.
   *
   * @param depth how long they are, at least 0
   * @param axis along which of y's axes they lie, from 0 or from -1 backwards
   */
  OneHot oneHot(Shape indices, int depth, int axis);
}
