package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Movements on shapes that bite: borders, single elements, empty tensors, lengths about a vector's.
 */
final class MovementCases {
  /** One movement under a name. */
  record Case(String name, Function<Movements, Movement> plan) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private MovementCases() {}

  static List<Case> all() {
    MovementCases all = new MovementCases();
    for (Layout layout : Layout.values()) {
      all.pads(layout);
      all.slices(layout);
      all.orders(layout);
      all.repeats(layout);
      all.blocks(layout);
      all.windows(layout);
    }
    all.anyRank();
    all.reshapes();
    return all.cases;
  }

  private void add(Layout layout, String name, Function<Movements, Movement> plan) {
    cases.add(new Case(name + " " + layout, m -> plan.apply(m.in(layout))));
  }

  private static int[] ints(int... values) {
    return values;
  }

  private void pads(Layout layout) {
    Shape image = Shape.of(2, 3, 5, 17);
    int[][][] pads = {
      {{0, 0, 1, 2}, {0, 0, 3, 1}},
      {{0, 0, 0, 0}, {0, 0, 0, 0}},
      {{0, 0, 4, 16}, {0, 0, 4, 16}},
      {{0, 0, 11, 40}, {0, 0, 9, 3}},
      {{1, 0, -1, 2}, {0, 2, 3, -5}},
      {{0, 0, 7, 0}, {0, 0, -12, 0}},
    };
    for (int[][] p : pads) {
      String text = Arrays.deepToString(p);
      add(layout, "pad " + text, m -> m.pad(image, p[0], p[1], -7f));
      add(layout, "pad NaN " + text, m -> m.pad(image, p[0], p[1], Float.NaN));
      for (PadMode mode : PadMode.values()) {
        add(layout, "pad " + mode + text, m -> m.pad(image, p[0], p[1], mode));
      }
    }
    for (PadMode mode : PadMode.values()) {
      Shape thin = Shape.of(1, 2, 1);
      add(layout, "pad one " + mode, m -> m.pad(thin, ints(2, 1, 3), ints(0, 2, 4), mode));
    }
    Shape empty = Shape.of(0, 2, 3);
    add(layout, "pad empty", m -> m.pad(empty, ints(1, 0, 2), ints(0, 0, 1), 2f));
    add(layout, "pad to empty", m -> m.pad(image, ints(-2, 0, 0, 0), ints(0, 0, 1, 1), 2f));
  }

  private void slices(Layout layout) {
    Shape image = Shape.of(3, 4, 9, 35);
    int max = Integer.MAX_VALUE;
    int min = -Integer.MAX_VALUE;
    int[][][] slices = {
      {{3}, {2}, {33}, {1}},
      {{2, 3}, {1, 4}, {8, 21}, {1, 1}},
      {{3}, {0}, {max}, {2}},
      {{3}, {-1}, {min}, {-1}},
      {{2, 3}, {-2, 30}, {min, 2}, {-3, -4}},
      {{0, 1}, {2, 0}, {min, 3}, {-2, 1}},
      {{-1}, {5}, {6}, {100}},
      {{1}, {3}, {3}, {1}},
      {{0, 1, 2, 3}, {0, 0, 0, 0}, {3, 4, 9, 35}, {1, 1, 1, 1}},
      {{}, {}, {}, {}},
    };
    for (int[][] s : slices) {
      String text = Arrays.deepToString(s);
      add(layout, "slice " + text, m -> m.slice(image, s[0], s[1], s[2], s[3]));
    }
    add(layout, "crop", m -> m.crop(image, ints(2, 5), ints(4, 29)));
    add(layout, "crop to nothing", m -> m.crop(image, ints(9, 0), ints(0, 35)));
    add(layout, "center crop", m -> m.centerCrop(image, 4, 18));
    add(layout, "center crop 1", m -> m.centerCrop(Shape.of(2, 17, 8), 3));
    add(layout, "center crop 3", m -> m.centerCrop(Shape.of(2, 1, 4, 5, 6), 2, 5, 1));
    for (int[] axes : new int[][] {{}, {0}, {1}, {3}, {-1, -2}, {0, 1, 2, 3}}) {
      add(layout, "flip " + axes.length, m -> m.flip(image, axes));
    }
    for (int diagonal : new int[] {0, 1, -2, 40, -40, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      add(layout, "upper " + diagonal, m -> m.trilu(image, true, diagonal));
      add(layout, "lower " + diagonal, m -> m.trilu(Shape.of(2, 19, 7), false, diagonal));
    }
  }

  private void orders(Layout layout) {
    int[][] orders = {
      {0, 1, 2, 3},
      {0, 2, 3, 1},
      {0, 3, 1, 2},
      {3, 2, 1, 0},
      {1, 0, 2, 3},
      {0, 1, 3, 2},
      {2, 3, 0, 1},
    };
    for (int[] order : orders) {
      String text = Arrays.toString(order);
      add(layout, "permute " + text, m -> m.permute(Shape.of(2, 17, 5, 19), order));
      add(layout, "permute thin " + text, m -> m.permute(Shape.of(1, 3, 1, 33), order));
      add(layout, "permute empty " + text, m -> m.permute(Shape.of(1, 3, 0, 33), order));
    }
    add(layout, "transpose", m -> m.permute(Shape.of(67, 35), 1, 0));
    add(layout, "transpose large", m -> m.permute(Shape.of(300, 301), -1, 0));
    add(layout, "shuffle 3", m -> m.channelShuffle(Shape.of(2, 12, 5, 4), 3));
    add(layout, "shuffle 1", m -> m.channelShuffle(Shape.of(2, 12, 5), 1));
    add(layout, "shuffle all", m -> m.channelShuffle(Shape.of(2, 12, 2, 3, 2), 12));
  }

  private void repeats(Layout layout) {
    int[][] expansions = {
      {1, 5, 1, 1},
      {2, 5, 3, 19},
      {1, 1, 1, 1},
      {2, 1, 3, 1},
      {2, 1, 1, 19},
      {1, 5, 3, 19},
      {1, 1, 3, 19},
      {2, 5, 3, 1},
    };
    Shape y = Shape.of(2, 5, 3, 19);
    for (int[] x : expansions) {
      add(layout, "expand " + Shape.of(x), m -> m.expand(Shape.of(x), y));
    }
    add(layout, "expand to 0", m -> m.expand(Shape.of(1, 3), Shape.of(0, 3)));
    int[][] tiles = {{1, 1, 1}, {2, 1, 3}, {1, 4, 1}, {3, 2, 2}, {0, 1, 1}, {1, 1, 20}};
    for (int[] repeats : tiles) {
      String text = Arrays.toString(repeats);
      add(layout, "tile " + text, m -> m.tile(Shape.of(2, 3, 18), repeats));
      add(layout, "tile one " + text, m -> m.tile(Shape.of(1, 1, 1), repeats));
    }
  }

  private void blocks(Layout layout) {
    for (BlockOrder order : BlockOrder.values()) {
      add(layout, "d2s 1 " + order, m -> m.depthToSpace(Shape.of(2, 6, 7), 3, order));
      add(layout, "d2s 2 " + order, m -> m.depthToSpace(Shape.of(2, 12, 5, 18), 2, order));
      add(layout, "d2s 3 " + order, m -> m.depthToSpace(Shape.of(2, 16, 3, 2, 5), 2, order));
      add(layout, "d2s by 1 " + order, m -> m.depthToSpace(Shape.of(1, 3, 2, 2), 1, order));
      add(layout, "d2s empty " + order, m -> m.depthToSpace(Shape.of(0, 4, 2, 2), 2, order));
      add(layout, "s2d 1 " + order, m -> m.spaceToDepth(Shape.of(1, 2, 40), 4, order));
      add(layout, "s2d 2 " + order, m -> m.spaceToDepth(Shape.of(2, 3, 6, 36), 3, order));
      add(layout, "s2d 3 " + order, m -> m.spaceToDepth(Shape.of(1, 2, 4, 2, 6), 2, order));
    }
  }

  private void windows(Layout layout) {
    List<UnfoldShape> shapes =
        List.of(
            UnfoldShape.of(Shape.of(2, 3, 19), 4).stride(3).padding(2),
            UnfoldShape.of(Shape.of(2, 3, 7, 21), 3).padding(1),
            UnfoldShape.of(Shape.of(1, 2, 8, 9), 2, 3).stride(2, 1).dilation(2, 3).padding(0, 4),
            UnfoldShape.of(Shape.of(1, 1, 3, 3), 3),
            UnfoldShape.of(Shape.of(2, 17, 4, 4), 1),
            UnfoldShape.of(Shape.of(1, 2, 9, 9), 2).stride(4),
            UnfoldShape.of(Shape.of(1, 1, 2, 2), 1).padding(3).stride(2),
            UnfoldShape.of(Shape.of(1, 2, 4, 5, 6), 2, 3, 2).padding(1).stride(1, 2, 1),
            UnfoldShape.of(Shape.of(0, 2, 4, 4), 2));
    for (UnfoldShape s : shapes) {
      add(layout, "im2col " + s.image() + s.columns(), m -> m.im2col(s));
      add(layout, "col2im " + s.image() + s.columns(), m -> m.col2im(s));
    }
  }

  private void anyRank() {
    Layout first = Layout.CHANNELS_FIRST;
    Shape eight = Shape.of(2, 1, 3, 2, 2, 1, 3, 2);
    add(first, "permute 8", m -> m.permute(eight, 7, 3, 0, 6, 1, 2, 5, 4));
    add(first, "flip 8", m -> m.flip(eight, 0, 2, 7));
    add(first, "tile 8", m -> m.tile(eight, 1, 2, 1, 2, 1, 2, 1, 1));
    add(first, "expand scalar", m -> m.expand(Shape.of(), Shape.of(4, 5)));
    add(first, "expand rank", m -> m.expand(Shape.of(5, 1), Shape.of(3, 2, 5, 18)));
    add(first, "permute scalar", m -> m.permute(Shape.of()));
    add(first, "pad row", m -> m.pad(Shape.of(40_000), ints(3), ints(5), 1f));
    add(first, "flip row", m -> m.flip(Shape.of(40_000), 0));
    add(first, "row to rows", m -> m.expand(Shape.of(1, 30_000), Shape.of(3, 30_000)));
    add(first, "column to rows", m -> m.expand(Shape.of(1_000, 1), Shape.of(1_000, 33)));
    add(first, "number to row", m -> m.expand(Shape.of(1), Shape.of(40_000)));
    add(first, "many small", m -> m.permute(Shape.of(9_000, 2, 3), 0, 2, 1));
    add(first, "wide planes", m -> m.permute(Shape.of(2, 70, 300), 0, 2, 1));
  }

  private void reshapes() {
    Layout first = Layout.CHANNELS_FIRST;
    Layout last = Layout.CHANNELS_LAST;
    Shape image = Shape.of(2, 18, 5, 7);
    add(first, "flatten", m -> m.flatten(image, 1));
    add(last, "flatten", m -> m.flatten(image, 1));
    add(last, "flatten all", m -> m.flatten(image, 0));
    add(last, "flatten none", m -> m.flatten(image, 4));
    add(first, "to last", m -> m.reorder(image, first, last));
    add(first, "to first", m -> m.reorder(image, last, first));
    add(first, "to first 3", m -> m.reorder(Shape.of(3, 3, 40), last, first));
    add(first, "to last 3", m -> m.reorder(Shape.of(3, 3, 40), first, last));
    add(first, "same last", m -> m.reorder(image, last, last));
    add(first, "reshape", m -> m.reshape(image, first, Shape.of(7, 36, 5), first));
    add(first, "reshape to last", m -> m.reshape(image, first, Shape.of(7, 36, 5), last));
    add(first, "reshape last", m -> m.reshape(image, last, Shape.of(2, 18, 35), last));
    add(first, "reshape nothing", m -> m.reshape(Shape.of(0, 3), first, Shape.of(5, 0), first));
  }
}
