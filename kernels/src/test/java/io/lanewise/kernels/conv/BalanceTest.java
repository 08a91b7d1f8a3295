package io.lanewise.kernels.conv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.gemm.TaskGrid;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.WinogradKernels;
import io.lanewise.kernels.shape.ConvShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How evenly a batch of 8 is shared by teams of 2 to 64, by the sizes of the tasks. */
final class BalanceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n8 ic3 ih224 oc64 kh7 s2 p3",
        "n8 ic64 ih56 oc64 kh1",
        "n8 ic64 ih56 oc256 kh1",
        "n8 ic256 ih56 oc64 kh1",
        "n8 ic128 ih56 oc128 kh3 s2 p1",
        "n8 ic128 ih28 oc512 kh1",
        "n8 ic512 ih28 oc128 kh1",
        "n8 ic256 ih28 oc256 kh3 s2 p1",
        "n8 ic256 ih14 oc1024 kh1",
        "n8 ic1024 ih14 oc256 kh1",
        "n8 ic512 ih14 oc512 kh3 s2 p1",
        "n8 ic512 ih7 oc2048 kh1",
        "n8 ic2048 ih7 oc512 kh1",
        "n8 ic512 ih7 oc512 kh3 p1",
        "n8 ic512 id2 ih7 oc512 kd3 kh3 p1"
      })
  void rowsAndPanels(String text) {
    RowsForward plan = new RowsForward(ConvShape.parse(text), Targets.best());
    for (int workers : new int[] {2, 3, 4, 8, 16, 24, 32, 64}) {
      TaskGrid grid = plan.grid(workers);
      double uneven = TaskGrid.imbalance((long) plan.products() * grid.tasks(), workers);
      assertTrue(uneven <= 1.1, () -> text + ", " + workers + " workers: " + grid);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n8 ic3 ih224 oc32 kh3 s2 p1",
        "n8 ic3 ih224 oc64 kh3 p1",
        "n8 ic3 id16 ih112 oc64 kd3 kh3 p1",
        "n8 ic1 iw16000 oc512 kw10 s5"
      })
  void lines(String text) {
    DirectForward plan = new DirectForward(ConvShape.parse(text), Targets.best());
    for (int workers : new int[] {2, 3, 4, 8, 16, 24, 32, 64}) {
      double uneven = TaskGrid.imbalance(plan.tasks(workers), workers);
      assertTrue(uneven <= 1.1, () -> text + ", " + workers + " workers: " + uneven);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n8 ic128 ih56 oc128 kh3 p1 g32",
        "n8 ic256 ih56 oc256 kh3 s2 p1 g32",
        "n8 ic256 ih28 oc256 kh3 p1 g32"
      })
  void groups(String text) {
    GroupedForward plan = new GroupedForward(ConvShape.parse(text), Targets.best());
    for (int workers : new int[] {2, 3, 4, 8, 16, 24, 32, 64}) {
      double uneven = TaskGrid.imbalance(plan.tasks(workers), workers);
      assertTrue(uneven <= 1.1, () -> text + ", " + workers + " workers: " + uneven);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n8 ic3 ih224 oc64 kh7 s2 p3",
        "n8 ic3 ih224 oc64 kh3 p1",
        "n8 ic64 ih56 oc64 kh3 p1",
        "n8 ic128 ih56 oc128 kh3 s2 p1",
        "n8 ic128 ih28 oc128 kh3 p1",
        "n8 ic64 iw1000 oc64 kw5",
        "n8 ic16 id16 ih56 oc32 kd3 kh3 p1"
      })
  void linesAndPanels(String text) {
    StripsForward plan = new StripsForward(ConvShape.parse(text), Targets.best());
    for (int workers : new int[] {2, 3, 4, 8, 16, 24, 32, 64}) {
      double uneven = TaskGrid.imbalance(plan.tasks(workers), workers);
      assertTrue(uneven <= 1.1, () -> text + ", " + workers + " workers: " + uneven);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n8 ic64 ih56 oc64 kh3 p1",
        "n8 ic128 ih28 oc128 kh3 p1",
        "n8 ic256 ih14 oc256 kh3 p1",
        "n8 ic512 ih14 oc512 kh3 p1",
        "n8 ic64 ih224 oc64 kh3 p1"
      })
  void tilesAndProducts(String text) {
    Target target = Targets.best();
    ConvShape shape = ConvShape.parse(text);
    WinogradKernels kernels = target.kernels().winograd(4);
    for (int workers : new int[] {2, 3, 4, 8, 16, 24, 32, 64}) {
      double uneven =
          WinogradBlocks.suits(shape, 4, target)
              ? new WinogradBlocks(shape, kernels, target).unevenness(workers)
              : new WinogradPanels(shape, kernels, target).unevenness(workers);
      assertTrue(uneven <= 1.1, () -> text + ", " + workers + " workers: " + uneven);
    }
  }
}
