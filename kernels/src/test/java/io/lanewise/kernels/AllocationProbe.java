package io.lanewise.kernels;

import io.lanewise.kernels.parallel.Parallel;
import java.util.List;

/**
 * What {@link ZeroAllocationTest} runs in an interpreter, which removes no allocation: every run of
 * the scalar backend (to an interpreter, vectors are objects).
 */
public final class AllocationProbe {
  private static final int RUNS = 3;

  private AllocationProbe() {}

  /** Prints what allocates, and how many runs it has tried. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    int tried = 0;
    for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
      Allocations allocations = new Allocations(par);
      for (EveryRun.Run run : EveryRun.of(CpuBackend.scalar(), par)) {
        run.once().run();
        run.once().run();
        long bytes = allocations.bytesOf(run.once(), RUNS);
        if (bytes != 0) {
          System.out.println(bytes + " bytes: " + run + ", " + par.workers() + " workers");
        }
        tried++;
      }
    }
    System.out.println("tried " + tried);
  }
}
