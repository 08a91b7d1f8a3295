package io.lanewise.propertytests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanewise.kernels.platform.Machine;
import io.lanewise.propertytests.bits.ChildJvm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What C2 makes of a micro-kernel decides its speed: a spilled accumulator, or a range check left
 * in the loop, costs up to two thirds of it. A JVM for each width of vectors compiles the kernels;
 * the machine code is read.
 */
@Tag("slow")
class MicroKernelCodeTest {
  @BeforeEach
  void needsObjdump() {
    assumeTrue(Machine.detect().noSimd().isEmpty(), "this JVM has no vectors");
    assumeTrue(Machine.detect().arch().equals("amd64"), "reads x86-64 code only");
    boolean there = hasObjdump();
    if (Boolean.getBoolean("lanewise.ci")) {
      assertTrue(there, "objdump (package binutils) is not installed");
    }
    assumeTrue(there, "objdump (package binutils) is not installed");
  }

  private static boolean hasObjdump() {
    try {
      Process p = new ProcessBuilder("objdump", "--version").start();
      p.getInputStream().readAllBytes();
      return p.waitFor() == 0;
    } catch (java.io.IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Few multiply-adds for each output, whose address a table has; time for reloads. */
  private static final Set<String> BOUND_BY_ADDRESSES = Set.of("taps 1", "grouped 1", "grouped 2");

  /** The tiles that fill the machine's registers; narrower vectors take fewer of them. */
  @ParameterizedTest
  @CsvSource({
    "'', '0;1;2;3;4;ahead;wide start;wide add;packing;packing wide'",
    "'', 'tail 1;tail 2;tail 3'",
    "'', 'taps 4;taps 2;taps 1'",
    "'', 'grouped 1;grouped 2;grouped 4;grouped 8'",
    "-XX:UseAVX=2, '0;1;packing;taps 2;taps 1;grouped 1;grouped 2;grouped 4;grouped 8'",
    "-XX:MaxVectorSize=32, 0",
    "-XX:MaxVectorSize=16, 0"
  })
  void theLoopOverKNeitherSpillsNorBranches(String flag, String tiles) throws Exception {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:-TieredCompilation",
                "-XX:-UseOnStackReplacement",
                "-XX:+UnlockDiagnosticVMOptions"));
    for (String loop :
        List.of(
            "VectorMicroKernel*::run",
            "VectorMicroKernel6x4::start",
            "VectorMicroKernel6x4::add",
            "VectorPackingKernel*::run",
            "VectorTailKernel*::run",
            "VectorTapKernel*::tile",
            "VectorGroupKernel*::tile",
            "VectorGroupKernel1x8::one")) {
      flags.add("-XX:CompileCommand=dontinline,io.lanewise.kernels.simd." + loop);
      flags.add("-XX:CompileCommand=print,io.lanewise.kernels.simd." + loop);
    }
    if (!flag.isEmpty()) {
      flags.add(flag);
    }
    List<String> names = List.of(tiles.split(";", -1));
    ChildJvm.Run run = ChildJvm.run(RunMicroKernel.class, flags, List.of(), names);
    assertEquals(0, run.exit(), () -> run.exit() + ": " + run.err());
    List<String> kernels =
        run.err().lines().filter(l -> l.startsWith("kernel ")).map(l -> l.substring(7)).toList();
    assertEquals(names.size(), kernels.size(), kernels::toString);
    for (String kernel : kernels) {
      requireTight(kernel, flag, run.out());
    }
  }

  /** The kernel: its name here, a comma, its class and method. */
  private static void requireTight(String kernel, String flag, String log) throws Exception {
    String method = kernel.substring(kernel.indexOf(", ") + 2);
    MachineCode.Loop hot =
        MachineCode.loopsOfLast(log, method).stream()
            .max(Comparator.comparingInt(MachineCode.Loop::fma))
            .orElseThrow(() -> new AssertionError("no fused multiply-adds in a loop: " + kernel));
    String what = kernel + " " + flag + ": " + hot;
    assertTrue(hot.fma() >= 2, what);
    assertEquals(0, hot.spills(), what);
    // A tile that packs waits for B's distant rows: it has time for more of row pointers (7 and 9
    // on AMD's Zen 4, up to 4 and 8 on an Intel Xeon) and for the range checks of two vectors.
    boolean packs = kernel.startsWith("packing");
    boolean addresses =
        packs || BOUND_BY_ADDRESSES.contains(kernel.substring(0, kernel.indexOf(',')));
    assertTrue((addresses ? 1 : 3) * hot.reloads() <= hot.fma(), what); // there is time for these
    assertTrue(hot.branches() <= (packs ? 3 : 1) + rangeChecks(kernel, hot), what);
  }

  /** Taps may lie anywhere, so each output's is checked: one of its fused multiply-adds each. */
  private static int rangeChecks(String kernel, MachineCode.Loop hot) {
    for (String table : List.of("taps ", "grouped ")) {
      if (kernel.startsWith(table)) {
        int vectors = Character.digit(kernel.charAt(table.length()), 10);
        return hot.fma() / vectors;
      }
    }
    return 0;
  }
}
