package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.Padded;
import io.lanewise.kernels.movement.Reshaping;
import io.lanewise.kernels.movement.Slicing;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import java.util.List;
import java.util.Locale;

/** The movements of one tensor that a graph knows. */
public final class Moves {
  private Moves() {}

  /** A slice. */
  public static GraphOp slice(int[] axes, int[] starts, int[] ends, int[] steps) {
    return any(
        new Slice(Types.list(axes), Types.list(starts), Types.list(ends), Types.list(steps)));
  }

  /** Padding by a constant. */
  public static GraphOp pad(int[] before, int[] after, float value) {
    return any(new ConstantPad(Types.list(before), Types.list(after), value));
  }

  /** Padding by the tensor's own elements. */
  public static GraphOp pad(int[] before, int[] after, PadMode mode) {
    return any(new ModePad(Types.list(before), Types.list(after), mode));
  }

  /** Broadcasting to a shape. */
  public static GraphOp expand(Shape y) {
    return any(new Expand(y));
  }

  /** Repetition along each axis. */
  public static GraphOp tile(int... repeats) {
    return any(new Tile(Types.list(repeats)));
  }

  /** Reversal of axes. */
  public static GraphOp flip(int... axes) {
    return any(new Flip(Types.list(axes)));
  }

  /** Channels to blocks of pixels. */
  public static GraphOp depthToSpace(int block, BlockOrder order) {
    return any(new DepthToSpace(block, order));
  }

  /** Blocks of pixels to channels. */
  public static GraphOp spaceToDepth(int block, BlockOrder order) {
    return any(new SpaceToDepth(block, order));
  }

  /** Shuffled channels. */
  public static GraphOp channelShuffle(int groups) {
    return any(new ChannelShuffle(groups));
  }

  /** A triangle of each matrix. */
  public static GraphOp trilu(boolean upper, int diagonal) {
    return any(new Triangle(upper, diagonal));
  }

  /** Images to columns. */
  public static GraphOp im2col(UnfoldShape shape) {
    return new MoveOperator(new Unfold(shape), false);
  }

  /** Columns to images. */
  public static GraphOp col2im(UnfoldShape shape) {
    return new MoveOperator(new Fold(shape), false);
  }

  private static GraphOp any(MoveOperator.Move move) {
    return new MoveOperator(move, true);
  }

  private record Slice(
      List<Integer> axes, List<Integer> starts, List<Integer> ends, List<Integer> steps)
      implements MoveOperator.Move {
    @Override
    public String name() {
      return "slice";
    }

    @Override
    public Shape shape(Shape x) {
      return Slicing.of(
              x, Types.array(axes), Types.array(starts), Types.array(ends), Types.array(steps))
          .y();
    }

    @Override
    public boolean isIdentity(Shape x) {
      return steps.stream().allMatch(step -> step == 1);
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.slice(
          x, Types.array(axes), Types.array(starts), Types.array(ends), Types.array(steps));
    }
  }

  /** Public for the compiler, which folds it into what follows. */
  public record ConstantPad(List<Integer> before, List<Integer> after, float value)
      implements MoveOperator.Move {
    @Override
    public String name() {
      return "padding by a constant";
    }

    @Override
    public Shape shape(Shape x) {
      return new Padded(x, Types.array(before), Types.array(after)).y();
    }

    @Override
    public boolean isIdentity(Shape x) {
      return before.stream().allMatch(n -> n == 0);
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.pad(x, Types.array(before), Types.array(after), value);
    }
  }

  private record ModePad(List<Integer> before, List<Integer> after, PadMode mode)
      implements MoveOperator.Move {
    @Override
    public String name() {
      return "padding, " + mode.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Shape shape(Shape x) {
      Padded padded = new Padded(x, Types.array(before), Types.array(after));
      padded.requireElements();
      return padded.y();
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.pad(x, Types.array(before), Types.array(after), mode);
    }
  }

  private record Expand(Shape y) implements MoveOperator.Move {
    @Override
    public String name() {
      return "broadcast";
    }

    @Override
    public Shape shape(Shape x) {
      if (!Arithmetic.broadcast(x, y).equals(y)) {
        throw new IllegalArgumentException("x must broadcast to " + y + ", got " + x);
      }
      return y;
    }

    @Override
    public boolean isIdentity(Shape x) {
      return true;
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.expand(x, y);
    }
  }

  private record Tile(List<Integer> repeats) implements MoveOperator.Move {
    @Override
    public String name() {
      return "tile";
    }

    @Override
    public Shape shape(Shape x) {
      return Reshaping.tiled(x, Types.array(repeats));
    }

    @Override
    public boolean isIdentity(Shape x) {
      return repeats.stream().allMatch(n -> n == 1);
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.tile(x, Types.array(repeats));
    }
  }

  private record Flip(List<Integer> axes) implements MoveOperator.Move {
    @Override
    public String name() {
      return "flip";
    }

    @Override
    public Shape shape(Shape x) {
      axes.forEach(axis -> Types.axis(x, axis));
      return x;
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.flip(x, Types.array(axes));
    }
  }

  private record DepthToSpace(int block, BlockOrder order) implements MoveOperator.Move {
    @Override
    public String name() {
      return "depth to space " + order;
    }

    @Override
    public Shape shape(Shape x) {
      return Reshaping.spread(x, block);
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.depthToSpace(x, block, order);
    }
  }

  private record SpaceToDepth(int block, BlockOrder order) implements MoveOperator.Move {
    @Override
    public String name() {
      return "space to depth " + order;
    }

    @Override
    public Shape shape(Shape x) {
      return Reshaping.gathered(x, block);
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.spaceToDepth(x, block, order);
    }
  }

  private record ChannelShuffle(int groups) implements MoveOperator.Move {
    @Override
    public String name() {
      return "channel shuffle";
    }

    @Override
    public Shape shape(Shape x) {
      Reshaping.requireGroups(x, groups);
      return x;
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.channelShuffle(x, groups);
    }
  }

  private record Triangle(boolean upper, int diagonal) implements MoveOperator.Move {
    @Override
    public String name() {
      return upper ? "upper triangle" : "lower triangle";
    }

    @Override
    public Shape shape(Shape x) {
      Reshaping.requireMatrices(x);
      return x;
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.trilu(x, upper, diagonal);
    }
  }

  private record Unfold(UnfoldShape shape) implements MoveOperator.Move {
    @Override
    public String name() {
      return "im2col";
    }

    @Override
    public Shape shape(Shape x) {
      require(x, shape.image());
      return shape.columns();
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.im2col(shape);
    }
  }

  private record Fold(UnfoldShape shape) implements MoveOperator.Move {
    @Override
    public String name() {
      return "col2im";
    }

    @Override
    public Shape shape(Shape x) {
      require(x, shape.columns());
      return shape.image();
    }

    @Override
    public Movement plan(Movements movements, Shape x) {
      return movements.col2im(shape);
    }
  }

  private static void require(Shape got, Shape expected) {
    if (!got.equals(expected)) {
      throw new IllegalArgumentException("x must have shape " + expected + ", got " + got);
    }
  }
}
