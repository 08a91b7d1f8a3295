package io.lanewise.benchmarks;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a command measures: every operation over the files that are its kind. */
final class BenchPlan {
  private BenchPlan() {}

  /**
   * One operation over one file.
   *
   * @param problems each in the text form that the bench takes
   */
  record Group(Op op, String file, List<ShapeFile.Entry<String>> problems) {}

  /**
   * Opens and parses all files, so that a mistake shows before anything is measured.
   *
   * @throws IOException if a file is not there or not understood
   * @throws IllegalArgumentException if an operation named by itself has no file of its kind
   */
  static List<Group> of(BenchOptions options) throws IOException {
    List<Op> ops = Op.named(options.op());
    List<Group> groups = new ArrayList<>();
    for (Op op : ops) {
      List<Group> own = new ArrayList<>();
      for (String name : options.shapes().isEmpty() ? op.defaultShapes() : options.shapes()) {
        ShapeFile file = ShapeFile.open(name);
        // With several operations a file goes to those of its kind; with one it has to be of its.
        if (ops.size() == 1 || file.isGemm() == (op == Op.GEMM)) {
          own.add(new Group(op, file.name(), problems(op, file, options)));
        }
      }
      groups.addAll(own);
    }
    if (groups.stream().allMatch(g -> g.problems().isEmpty())) {
      throw new IllegalArgumentException(
          "nothing to measure: no problem in " + String.join(", ", options.shapes()));
    }
    return groups;
  }

  private static List<ShapeFile.Entry<String>> problems(Op op, ShapeFile file, BenchOptions options)
      throws ShapeFileException {
    List<ShapeFile.Entry<String>> problems = new ArrayList<>();
    if (op == Op.GEMM) {
      for (ShapeFile.Entry<GemmShape> e : file.gemms()) {
        problems.add(new ShapeFile.Entry<>(GemmText.format(e.shape()), e.count()));
      }
    } else {
      for (ShapeFile.Entry<ConvShape> e : file.convs()) {
        ConvShape shape = e.shape();
        int batch = options.batch().orElse(shape.n());
        problems.add(new ShapeFile.Entry<>(shape.withBatch(batch).toString(), e.count()));
      }
    }
    return problems;
  }
}
