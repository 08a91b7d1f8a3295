package io.lanewise.kernels.micro;

import static io.lanewise.kernels.ErrorBound.assertExact;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies and transposes of each set of kernels, sizes around the vectors and blocks. */
final class MoveKernelsTest {
  private static final int[] SIZES = {0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 64, 67};

  @Test
  void copiesRows() {
    for (Target t : Targets.all()) {
      CopyKernel copy = t.kernels().copy();
      for (int rows : SIZES) {
        for (int columns : SIZES) {
          int lds = columns + 3;
          int ldd = columns + 2;
          Tensor src = src(rows, columns, lds);
          Guarded dst = Guarded.unwritten(Shape.of(rows * ldd));
          Tensor expected = dst.tensor().copy();
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              expected.set(src.get(i * lds + j), i * ldd + j);
            }
          }
          Tensor d = dst.tensor();
          copy.run(src.array(), src.offset(), lds, rows, columns, d.array(), d.offset(), ldd);
          check(t, expected, dst, rows, columns);
        }
      }
    }
  }

  @Test
  void copiesRowsBackwards() {
    for (Target t : Targets.all()) {
      CopyKernel copy = t.kernels().copy();
      for (int rows : SIZES) {
        for (int columns : SIZES) {
          int lds = columns + 3;
          int ldd = columns + 2;
          Tensor src = src(rows, columns, lds);
          Guarded dst = Guarded.unwritten(Shape.of(rows * ldd));
          Tensor expected = dst.tensor().copy();
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              expected.set(src.get(i * lds + columns - 1 - j), i * ldd + j);
            }
          }
          Tensor d = dst.tensor();
          int last = src.offset() + columns - 1;
          copy.backwards(src.array(), last, lds, rows, columns, d.array(), d.offset(), ldd);
          check(t, expected, dst, rows, columns);
        }
      }
    }
  }

  @Test
  void copiesEverySecond() {
    for (Target t : Targets.all()) {
      CopyKernel copy = t.kernels().copy();
      for (int rows : SIZES) {
        for (int columns : SIZES) {
          int lds = 2 * columns + 3;
          int ldd = columns + 2;
          Tensor src = src(rows, Math.max(0, 2 * columns - 1), lds);
          float[] own = src.toArray(); // nothing lies behind the last element that is copied
          Guarded dst = Guarded.unwritten(Shape.of(rows * ldd));
          Tensor expected = dst.tensor().copy();
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              expected.set(src.get(i * lds + 2 * j), i * ldd + j);
            }
          }
          Tensor d = dst.tensor();
          copy.everySecond(own, 0, lds, rows, columns, d.array(), d.offset(), ldd);
          check(t, expected, dst, rows, columns);
        }
      }
    }
  }

  @Test
  void cutsIntoPanels() {
    for (Target t : Targets.all()) {
      int nr = t.kernels().gemm().getFirst().nr();
      for (int lanes : new int[] {nr, nr + 1}) {
        for (int rows : SIZES) {
          for (int columns : SIZES) {
            cutsIntoPanels(t, lanes, rows, columns);
          }
        }
      }
    }
  }

  private static void cutsIntoPanels(Target t, int lanes, int rows, int columns) {
    int lds = columns + 3;
    int panel = rows * lanes + 5;
    Tensor src = src(rows, columns, lds);
    Guarded dst = Guarded.unwritten(Shape.of(Math.ceilDiv(columns, lanes) * panel));
    Tensor expected = dst.tensor().copy();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < Math.ceilDiv(columns, lanes) * lanes; j++) {
        float value = j < columns ? src.get(i * lds + j) : 0f;
        expected.set(value, j / lanes * panel + i * lanes + j % lanes);
      }
    }
    Tensor d = dst.tensor();
    t.kernels()
        .panels()
        .run(src.array(), src.offset(), lds, rows, columns, lanes, d.array(), d.offset(), panel);
    check(t, expected, dst, rows, columns);
  }

  @Test
  void transposes() {
    transposes(2);
  }

  @Test
  void transposesToRowsSideBySide() {
    transposes(0);
  }

  /** To rows with so much room between them. */
  private static void transposes(int room) {
    for (Target t : Targets.all()) {
      for (int rows : SIZES) {
        for (int columns : SIZES) {
          int lds = columns + 3;
          int ldd = rows + room;
          Tensor src = src(rows, columns, lds);
          Guarded dst = Guarded.unwritten(Shape.of(columns * ldd));
          Tensor expected = dst.tensor().copy();
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
              expected.set(src.get(i * lds + j), j * ldd + i);
            }
          }
          Tensor d = dst.tensor();
          t.kernels()
              .transpose(lds)
              .run(src.array(), src.offset(), rows, columns, d.array(), d.offset(), ldd);
          check(t, expected, dst, rows, columns);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void turnedExchangesLanes(int turn) {
    for (Target t : Targets.all()) {
      for (int count : new int[] {0, 16, 48, 144}) {
        Tensor src = TestData.uniform(Shape.of(count), 3);
        Guarded dst = Guarded.unwritten(Shape.of(count));
        Tensor expected = dst.tensor().copy();
        for (int i = 0; i < count; i++) {
          expected.set(src.get(i ^ turn), i);
        }
        Tensor d = dst.tensor();
        t.kernels().copy().turned(turn, src.array(), src.offset(), count, d.array(), d.offset());
        check(t, expected, dst, turn, count);
      }
    }
  }

  /** Ends where its last row ends. */
  private static Tensor src(int rows, int columns, int lds) {
    int floats = rows == 0 ? 0 : (rows - 1) * lds + columns;
    return Guarded.of(TestData.uniform(Shape.of(floats), 1)).tensor();
  }

  private static void check(Target t, Tensor expected, Guarded dst, int rows, int columns) {
    String context = "%s, %d x %d".formatted(t.kernels().name(), rows, columns);
    dst.assertGuardsIntact(context);
    assertExact(expected, dst.tensor(), context);
  }
}
