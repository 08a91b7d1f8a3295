package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.Concat;
import io.lanewise.kernels.movement.Gather;
import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.movement.OneHot;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.Scatter;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.movement.Split;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What moves elements. */
final class MovementOperations {
  private static final String FAMILY = "movement";
  private static final List<Integer> SOME = List.of(1, 2, 3, 4, 5);
  private static final List<Integer> MATRICES = List.of(2, 3, 4, 5);

  private MovementOperations() {}

  /** Plans a movement of a shape. */
  @FunctionalInterface
  private interface Plan {
    Movement of(Movements m, Shape x);
  }

  static List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    anyAxes(all);
    images(all);
    all.add(Operation.of(FAMILY, "concatenation", SOME, concat(true), concat(false)));
    all.add(Operation.of(FAMILY, "split", SOME, split(true), split(false)));
    indexed(all);
    return all;
  }

  private static void anyAxes(List<Operation> all) {
    add(all, "slice", SOME, (m, x) -> m.slice(x, one(-1), one(-1), one(-9), one(-2)));
    add(all, "padding by a constant", SOME, (m, x) -> m.pad(x, ends(x, 1), ends(x, -1), 0.5f));
    for (PadMode mode : PadMode.values()) {
      String name = "padding, " + mode.name().toLowerCase(Locale.ROOT);
      add(all, name, SOME, (m, x) -> m.pad(x, ends(x, 2), ends(x, 1), mode));
    }
    add(all, "transposition", SOME, (m, x) -> m.permute(x, backwards(x)));
    add(all, "reshape", Operation.ANY, (m, x) -> reshape(m, x));
    add(all, "flatten", SOME, (m, x) -> m.flatten(x, -1));
    add(all, "broadcast", Operation.ANY, (m, x) -> m.expand(x, x.prepend(3)));
    add(all, "tile", SOME, (m, x) -> m.tile(x, ends(x, 2)));
    add(all, "flip", SOME, (m, x) -> m.flip(x, -1));
    add(all, "upper triangle", MATRICES, (m, x) -> m.trilu(x, true, 1));
    add(all, "lower triangle", MATRICES, (m, x) -> m.trilu(x, false, 0));
  }

  private static void images(List<Operation> all) {
    List<Integer> spatial = Operation.SPATIAL;
    add(all, "crop", spatial, (m, x) -> m.crop(image(x), ends(x, 1), ends(x, 2)));
    add(all, "center crop", spatial, (m, x) -> m.centerCrop(image(x), ends(x, 2)));
    for (BlockOrder order : BlockOrder.values()) {
      String name = " " + order;
      add(all, "depth to space" + name, spatial, (m, x) -> m.depthToSpace(image(x), 2, order));
      add(all, "space to depth" + name, spatial, (m, x) -> m.spaceToDepth(image(x), 2, order));
    }
    add(all, "channel shuffle", spatial, (m, x) -> m.channelShuffle(image(x), 2));
    add(all, "im2col", spatial, (m, x) -> m.im2col(UnfoldShape.of(image(x), 2).padding(1)));
    add(all, "col2im", spatial, (m, x) -> m.col2im(UnfoldShape.of(image(x), 2).padding(1)));
    add(
        all,
        "reordering of layouts",
        spatial,
        (m, x) -> m.reorder(image(x), Layout.CHANNELS_FIRST, Layout.CHANNELS_LAST));
  }

  private static void indexed(List<Operation> all) {
    all.add(gather("gather", SOME, (m, x) -> m.gather(x, 0, Shape.of(2, 2))));
    all.add(gather("gather of elements", SOME, (m, x) -> m.gatherElements(x, 0, x)));
    all.add(gather("gather by tuples", SOME, (m, x) -> m.gatherNd(x, Shape.of(3, 1), 0)));
    for (ScatterMode mode : ScatterMode.values()) {
      String name = ", " + mode.name().toLowerCase(Locale.ROOT);
      all.add(scatter("scatter of elements" + name, (m, x) -> m.scatterElements(x, 0, x, mode)));
      all.add(scatter("scatter by tuples" + name, (m, x) -> m.scatterNd(x, Shape.of(3, 1), mode)));
    }
    all.add(
        Operation.of(
            FAMILY,
            "one-hot",
            Operation.ANY,
            (b, axes) -> {
              Shape shape = ExampleData.shape(axes);
              OneHot op = b.movements().oneHot(shape, 3, -1);
              Tensor y = Tensor.zeros(op.y());
              op.forward(indices(shape), -1, 2, y, Parallel.SEQUENTIAL);
              return List.of(y);
            }));
  }

  private static void add(List<Operation> all, String name, List<Integer> axes, Plan plan) {
    all.add(
        Operation.of(
            FAMILY, name, axes, (b, n) -> forward(b, plan, n), (b, n) -> backward(b, plan, n)));
  }

  private static List<Tensor> forward(Backend backend, Plan plan, int axes) {
    Movement op = plan.of(backend.movements(), ExampleData.shape(axes));
    Tensor y = Tensor.zeros(op.y(), op.yLayout());
    op.forward(ExampleData.tensor(op.x(), 1), y, Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> backward(Backend backend, Plan plan, int axes) {
    Movement op = plan.of(backend.movements(), ExampleData.shape(axes));
    Tensor dx = Tensor.zeros(op.x(), op.xLayout());
    Tensor dy = ExampleData.tensor(op.y(), 2).copy(op.yLayout());
    op.backward(dy, dx, Parallel.SEQUENTIAL);
    return List.of(dx);
  }

  private static int[] one(int value) {
    return new int[] {value};
  }

  private static int[] ends(Shape x, int value) {
    int[] all = new int[x.rank()];
    Arrays.fill(all, value);
    return all;
  }

  private static int[] backwards(Shape x) {
    int[] order = new int[x.rank()];
    for (int i = 0; i < order.length; i++) {
      order[i] = order.length - 1 - i;
    }
    return order;
  }

  private static Movement reshape(Movements m, Shape x) {
    Layout first = Layout.CHANNELS_FIRST;
    return m.reshape(x, first, Shape.of(x.size(), 1), first);
  }

  /** Images with as many spatial axes as {@code x} has axes: sizes of 4, 16 channels. */
  private static Shape image(Shape x) {
    int[] dims = new int[x.rank() + 2];
    Arrays.fill(dims, 4);
    dims[0] = 2;
    dims[1] = 16;
    return Shape.of(dims);
  }

  private static Shape[] parts(Shape x) {
    return new Shape[] {x, x.withFirst(1)};
  }

  private static Example concat(boolean forward) {
    return (backend, axes) -> {
      Shape[] shapes = parts(ExampleData.shape(axes));
      Concat op = backend.movements().concat(0, shapes);
      Tensor a = ExampleData.tensor(shapes[0], 1);
      Tensor b = ExampleData.tensor(shapes[1], 2);
      Tensor y = ExampleData.tensor(op.y(), 3);
      if (forward) {
        op.forward(List.of(a, b), y, Parallel.SEQUENTIAL);
        return List.of(y);
      }
      op.backward(y, List.of(a, b), Parallel.SEQUENTIAL);
      return List.of(a, b);
    };
  }

  private static Example split(boolean forward) {
    return (backend, axes) -> {
      Shape x = ExampleData.shape(axes);
      Split op = backend.movements().split(x, 0, 1, x.dim(0) - 1);
      Tensor whole = ExampleData.tensor(x, 1);
      Tensor a = ExampleData.tensor(op.ys().get(0), 2);
      Tensor b = ExampleData.tensor(op.ys().get(1), 3);
      if (forward) {
        op.forward(whole, List.of(a, b), Parallel.SEQUENTIAL);
        return List.of(a, b);
      }
      op.backward(List.of(a, b), whole, Parallel.SEQUENTIAL);
      return List.of(whole);
    };
  }

  /** Plans a gather or a scatter. */
  @FunctionalInterface
  private interface Indexing<T> {
    T of(Movements m, Shape x);
  }

  /** Of the first axis, which has two places: one of them more often than the other. */
  private static Indices indices(Shape shape) {
    int[] values = new int[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 - 1;
    }
    return Indices.of(values);
  }

  private static Operation gather(String name, List<Integer> axes, Indexing<Gather> plan) {
    return Operation.of(
        FAMILY,
        name,
        axes,
        (backend, n) -> {
          Gather op = plan.of(backend.movements(), ExampleData.shape(n));
          Tensor y = Tensor.zeros(op.y());
          Tensor x = ExampleData.tensor(op.x(), 1);
          op.forward(x, indices(op.indices()), y, Parallel.SEQUENTIAL);
          return List.of(y);
        },
        (backend, n) -> {
          Gather op = plan.of(backend.movements(), ExampleData.shape(n));
          Tensor dx = Tensor.zeros(op.x());
          Tensor dy = ExampleData.tensor(op.y(), 1);
          op.backward(dy, indices(op.indices()), dx, Parallel.SEQUENTIAL);
          return List.of(dx);
        });
  }

  private static Operation scatter(String name, Indexing<Scatter> plan) {
    Example forward =
        (backend, n) -> {
          Scatter op = plan.of(backend.movements(), ExampleData.shape(n));
          Tensor y = Tensor.zeros(op.x());
          Tensor x = ExampleData.tensor(op.x(), 1);
          Tensor u = ExampleData.tensor(op.updates(), 2);
          op.forward(x, indices(op.indices()), u, y, Parallel.SEQUENTIAL);
          return List.of(y);
        };
    if (!name.endsWith("none") && !name.endsWith("add")) {
      return Operation.of(FAMILY, name, SOME, forward);
    }
    return Operation.of(
        FAMILY,
        name,
        SOME,
        forward,
        (backend, n) -> {
          Scatter op = plan.of(backend.movements(), ExampleData.shape(n));
          Tensor dx = Tensor.zeros(op.x());
          Tensor du = Tensor.zeros(op.updates());
          Tensor dy = ExampleData.tensor(op.x(), 1);
          op.backward(dy, indices(op.indices()), dx, du, Parallel.SEQUENTIAL);
          return name.endsWith("none") ? List.of(du) : List.of(dx, du);
        });
  }
}
