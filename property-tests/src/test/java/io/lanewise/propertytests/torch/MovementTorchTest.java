package io.lanewise.propertytests.torch;

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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

class MovementTorchTest extends TorchAgreement {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final Layout FIRST = Layout.CHANNELS_FIRST;

  MovementTorchTest() {
    super(
        "movement",
        Map.ofEntries(
            moves("slice", MovementTorchTest::slice),
            moves("flip", (m, x, run) -> m.flip(x, ints(run, "axes"))),
            moves("center-crop", (m, x, run) -> m.centerCrop(x, ints(run, "sizes"))),
            moves(
                "triangle", (m, x, run) -> m.trilu(x, run.flag("upper"), run.integer("diagonal"))),
            moves("pad", MovementTorchTest::pad),
            moves("permute", (m, x, run) -> m.permute(x, ints(run, "order"))),
            moves("reshape", (m, x, run) -> m.reshape(x, FIRST, shape(run, "to"), FIRST)),
            moves("flatten", MovementTorchTest::flatten),
            moves("expand", (m, x, run) -> m.expand(x, shape(run, "to"))),
            moves("tile", (m, x, run) -> m.tile(x, ints(run, "repeats"))),
            moves("depth-to-space", (m, x, run) -> m.depthToSpace(x, block(run), BlockOrder.CRD)),
            moves("space-to-depth", (m, x, run) -> m.spaceToDepth(x, block(run), BlockOrder.CRD)),
            moves("channel-shuffle", (m, x, run) -> m.channelShuffle(x, run.integer("groups"))),
            moves("im2col", (m, x, run) -> m.im2col(windows(x, run))),
            moves("col2im", (m, x, run) -> m.col2im(windows(shape(run, "image"), run))),
            Map.entry("concat", MovementTorchTest::concat),
            Map.entry("split", MovementTorchTest::split),
            Map.entry("gather", MovementTorchTest::gather),
            Map.entry("gather-elements", MovementTorchTest::gatherElements),
            Map.entry("gather-nd", MovementTorchTest::gatherNd),
            Map.entry("scatter-elements", MovementTorchTest::scatterElements),
            Map.entry("scatter-nd", MovementTorchTest::scatterNd),
            Map.entry("one-hot", MovementTorchTest::oneHot)));
  }

  /** Plans a case. */
  @FunctionalInterface
  private interface Plan {
    Movement of(Movements m, Shape x, TorchRun run);
  }

  private static Map.Entry<String, Consumer<TorchRun>> moves(String name, Plan plan) {
    return Map.entry(
        name,
        run -> {
          Movement op = plan.of(run.backend().movements(), run.input("x").shape(), run);
          Tensor y = run.blank(op.y());
          op.forward(run.input("x"), y, ONE);
          run.agrees("y", y);
          Tensor dx = run.blank(op.x());
          op.backward(run.input("dy").reshape(op.y()), dx, ONE);
          run.agrees("dx", dx);
        });
  }

  private static int[] ints(TorchRun run, String key) {
    return Stream.of(run.text(key).split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private static Shape shape(TorchRun run, String key) {
    return Shape.of(ints(run, key));
  }

  private static int block(TorchRun run) {
    return run.integer("block");
  }

  private static Movement slice(Movements m, Shape x, TorchRun run) {
    return m.slice(x, ints(run, "axis"), ints(run, "start"), ints(run, "end"), ints(run, "step"));
  }

  private static Movement pad(Movements m, Shape x, TorchRun run) {
    int[] before = ints(run, "before");
    int[] after = ints(run, "after");
    String mode = run.text("mode");
    return mode.equals("ZERO")
        ? m.pad(x, before, after, 0f)
        : m.pad(x, before, after, PadMode.valueOf(mode));
  }

  /** PyTorch keeps the axes before the first; ours makes them one: the same elements in order. */
  private static Movement flatten(Movements m, Shape x, TorchRun run) {
    return m.flatten(x, run.integer("axis"));
  }

  private static UnfoldShape windows(Shape image, TorchRun run) {
    return UnfoldShape.of(
        image,
        ints(run, "kernel"),
        ints(run, "stride"),
        ints(run, "dilation"),
        ints(run, "padding"));
  }

  private static void concat(TorchRun run) {
    Tensor a = run.input("a");
    Tensor b = run.input("b");
    Concat op = run.backend().movements().concat(run.integer("axis"), a.shape(), b.shape());
    Tensor y = run.blank(op.y());
    op.forward(List.of(a, b), y, ONE);
    run.agrees("y", y);
    Tensor da = run.blank(a.shape());
    Tensor db = run.blank(b.shape());
    op.backward(run.input("dy"), List.of(da, db), ONE);
    run.agrees("da", da);
    run.agrees("db", db);
  }

  private static void split(TorchRun run) {
    Tensor x = run.input("x");
    int[] sizes = ints(run, "sizes");
    Split op = run.backend().movements().split(x.shape(), run.integer("axis"), sizes);
    List<Tensor> ys = op.ys().stream().map(run::blank).toList();
    op.forward(x, ys, ONE);
    run.agrees("y0", ys.get(0));
    run.agrees("y1", ys.get(1));
    Tensor dx = run.blank(x.shape());
    op.backward(List.of(run.input("dy0"), run.input("dy1")), dx, ONE);
    run.agrees("dx", dx);
  }

  private static void gather(TorchRun run) {
    Movements m = run.backend().movements();
    gathered(run, m.gather(run.input("x").shape(), run.integer("axis"), shape(run, "picked")));
  }

  private static void gatherElements(TorchRun run) {
    Movements m = run.backend().movements();
    Shape x = run.input("x").shape();
    gathered(run, m.gatherElements(x, run.integer("axis"), shape(run, "picked")));
  }

  private static Shape tuples(TorchRun run) {
    return Shape.of(run.integer("tuples"), run.integer("length"));
  }

  private static void gatherNd(TorchRun run) {
    gathered(run, run.backend().movements().gatherNd(run.input("x").shape(), tuples(run), 0));
  }

  private static void gathered(TorchRun run, Gather op) {
    Indices indices = Indices.of(run.integers("indices"));
    Tensor y = run.blank(op.y());
    op.forward(run.input("x"), indices, y, ONE);
    run.agrees("y", y);
    Tensor dx = run.blank(op.x());
    op.backward(run.input("dy"), indices, dx, ONE);
    run.agrees("dx", dx);
  }

  private static void scatterElements(TorchRun run) {
    Shape x = run.input("x").shape();
    Shape indices = run.input("u").shape();
    boolean add = run.text("add").equals("true");
    ScatterMode mode = add ? ScatterMode.ADD : ScatterMode.NONE;
    int axis = run.integer("axis");
    scattered(run, run.backend().movements().scatterElements(x, axis, indices, mode));
  }

  private static void scatterNd(TorchRun run) {
    Shape x = run.input("x").shape();
    scattered(run, run.backend().movements().scatterNd(x, tuples(run), ScatterMode.ADD));
  }

  private static void scattered(TorchRun run, Scatter op) {
    Indices indices = Indices.of(run.integers("indices"));
    Tensor y = run.blank(op.x());
    op.forward(run.input("x"), indices, run.input("u"), y, ONE);
    run.agrees("y", y);
    Tensor dx = run.blank(op.x());
    Tensor du = run.blank(op.updates());
    op.backward(run.input("dy"), indices, dx, du, ONE);
    run.agrees("dx", dx);
    run.agrees("du", du);
  }

  private static void oneHot(TorchRun run) {
    int[] values = run.integers("indices");
    int depth = run.integer("depth");
    OneHot op = run.backend().movements().oneHot(Shape.of(values.length), depth, -1);
    Tensor y = run.blank(op.y());
    op.forward(Indices.of(values), 0, 1, y, ONE);
    run.agrees("y", y);
  }
}
